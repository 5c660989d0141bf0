"""Texts with hand-coded events, to measure the coder on: what they hold and how they are read.

Our own form is JSON Lines, one brief a line; docs/event-evaluation.md describes it. Four
published corpora are read as well and told apart by their fields: PLOVER gold sentences,
WikiEvents, RAMS and the silver sentences of event_location. Their labels become PLOVER types
as data/corpus_types.tsv says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.errors import UnreadableInputError
from dashboard.events import Modality
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from gazetteer.places import Coordinates

_TYPES = Path(__file__).parent / "data" / "corpus_types.tsv"

Span = tuple[int, int]
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldActor:
    """An actor that the coder should name: any of `ids` is right."""

    ids: tuple[str, ...]
    is_optional: bool = False
    """The text leaves room: naming it is right, and so is leaving it out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPlace:
    """A place that the coder should name."""

    name: str
    kind: str
    """"point" a town or site, "area" a province, sea or border, "country"; "words" when the
    corpus gives only the words that name it."""
    coordinates: Coordinates | None = None
    country_codes: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2; two for a border."""
    within_km: float = 50.0
    """How far the coder's place may lie."""
    span: Span | None = None
    """Where the words stand, when they are what is compared."""
    is_optional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEvent:
    """An event as a person coded it."""

    triggers: tuple[Span, ...]
    """Words that name the act; the coder may point at any of them."""
    event_types: tuple[str, ...]
    """PLOVER types, any of which is right; empty when the corpus gives none."""
    source: tuple[GoldActor, ...] = ()
    target: tuple[GoldActor, ...] = ()
    is_reciprocal: bool = False
    """Both sides act on each other: `source` holds all parties, whoever is named first."""
    when: tuple[PartialDate | None, ...] = (None,)
    """Dates, any of which is right; None is "the text does not say"."""
    places: tuple[GoldPlace, ...] | None = ()
    """Empty: nowhere that the text says; None: the corpus does not tell."""
    modalities: tuple[Modality, ...] = (Modality.REPORTED,)
    is_optional: bool = False
    """A reader may code it or leave it: it is neither missed nor false."""


ASPECTS = frozenset({"source", "target", "when", "place", "modality"})
"""What beside trigger and type a corpus may annotate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldText:
    """A text with its events."""

    doc_id: str
    text: str
    events: tuple[GoldEvent, ...]
    title: str = ""
    published: date | None = None
    aspects: frozenset[str] = ASPECTS
    """What is annotated of each event."""
    complete_for: frozenset[str] = frozenset()
    """Types whose events are all annotated: others that the coder finds are false."""
    is_one_event: bool = False
    """The text was picked for one event: the coder's best answer stands for it, wherever it is."""


def read_gold(path: Path) -> tuple[GoldText, ...]:
    """Return the texts of a JSON Lines file of any form that is known.

    Raises: UnreadableInputError when a line is of none; OSError when the file is not there.
    """
    texts = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                texts.append(_read_line(f"{path.name}, line {number}", line))
    return tuple(dict.fromkeys(text for text in texts if text.events or text.complete_for))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person changed of an item whose places were plainly wrong."""

    is_dropped: bool
    """The marked word is no event, or the sentence is cut off."""
    spans: tuple[Span, ...]
    """The event's places; empty for none."""


def read_corrections(path: Path) -> Mapping[tuple[str, int], Correction]:
    """Return the corrections of a table, by the item's id and where its marked word starts.

    A line holds the two, then "drop", "none" or the places as "40-44 94-98", then why.

    Raises: UnreadableInputError when a line is none; OSError when the file is not there.
    """
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            doc_id, start, places, _ = line.split("\t")
            spans = () if places in {"drop", "none"} else tuple(map(_span, places.split(" ")))
            found[doc_id, int(start)] = Correction(is_dropped=places == "drop", spans=spans)
        except ValueError as error:
            where = f"{path.name}, line {number}"
            raise UnreadableInputError(where, "is no correction of an item's places") from error
    return found


def _span(words: str) -> Span:
    start, end = words.split("-")
    return int(start), int(end)


def corrected(
    texts: Iterable[GoldText], corrections: Mapping[tuple[str, int], Correction]
) -> list[GoldText]:
    """Return the texts with the places of their one event corrected, without those dropped."""
    kept = []
    for text in texts:
        correction = corrections.get((text.doc_id.strip(), text.events[0].triggers[0][0]))
        if correction is None:
            kept.append(text)
        elif not correction.is_dropped:
            places = tuple(
                GoldPlace(name=text.text[slice(*span)], kind="words", span=span)
                for span in correction.spans
            )
            kept.append(replace(text, events=(replace(text.events[0], places=places),)))
    return kept


