"""How well events are coded, measured on hand-coded texts.

Events of the coder are paired one to one with those of the gold where their trigger words
overlap. Trigger, type and quad class are counted over all events; source, target, date,
place and modality over the pairs ("of events found") and over everything ("end to end",
where a missed event misses its actors too). docs/event-evaluation.md gives the rules.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dashboard.articles import Article, article_id
from dashboard.event_gold import (
    GoldActor,
    GoldEvent,
    GoldPlace,
    GoldText,
    read_gold,
    sentence_around,
)
from dashboard.events import Event, EventLocation, Modality
from dashboard.ontology import event_types
from dashboard.pipeline import CodedArticle, code_article
from gazetteer.evaluation import Score, half_of
from gazetteer.geodesy import distance_km
from gazetteer.names import name_key
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Candidate, Geoparse, MentionKind, Resolution

if TYPE_CHECKING:
    from dashboard.dates import PartialDate
    from gazetteer.store import PlaceStore

EVENT_ASPECTS = ("trigger", "type", "quad class")
FIELD_ASPECTS = (
    "source",
    "source country",
    "target",
    "target country",
    "date",
    "place",
    "named place",
    "modality",
)
_UNHAPPENED = frozenset({Modality.DENIED, Modality.HYPOTHETICAL, Modality.NEGATED})
"""What the coder itself marks so is on no map by default: it is never counted as false."""

Counts = tuple[int, int, int]
"""Right, found, gold."""
_NOTHING: Counts = (0, 0, 0)
Code = Callable[[Article], CodedArticle]
_Gold = TypeVar("_Gold", GoldActor, GoldPlace)
_Found = TypeVar("_Found", str, EventLocation)


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
    with one event each "type, surest event"."""
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
    progress: Callable[[str, float], None] | None = None,
) -> EventEvaluation:
    """Return how well the texts of `corpus` are coded.

    `half` restricts it to "tune" or "held-out" by the hash of the text's id; `limit` to the
    texts with the smallest hashes; `code` replaces the coder.

    Raises: UnreadableInputError when the corpus cannot be read; OSError when it is not there.
    """
    path = Path(corpus)
    texts = [text for text in read_gold(path) if half is None or half_of(text.doc_id) == half]
    if limit is not None:
        texts = sorted(texts, key=lambda text: article_id(text.doc_id))[:limit]
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


# -- pairing


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the coder's answer to it."""

    gold: GoldEvent
    found: Event
    has_trigger: bool
    """Whether the trigger words overlap; False only for texts picked for one event."""

    @property
    def has_type(self) -> bool:
        """Say whether the type is right."""
        return self.found.event_type in self.gold.event_types

    @property
    def has_quad_class(self) -> bool:
        """Say whether the quad class is right."""
        return _quad_class(self.found.event_type) in map(_quad_class, self.gold.event_types)


def pair_events(text: GoldText, found: Sequence[Event]) -> tuple[Pair, ...]:
    """Return gold events with the coder's, one to one, the best matching pairs first.

    A pair must share a trigger word, or only the text when the text is about one event.
    The right type goes first, then the right quad class, then what a reader must code.
    """
    ranked = []
    for g, gold in enumerate(text.events):
        for f, event in enumerate(found):
            has_trigger = any(
                start < event.trigger_end and event.trigger_start < end
                for start, end in gold.triggers
            )
            if has_trigger or text.is_one_event:
                pair = Pair(gold, event, has_trigger)
                rank = (not pair.has_type, not pair.has_quad_class, not has_trigger)
                ranked.append(((*rank, gold.is_optional, -event.confidence, g, f), pair))
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_found: set[int] = set()
    for (*_, g, f), pair in sorted(ranked, key=lambda item: item[0]):
        if g not in used_gold and f not in used_found:
            pairs.append(pair)
            used_gold.add(g)
            used_found.add(f)
    return tuple(pairs)


def _quad_class(name: str) -> str:
    return event_types()[name].quad_class


# -- one field of one event


