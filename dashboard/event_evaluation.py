"""How well events are coded, measured on hand-coded texts.

Events of the coder are paired one to one with those of the gold where their trigger words
overlap. Trigger, type and quad class are counted over all events; source, target, date,
place and modality over the pairs ("of events found") and over everything ("end to end",
where a missed event misses its actors too). docs/event-evaluation.md gives the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.articles import Article, article_id
from dashboard.event_gold import (
    GoldEvent,
    GoldText,
    corrected,
    read_corrections,
    read_gold,
    sentence_around,
)
from dashboard.event_scoring import (
    FIELD_GROUPS,
    NOTHING,
    Counts,
    Pair,
    annotated_fields,
    field_counts,
    pair_events,
    place_counts,
    wanted_count,
)
from dashboard.events import Event, EventLocation, Modality
from dashboard.merging import fullness
from dashboard.ontology import event_types
from dashboard.pipeline import CodedArticle, code_article
from gazetteer.corpora import half_of
from gazetteer.evaluation import Score
from gazetteer.toponyms import MentionKind, Resolution

if TYPE_CHECKING:
    from dashboard.partial_dates import PartialDate
    from gazetteer.store import PlaceStore

_EVENT_ASPECTS = ("trigger", "type", "quad class")
_UNHAPPENED = frozenset({Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED})
"""What the coder itself marks so is on no map by default: it is never counted as false."""

Code = Callable[[Article], CodedArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventError:
    """One thing that went wrong, with the sentence."""

    doc_id: str
    kind: str
    """"missed", "false", or the aspect that is wrong."""
    expected: str
    found: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEvaluation:
    """What was measured on one corpus, or on a half of it."""

    corpus: str
    texts: int
    events: int
    """Gold events, without those that a reader may leave out."""
    overall: Mapping[str, Score]
    """Trigger, type and quad class; "whole event" where all fields are annotated; for texts
    with one event each "type, fullest event"."""
    of_found: Mapping[str, Score]
    """Fields of the events that were found."""
    end_to_end: Mapping[str, Score]
    """Fields, where a missed or false event counts."""
    by_type: Mapping[str, Score]
    trigger_given: Mapping[str, Score]
    """Places when the trigger is told, for texts with one event each: by the coder's rules,
    by the name nearest to the trigger, and by always answering "none"."""
    has_precision: bool
    """False when not all events of the texts are annotated: then only the recall tells."""
    errors: tuple[EventError, ...]


def evaluate_events(
    corpus: Path | str,
    *,
    store: PlaceStore | None = None,
    half: str | None = None,
    code: Code | None = None,
    limit: int | None = None,
    corrections: Path | None = None,
    progress: Callable[[str, float], None] | None = None,
) -> EventEvaluation:
    """Return how well the texts of `corpus` are coded.

    `half` restricts it to "tune" or "held-out" by the hash of the text's id; `limit` to the
    texts with the smallest hashes; `code` replaces the coder; `corrections` is a table of
    what is plainly wrong in a corpus of places (see `event_gold.read_corrections`).

    Raises: UnreadableInputError when the corpus or the table cannot be read; OSError
    when it is not there.
    """
    path = Path(corpus)
    texts = [text for text in read_gold(path) if half is None or half_of(text.doc_id) == half]
    if limit is not None:
        texts = sorted(texts, key=lambda text: article_id(text.doc_id))[:limit]
    if corrections is not None:
        texts = corrected(texts, read_corrections(corrections))
    code = code or _coder(store)
    tally = _Tally()
    for number, text in enumerate(texts):
        if progress:
            progress(f"Coding {path.name}", number / len(texts))
        tally.add(text, code(_article(text)))
    return tally.evaluation(path.stem if half is None else f"{path.stem}, {half}", texts)


def _coder(store: PlaceStore | None) -> Code:
    from gazetteer.build import open_place_store

    places = store or open_place_store()
    return lambda article: code_article(article, place_store=places)


def _article(text: GoldText) -> Article:
    return Article(
        article_id=article_id(text.text),
        title=text.title,
        text=text.text,
        published=text.published,
    )


# -- the whole corpus


class _Tally:
    def __init__(self) -> None:
        self.overall: Counter[str] = Counter()
        self.of_found: dict[str, Counts] = {}
        self.end_to_end: dict[str, Counts] = {}
        self.by_type: dict[str, Counts] = {}
        self.trigger_given: dict[str, Counts] = {}
        self.errors: list[EventError] = []
        self.first_right = self.gold = self.found = 0

    def add(self, text: GoldText, coded: CodedArticle) -> None:
        found = sorted(coded.events, key=lambda event: (event.trigger_start, event.event_type))
        pairs = pair_events(text, found)
        for pair in sorted(pairs, key=lambda pair: pair.gold.triggers[0]):
            self._add_pair(text, pair)
        paired_gold = {id(pair.gold) for pair in pairs}
        paired_found = {id(pair.found) for pair in pairs}
        for gold in text.events:
            if id(gold) not in paired_gold and not gold.is_optional:
                self._add_missed(text, gold)
        for event in found:
            if id(event) not in paired_found and _is_false(text, event):
                self._add_false(text, event)
        if text.is_one_event and found:
            fullest = max(found, key=fullness)
            self.first_right += fullest.event_type in text.events[0].event_types
        if "place" in text.aspects and text.is_one_event:
            self._add_trigger_given(text, coded)

    def _add_pair(self, text: GoldText, pair: Pair) -> None:
        fields = annotated_fields(text.aspects, pair.gold)
        is_whole = pair.has_type
        for aspect in fields:
            counts = field_counts(aspect, pair.gold, pair.found)
            _add(self.of_found, aspect, counts)
            if not pair.gold.is_optional:
                _add(self.end_to_end, aspect, counts)
            if counts[0] < max(counts[1:]):
                is_whole = False
                if aspect not in {"source country", "target country", "named place"}:
                    self._error(text, aspect, *_both(aspect, pair), pair.gold.triggers[0])
        if pair.gold.is_optional:
            return
        self._count(pair.gold.event_types, found=pair.found.event_type, is_right=pair.has_type)
        self.overall["trigger"] += pair.has_trigger
        self.overall["type"] += pair.has_type
        self.overall["quad class"] += pair.has_quad_class
        self.overall["whole event"] += is_whole
        if pair.gold.event_types and not pair.has_type:
            words = f"{pair.found.event_type} at {_words(text, pair.found)!r}"
            self._error(text, "type", "|".join(pair.gold.event_types), words, pair.gold.triggers[0])

    def _add_missed(self, text: GoldText, gold: GoldEvent) -> None:
        self._count(gold.event_types)
        for aspect in annotated_fields(text.aspects, gold):
            wanted = wanted_count(aspect, gold)
            _add(self.end_to_end, aspect, (0, 0, wanted))
        words = text.text[slice(*gold.triggers[0])]
        what = f"{'|'.join(gold.event_types) or 'event'} at {words!r}"
        self._error(text, "missed", what, "", gold.triggers[0])

    def _add_false(self, text: GoldText, event: Event) -> None:
        self.found += 1
        _add(self.by_type, event.event_type, (0, 1, 0))
        if text.complete_for == frozenset(event_types()):
            for aspect in annotated_fields(text.aspects, None):
                empty = GoldEvent(triggers=(), event_types=())
                _, given, _ = field_counts(aspect, empty, event)
                _add(self.end_to_end, aspect, (0, given, 0))
        what = f"{event.event_type} at {_words(text, event)!r}"
        self._error(text, "false", "", what, (event.trigger_start, event.trigger_end))

    def _count(
        self, wanted: Sequence[str], *, found: str | None = None, is_right: bool = False
    ) -> None:
        self.gold += 1
        self.found += found is not None
        if is_right and found:
            _add(self.by_type, found, (1, 1, 1))
            return
        if wanted:
            _add(self.by_type, wanted[0], (0, 0, 1))
            if found:
                _add(self.by_type, found, (0, 1, 0))

    def _add_trigger_given(self, text: GoldText, coded: CodedArticle) -> None:
        from dashboard.told_acts import told_act, with_stand_ins
        from gazetteer.language import parse

        gold = text.events[0]
        geoparse = with_stand_ins(coded.geoparse)
        act = told_act(parse(coded.article.text), geoparse, gold.triggers[0])
        names = [
            resolution
            for resolution in geoparse.resolutions
            if resolution.mention.kind is MentionKind.LITERAL
        ]
        at = gold.triggers[0][0]
        nearest = min(names, key=lambda r: abs(r.mention.start - at), default=None)
        answers = {
            "Dateline": act.places() if act else (),
            "nearest name": () if nearest is None else (_location(nearest),),
            "none": (),
        }
        for aspect in FIELD_GROUPS["place"]:
            for name, locations in answers.items():
                counts = place_counts(gold.places or (), locations, none_counts=aspect == "place")
                _add(self.trigger_given, f"{aspect}: {name}", counts)

    def _error(
        self, text: GoldText, kind: str, expected: str, found: str, span: tuple[int, int]
    ) -> None:
        sentence = text.text[slice(*sentence_around(text.text, *span))]
        self.errors.append(
            EventError(
                doc_id=text.doc_id,
                kind=kind,
                expected=expected,
                found=found,
                sentence=" ".join(sentence.split()),
            )
        )

    def evaluation(self, corpus: str, texts: Sequence[GoldText]) -> EventEvaluation:
        aspects: Collection[str] = _EVENT_ASPECTS
        if any(not event.event_types for text in texts for event in text.events):
            aspects = ("trigger",)
        elif all(len(text.aspects) == len(FIELD_GROUPS) for text in texts):
            aspects = (*_EVENT_ASPECTS, "whole event")
        overall = {
            aspect: Score(right=self.overall[aspect], found=self.found, gold=self.gold)
            for aspect in aspects
        }
        if "type" in overall and any(text.is_one_event for text in texts):
            overall["type, fullest event"] = Score(
                right=self.first_right, found=self.found, gold=self.gold
            )
        return EventEvaluation(
            corpus=corpus,
            texts=len(texts),
            events=self.gold,
            overall=overall,
            of_found=_scores(self.of_found),
            end_to_end=_scores(self.end_to_end),
            by_type={name: self._scores_by_type[name] for name in self._types()},
            trigger_given=_scores(self.trigger_given),
            has_precision=any(text.complete_for for text in texts),
            errors=tuple(self.errors),
        )

    @property
    def _scores_by_type(self) -> Mapping[str, Score]:
        return _scores(self.by_type)

    def _types(self) -> Iterator[str]:
        return (name for name in event_types() if name in self.by_type)


def _is_false(text: GoldText, event: Event) -> bool:
    return event.event_type in text.complete_for and event.modality not in _UNHAPPENED


def _location(resolution: Resolution) -> EventLocation:
    place = resolution.place
    if place is None:
        raise ValueError(f"{resolution.mention.surface!r} has no place.")
    return EventLocation(
        place=place,
        precision=place.precision,
        mention=resolution.mention,
        reason="The nearest name.",
    )


def _add(scores: dict[str, Counts], name: str, counts: Counts) -> None:
    right, found, gold = scores.get(name, NOTHING)
    scores[name] = (right + counts[0], found + counts[1], gold + counts[2])


def _scores(counts: Mapping[str, Counts]) -> dict[str, Score]:
    return {
        name: Score(right=right, found=found, gold=gold)
        for name, (right, found, gold) in counts.items()
    }


def _words(text: GoldText, event: Event) -> str:
    return text.text[event.trigger_start : event.trigger_end]


def _both(aspect: str, pair: Pair) -> tuple[str, str]:
    gold, found = pair.gold, pair.found
    if aspect == "modality":
        return "|".join(gold.modalities), found.modality
    if aspect == "date":
        wanted = " or ".join(_shown_date(when) for when in gold.when)
        return wanted, _shown_date(found.when)
    if aspect == "place":
        places = [("?" if p.is_optional else "") + p.name for p in gold.places or ()]
        return ", ".join(places) or "none", ", ".join(
            f"{location.place.name} ({location.place.country_code or location.place.feature_code})"
            for location in found.locations
        ) or "none"
    actors = gold.source if aspect == "source" else gold.target
    named = found.source_actors if aspect == "source" else found.target_actors
    wanted_ids = [("?" if a.is_optional else "") + "|".join(a.ids) for a in actors]
    return ", ".join(wanted_ids) or "none", ", ".join(a.actor_id for a in named) or "none"


def _shown_date(when: PartialDate | None) -> str:
    if when is None:
        return "none"
    if when.earliest == when.latest:
        return when.iso
    return f"{when.earliest}/{when.latest}"