def _read_line(where: str, line: str) -> GoldText:
    try:
        row = json.loads(line)
        gold = next(read for key, read in _READERS if key in row)(row)
    except StopIteration:
        raise UnreadableInputError(where, "no known form of coded events") from None
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise UnreadableInputError(where, f"cannot be read: {error!r}") from error
    for event in gold.events:
        if any(not 0 <= start < end <= len(gold.text) for start, end in event.triggers):
            raise UnreadableInputError(where, "a trigger lies outside of the text")
        if any(name not in event_types() for name in event.event_types):
            raise UnreadableInputError(where, f"no such type: {event.event_types}")
    return gold


# -- our own form


def _read_own(row: Row) -> GoldText:
    text = row["text"]
    for event in row["events"]:
        for trigger in event["trigger"]:
            if text[trigger["start"] : trigger["end"]] != trigger["words"]:
                raise ValueError(f"{trigger['words']!r} is not at {trigger['start']}")
    return GoldText(
        doc_id=row["id"],
        text=text,
        title=row["title"],
        published=date.fromisoformat(row["published"]),
        events=tuple(map(_own_event, row["events"])),
        complete_for=frozenset(event_types()),
    )


def _own_event(row: Row) -> GoldEvent:
    return GoldEvent(
        triggers=tuple((trigger["start"], trigger["end"]) for trigger in row["trigger"]),
        event_types=tuple(row["type"]),
        source=tuple(map(_own_actor, row["source"])),
        target=tuple(map(_own_actor, row["target"])),
        is_reciprocal=row.get("reciprocal", False),
        when=tuple(_own_date(when) if when else None for when in row["when"]),
        places=tuple(map(_own_place, row["places"])),
        modalities=tuple(map(Modality, row["modality"])),
        is_optional=row.get("optional", False),
    )


def _own_actor(words: str) -> GoldActor:
    return GoldActor(
        ids=tuple(words.removeprefix("?").split("|")), is_optional=words.startswith("?")
    )


def _own_date(words: str) -> PartialDate:
    first, _, last = words.partition("/")
    when = PartialDate.from_iso(first)
    return replace(when, latest=PartialDate.from_iso(last).latest) if last else when


def _own_place(row: Row) -> GoldPlace:
    return GoldPlace(
        name=row["name"],
        kind=row["kind"],
        coordinates=Coordinates(lat=row["lat"], lon=row["lon"]),
        country_codes=tuple(row[key] for key in ("country", "country2") if row.get(key)),
        within_km=row.get("within_km", 50.0),
        is_optional=row.get("optional", False),
    )


# -- PLOVER's gold sentences

_MARK = re.compile(r"\(([A-Z]{3}(?:/[A-Z]{3})*): ?([^()]*)\)")
_CODES = {"JAP": "JPN", "ITL": "ITA", "VTN": "VNM"}
_SECTORS = {"CIV": "CVL"}
"""Slips in the corpus."""


def _read_plover(row: Row) -> GoldText:
    text, triggers = _marked(row["text"].strip(" {}\n"), row["textInfo"]["markup"].strip(" {}\n"))
    is_reciprocal = "SRC/TAR" in row["textInfo"]["markup"]
    source, target = _plover_actors(row.get("source")), _plover_actors(row.get("target"))
    event = GoldEvent(
        triggers=triggers,
        event_types=_plover_types("plover", row["event"]) or (row["event"],),
        source=(*source, *target) if is_reciprocal else source,
        target=() if is_reciprocal else target,
        is_reciprocal=is_reciprocal,
    )
    return GoldText(
        doc_id=row["id"],
        text=text,
        events=(event,),
        aspects=frozenset({"source", "target"}),
        is_one_event=True,
    )


def _marked(text: str, markup: str) -> tuple[str, tuple[Span, ...]]:
    """Return the text and where the words marked EVT stand; all of it when the marks do not fit."""
    plain, at, spans = "", 0, []
    for match in _MARK.finditer(markup):
        plain += markup[at : match.start()]
        if match[1] == "EVT":
            spans.append((len(plain), len(plain) + len(match[2])))
        plain += match[2]
        at = match.end()
    plain += markup[at:]
    return text, tuple(spans) if plain == text and spans else ((0, len(text)),)


def _plover_actors(rows: object) -> tuple[GoldActor, ...]:
    found = []
    for row in rows if isinstance(rows, list) else ():
        code = row.get("code")
        if not code or code == "None":
            continue
        if code in {"IGO", "NGO"}:
            found.append(GoldActor(ids=("IGO", "NGO")))
            continue
        # "REBkur" is Kurdish rebels: what follows the sector is no part of our ids.
        sector = re.match("[A-Z]{3}", row.get("sector") or "")
        head = _CODES.get(code, code)
        found.append(GoldActor(ids=(_plover_actor(head, sector[0]) if sector else head,)))
    return tuple(found)


def _plover_actor(country: str, sector: str) -> str:
    return f"{country}.{_SECTORS.get(sector, sector)}"


# -- WikiEvents

_GLUED = re.compile(r"(?<=[a-z0-9)][.?!])(?=[\"“‘]?[A-Z])|(?<=[.?!][\"”])(?=[“\"]?[A-Z])")
"""Where the corpus lost the break between two sentences."""