def field_counts(aspect: str, gold: GoldEvent, found: Event) -> Counts:
    """Return how many answers are right, were given and are wanted, of one field."""
    if aspect in {"source", "source country"}:
        actors = [actor.actor_id for actor in found.source_actors]
        wanted = gold.source
        if gold.is_reciprocal:
            actors += [actor.actor_id for actor in found.target_actors]
            wanted = (*gold.source, *gold.target)
        return _actor_counts(wanted, actors, by_country=aspect.endswith("country"))
    if aspect in {"target", "target country"}:
        if gold.is_reciprocal:
            return _NOTHING
        actors = [actor.actor_id for actor in found.target_actors]
        return _actor_counts(gold.target, actors, by_country=aspect.endswith("country"))
    if aspect == "date":
        return _date_counts(gold.when, found.when)
    if aspect == "modality":
        return int(found.modality in gold.modalities), 1, 1
    return _place_counts(gold.places or (), found.locations, none_counts=aspect == "place")


def _actor_counts(gold: Iterable[GoldActor], found: Iterable[str], *, by_country: bool) -> Counts:
    if by_country:
        gold = dict.fromkeys(
            GoldActor(ids=tuple(map(_country, actor.ids)), is_optional=actor.is_optional)
            for actor in gold
        )
        found = dict.fromkeys(map(_country, found))
    return _assigned(tuple(gold), tuple(found), _is_actor)


def _country(actor_id: str) -> str:
    return actor_id.partition(".")[0]


def _is_actor(gold: GoldActor, found: str) -> bool:
    """Say whether an id is the gold's or part of it; a government may go by its country."""
    return any(
        found == wanted or found.startswith(f"{wanted}.") or wanted == f"{found}.GOV"
        for wanted in gold.ids
    )


def _date_counts(gold: Sequence[PartialDate | None], found: PartialDate | None) -> Counts:
    wanted = [when for when in gold if when is not None]
    if found is None:
        return (0, 0, 0 if None in gold else 1)
    return int(any(is_same_date(when, found) for when in wanted)), 1, int(bool(wanted))


def is_same_date(gold: PartialDate, found: PartialDate) -> bool:
    """Say whether both may be the same day and are about as exact: none over twice the other."""
    shorter, longer = sorted((gold.days, found.days))
    return gold.overlaps(found) and longer <= 2 * shorter


def _place_counts(
    gold: Sequence[GoldPlace], found: Sequence[EventLocation], *, none_counts: bool
) -> Counts:
    right, given, wanted = _assigned(gold, found, is_same_place)
    if not none_counts:
        return right, given, wanted
    if not given and not wanted:
        return 1, 1, 1
    return right, max(1, given), max(1, wanted)


def is_same_place(gold: GoldPlace, found: EventLocation) -> bool:
    """Say whether a place is the gold's: near enough, and not a whole country for a town."""
    if gold.kind == "words":
        mention = found.mention
        is_there = gold.span is not None and (
            mention.start < gold.span[1] and gold.span[0] < mention.end
        )
        return is_there or name_key(mention.surface) == name_key(gold.name)
    place = found.place
    is_country = found.precision is GeoPrecision.COUNTRY
    if gold.kind == "country" or is_country:
        return gold.kind == "country" and is_country and place.country_code in gold.country_codes
    if len(gold.country_codes) > 1 and set(place.all_countries) == set(gold.country_codes):
        return True
    if gold.kind == "area" and name_key(place.name) == name_key(gold.name):
        return True
    return (
        gold.coordinates is not None
        and distance_km(gold.coordinates, place.coordinates) <= gold.within_km
    )


def _assigned(
    gold: Sequence[_Gold], found: Sequence[_Found], is_same: Callable[[_Gold, _Found], bool]
) -> Counts:
    """Return the counts when each found answer may serve one gold item; optional ones are free."""
    wanted = [item for item in gold if not item.is_optional]
    free = [item for item in gold if item.is_optional]
    right = given = 0
    left = list(wanted)
    for answer in found:
        match = next((item for item in left if is_same(item, answer)), None)
        if match is not None:
            left.remove(match)
            right += 1
            given += 1
        elif not any(is_same(item, answer) for item in free):
            given += 1
    return right, given, len(wanted)


# -- the place of a given trigger

_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "CONSULT", "AID", "RETREAT"})
"""Types that the rules place where they are done."""