def _read_wikievents(row: Row) -> GoldText:
    raw = row["text"]
    breaks = [match.start() for match in _GLUED.finditer(raw)]
    text = "".join(raw[a:b] + "\n" for a, b in zip([0, *breaks], [*breaks, len(raw)], strict=True))[
        :-1
    ]

    def moved(span: Row) -> Span:
        # Inclusive for a start on a break: the word follows it.
        return (
            span["start"] + sum(at <= span["start"] for at in breaks),
            span["end"] + sum(at < span["end"] for at in breaks),
        )

    events = []
    for event in row["events"]:
        types = _plover_types("wikievents", event["type"])
        if types:
            places = [
                GoldPlace(name=arg["text"], kind="words", span=moved(arg))
                for arg in event["args"]
                if arg["role"] == "Place"
            ]
            events.append(
                GoldEvent(
                    triggers=(moved(event["trigger"]),),
                    event_types=types,
                    places=tuple(places) or None,
                )
            )
    return GoldText(
        doc_id=row["doc_id"],
        text=text,
        events=_one_a_sentence(text, events),
        aspects=frozenset({"place"}),
        complete_for=frozenset({"ASSAULT", "PROTEST"}),
    )


def _one_a_sentence(text: str, events: Sequence[GoldEvent]) -> tuple[GoldEvent, ...]:
    """Join what one sentence tells of one type: the corpus marks "bombed", "killed", "hurt"."""
    joined: dict[tuple[Span, tuple[str, ...]], GoldEvent] = {}
    for event in events:
        key = (sentence_around(text, *event.triggers[0]), event.event_types)
        other = joined.get(key)
        joined[key] = (
            replace(
                event,
                triggers=(*other.triggers, *event.triggers),
                places=tuple(dict.fromkeys((*(other.places or ()), *(event.places or ())))) or None,
            )
            if other
            else event
        )
    return tuple(joined.values())


# -- RAMS

_NO_SPACE_BEFORE = re.compile(r"[-.,;:!?)\]%’”]|n't|n’t|['’](?:s|re|ve|ll|d|m)?")
_NO_SPACE_AFTER = frozenset({"(", "[", "“", "$", "‘", "-"})


def _read_rams(row: Row) -> GoldText:
    tokens: list[str] = row["tokens"]
    text, before, starts, quotes = "", "", [], 0
    for word in tokens:
        quotes += word == '"'
        is_glued = (
            not text
            or before in _NO_SPACE_AFTER
            or (before == '"' and quotes % 2 == 1)
            or (word == '"' and quotes % 2 == 0)
            or _NO_SPACE_BEFORE.fullmatch(word) is not None
        )
        text += "" if is_glued else " "
        starts.append(len(text))
        text += word
        before = word

    def span(first: int, last: int) -> Span:  # half-open, in tokens
        return starts[first], starts[last - 1] + len(tokens[last - 1])

    types = _plover_types("rams", row["type"])
    places = [
        GoldPlace(name=text[slice(*span(a, b))], kind="words", span=span(a, b))
        for role, a, b in row["args"]
        if role == "place"
    ]
    event = GoldEvent(
        triggers=(span(*row["trigger"]),), event_types=types, places=tuple(places) or None
    )
    return GoldText(
        doc_id=row["id"],
        text=text,
        events=(event,) if types else (),
        aspects=frozenset({"place"} if places else ()),
    )


# -- event_location


def _read_event_location(row: Row) -> GoldText:
    start, end, _ = row["verb"]
    event = GoldEvent(
        triggers=((start, end),),
        event_types=(),
        places=tuple(
            GoldPlace(name=words, kind="words", span=(first, last))
            for first, last, words in row["locations"]
        ),
    )
    return GoldText(
        doc_id=row["id"],
        text=row["text"],
        events=(event,),
        aspects=frozenset({"place"}),
        is_one_event=True,
    )


_READERS: tuple[tuple[str, Callable[[Row], GoldText]], ...] = (
    ("entities", _read_wikievents),
    ("tokens", _read_rams),
    ("verb", _read_event_location),
    ("textInfo", _read_plover),
    ("events", _read_own),
)
"""By a field that only this form has."""


# -- shared

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z])|\n+")


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return where the sentence that holds `text[start:end]` begins and ends, roughly."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    first = max((at for at in ends if at <= start), default=0)
    last = min((at for at in ends if at >= end), default=len(text))
    return first, last


def _plover_types(corpus: str, label: str) -> tuple[str, ...]:
    """Return the types of a label: those of the longest prefix that the table has."""
    table = _type_table()
    prefixes = [key for key in table if key[0] == corpus and label.lower().startswith(key[1])]
    return table[max(prefixes, key=lambda key: len(key[1]))] if prefixes else ()


@lru_cache(maxsize=1)
def _type_table() -> Mapping[tuple[str, str], tuple[str, ...]]:
    lines: Iterable[str] = _TYPES.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {
        (corpus, label.lower()): () if types == "-" else tuple(types.split("|"))
        for corpus, label, types in rows
    }