def places_of_trigger(coded: CodedArticle, span: tuple[int, int]) -> tuple[EventLocation, ...]:
    """Return where the coder's rules put the act that the words at `span` name.

    A word that the lexicon does not know is placed as a deed: the corpus says that it is one.
    """
    from dashboard.cast import Cast
    from dashboard.event_places import Atlas
    from dashboard.frames import clause_of
    from dashboard.triggers import find_triggers
    from gazetteer.language import parse

    doc = parse(coded.article.text)
    words = doc.char_span(*span, alignment_mode="expand")
    if words is None:
        return ()
    cast = Cast(doc, coded.geoparse)
    token = words.root
    trigger = next((t for t in find_triggers(doc, cast) if token in t.words), None)
    clause = clause_of(token) if token.pos_ in {"VERB", "AUX"} else None
    places = Atlas(doc, coded.geoparse, cast.name_tokens).places_of(
        token,
        event_type=trigger.event_type if trigger and trigger.event_type in _DEEDS else "ASSAULT",
        carrier=trigger.carrier if trigger else None,
        destination=trigger.destination if trigger else None,
        parties=[clause.subject] if clause and clause.subject is not None else [],
    )
    return places.locations


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
            surest = max(found, key=lambda event: event.confidence)
            self.first_right += surest.event_type in text.events[0].event_types
        if "place" in text.aspects and text.is_one_event:
            self._add_trigger_given(text, coded)

    def _add_pair(self, text: GoldText, pair: Pair) -> None:
        fields = _annotated(text.aspects, pair.gold)
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
        for aspect in _annotated(text.aspects, gold):
            wanted = _wanted(aspect, gold)
            _add(self.end_to_end, aspect, (0, 0, wanted))
        words = text.text[slice(*gold.triggers[0])]
        what = f"{'|'.join(gold.event_types) or 'event'} at {words!r}"
        self._error(text, "missed", what, "", gold.triggers[0])

    def _add_false(self, text: GoldText, event: Event) -> None:
        self.found += 1
        _add(self.by_type, event.event_type, (0, 1, 0))
        if text.complete_for == frozenset(event_types()):
            for aspect in _annotated(text.aspects, None):
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
        gold = text.events[0]
        coded = replace(coded, geoparse=_with_stand_ins(coded.geoparse))
        names = [
            resolution
            for resolution in coded.geoparse.resolutions
            if resolution.mention.kind is MentionKind.LITERAL
        ]
        at = gold.triggers[0][0]
        nearest = min(names, key=lambda r: abs(r.mention.start - at), default=None)
        answers = {
            "Dateline": places_of_trigger(coded, gold.triggers[0]),
            "nearest name": () if nearest is None else (_location(nearest),),
            "none": (),
        }
        for aspect in FIELD_GROUPS["place"]:
            for name, locations in answers.items():
                counts = _place_counts(gold.places or (), locations, none_counts=aspect == "place")
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
        aspects: Collection[str] = EVENT_ASPECTS
        if any(not event.event_types for text in texts for event in text.events):
            aspects = ("trigger",)
        elif all(len(text.aspects) == len(FIELD_GROUPS) for text in texts):
            aspects = (*EVENT_ASPECTS, "whole event")
        overall = {
            aspect: Score(right=self.overall[aspect], found=self.found, gold=self.gold)
            for aspect in aspects
        }
        if "type" in overall and any(text.is_one_event for text in texts):
            overall["type, surest event"] = Score(
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


FIELD_GROUPS: Mapping[str, tuple[str, ...]] = {
    "source": ("source", "source country"),
    "target": ("target", "target country"),
    "when": ("date",),
    "place": ("place", "named place"),
    "modality": ("modality",),
}
"""What is counted for each aspect that a corpus annotates."""


def _annotated(aspects: Collection[str], gold: GoldEvent | None) -> Iterator[str]:
    for group, fields in FIELD_GROUPS.items():
        is_left_out = gold is not None and (
            (group == "target" and gold.is_reciprocal) or (group == "place" and gold.places is None)
        )
        if group in aspects and not is_left_out:
            yield from fields


def _wanted(aspect: str, gold: GoldEvent) -> int:
    """Return how many answers a missed event misses."""
    if aspect == "modality":
        return 1
    if aspect == "date":
        return int(None not in gold.when)
    if aspect.endswith("place"):
        return _place_counts(gold.places or (), (), none_counts=aspect == "place")[2]
    actors = gold.source if aspect.startswith("source") else gold.target
    return _actor_counts(actors, (), by_country=aspect.endswith("country"))[2]


def _is_false(text: GoldText, event: Event) -> bool:
    return event.event_type in text.complete_for and event.modality not in _UNHAPPENED


def _with_stand_ins(geoparse: Geoparse) -> Geoparse:
    """Give each unresolved name a place of its own.

    The corpora that give only the words ask which name is the event's place; that the place
    store lacks a village is another question.
    """
    return replace(geoparse, resolutions=tuple(map(_with_stand_in, geoparse.resolutions)))


def _with_stand_in(resolution: Resolution) -> Resolution:
    if resolution.place is not None:
        return resolution
    mention = resolution.mention
    place = Place(
        place_id=f"stand-in:{mention.start}",
        name=mention.surface,
        coordinates=Coordinates(lat=0.0, lon=0.0),
        feature_class=FeatureClass.POPULATED,
        feature_code="PPL",
        precision=GeoPrecision.EXACT,
    )
    candidate = Candidate(place=place, score=0.5)
    return Resolution(mention=mention, candidates=(candidate,), method="store")


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
    right, found, gold = scores.get(name, _NOTHING)
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


# -- the report


def score_rows(result: EventEvaluation) -> list[tuple[str, ...]]:
    """Return a table: measure, precision, recall, F1, and what they are counted from."""
    rows = []
    groups = (
        ("", result.overall, result.has_precision),
        ("of events found: ", result.of_found, True),
        ("end to end: ", result.end_to_end, result.has_precision),
        ("told: ", result.trigger_given, True),
    )
    for heading, scores, has_precision in groups:
        for name, score in scores.items():
            rows.append(_row(f"{heading}{name}", score, has_precision=has_precision))
    return rows


def _row(name: str, score: Score, *, has_precision: bool) -> tuple[str, ...]:
    share = (
        (f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}")
        if has_precision
        else ("", f"{score.recall:.3f}", "")
    )
    return (name, *share, f"{score.right}", f"{score.found}", f"{score.gold}")


HEADING = ("measure", "precision", "recall", "F1", "right", "found", "gold")


def to_json(results: Sequence[EventEvaluation]) -> dict[str, Any]:
    """Return the results with their errors as plain values."""
    return {
        result.corpus: {
            "texts": result.texts,
            "events": result.events,
            "scores": {
                name: {"precision": precision, "recall": recall, "f1": f1}
                for name, precision, recall, f1, *_ in score_rows(result)
            },
            "by_type": {
                name: {"right": score.right, "found": score.found, "gold": score.gold}
                for name, score in result.by_type.items()
            },
            "errors": [
                {
                    "doc_id": error.doc_id,
                    "kind": error.kind,
                    "expected": error.expected,
                    "found": error.found,
                    "sentence": error.sentence,
                }
                for error in result.errors
            ],
        }
        for result in results
    }


def to_markdown(results: Sequence[EventEvaluation]) -> str:
    """Return the results as Markdown: a table for each corpus, then its errors by kind."""
    parts = []
    for result in results:
        parts.append(f"## {result.corpus}\n\n{result.texts} texts, {result.events} events.\n")
        parts.append(_markdown_table(HEADING, score_rows(result)))
        types = [
            _row(name, score, has_precision=result.has_precision)
            for name, score in result.by_type.items()
        ]
        parts.append(_markdown_table(("type", *HEADING[1:]), types))
        for error in sorted(result.errors, key=lambda error: error.kind):
            verdict = f"{error.kind}: wanted {error.expected or '-'}, got {error.found or '-'}"
            parts.append(f"- {verdict} ({error.doc_id})\n  > {error.sentence}")
        parts.append("")
    return "\n".join(parts)


def _markdown_table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heading, ["---"] * len(heading), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def to_json_text(results: Sequence[EventEvaluation]) -> str:
    """Return `to_json` as text."""
    return json.dumps(to_json(results), ensure_ascii=False, indent=2) + "\n"
