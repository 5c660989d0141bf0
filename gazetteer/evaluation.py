"""How well places are found and resolved, measured on annotated texts.

The measures follow Gritta et al. (2019), "A Pragmatic Guide to Geoparsing Evaluation". The
same corpus, place data and rules give the same figures and errors; only the documents a
second differ from run to run.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING

from gazetteer.corpora import GoldDocument, GoldToponym, half_of, read_corpus
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.geodesy import distance_km
from gazetteer.geoparse import geoparse
from gazetteer.language import parse as parse_text
from gazetteer.places import Coordinates, Place
from gazetteer.recognition import RecognitionPart, find_mentions
from gazetteer.resolution import resolve
from gazetteer.toponyms import Mention, MentionKind, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from gazetteer.store import PlaceStore

RIGHT_WITHIN_KM = 161.0
"""A hundred miles: the distance within which a resolution counts as right."""

_FARTHEST_KM = 20_039.0
"""Half the circumference of the earth: the worst error possible, and that of no answer."""

_CONTEXT_CHARACTERS = 100

EVERY_KIND = frozenset(MentionKind)
WITHOUT_ORIGIN = EVERY_KIND - {MentionKind.DEMONYM, MentionKind.PART}


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Precision, recall and their harmonic mean, from counts."""

    right: int
    found: int
    gold: int

    @property
    def precision(self) -> float:
        """Return the share of what was found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is annotated that was found; 0 when nothing is."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distances:
    """How far answers lie from the annotation; no answer counts as half round the earth."""

    toponyms: int
    """How many were measured: those with coordinates."""
    within: float
    """Share that lies within 161 km, in [0, 1]; 0 when there are none."""
    mean_km: float
    median_km: float
    area_under_curve: float
    """Area under the curve of log errors, 0 best, 1 worst."""


class ErrorKind(StrEnum):
    """What went wrong with a toponym, or with what was taken for one."""

    WRONG_PLACE = "wrong place"
    """Found, and placed more than 161 km away."""
    WRONG_SPAN = "wrong span"
    """Found with more or fewer words than are annotated."""
    NOT_FOUND = "not found"
    NOT_PLACED = "not placed"
    """Found, and said to be no place that we know."""
    NOT_ANNOTATED = "not annotated"
    """Found where nothing is annotated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacingError:
    """One error of the whole run, with what a reader needs to judge it."""

    kind: ErrorKind
    cost: float
    """1 for a toponym missed or a false one found; a wrong place is both, and its
    logarithmic distance in [0, 1] comes on top."""
    doc_id: str
    start: int
    end: int
    surface: str
    before: str
    """What stands before the surface, as far as its line and a hundred characters go."""
    after: str
    annotated: Coordinates | None
    found: Place | None
    confidence: float
    distance_km: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReliabilityBin:
    """How often answers of a confidence are right."""

    least: float
    """Least confidence of the bin; it reaches to the next one's."""
    answers: int
    right: int
    mean_confidence: float

    @property
    def share_right(self) -> float:
        """Return the share of the answers that lie within 161 km."""
        return self.right / self.answers if self.answers else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsScore:
    """Recognition by some of its parts."""

    parts: tuple[RecognitionPart, ...]
    exact: Score
    overlapping: Score


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured on one corpus, or on a half of it."""

    corpus: str
    half: str | None
    documents: int
    toponyms: int
    exact: Score
    """Recognition: spans that agree in both ends."""
    overlapping: Score
    """Recognition: spans that share a character."""
    on_annotated: Distances
    """Resolution of the annotated spans."""
    on_found: Distances
    """Resolution of the annotated spans that were found with both ends right."""
    end_to_end: Score
    """Spans that agree in both ends and lie within 161 km."""
    reliability: tuple[ReliabilityBin, ...]
    """Of the answers on annotated spans, by confidence, the least first."""
    errors: tuple[PlacingError, ...]
    """Those of the whole run, the dearest first."""
    documents_per_second: float
    by_parts: tuple[PartsScore, ...] = ()
    """Recognition by each of its parts alone, by each two, and by all; empty unless asked for."""


def evaluate(
    corpus: Path | str,
    *,
    store: PlaceStore | None = None,
    half: str | None = None,
    kinds: Collection[MentionKind] = EVERY_KIND,
    context: Sequence[str] = (),
    by_parts: bool = False,
    parse: Callable[[str], Doc] = parse_text,
    progress: Callable[[str, float], None] = lambda _stage, _fraction: None,
) -> Evaluation:
    """Return how well the texts of `corpus` are geoparsed.

    `half` restricts it to "tune" or "held-out"; `kinds` names the mentions that the
    corpus annotates (some leave out demonyms and parts of other names). `context` holds the
    codes of countries that the whole corpus is about. `by_parts` also
    measures recognition by each of its parts. `progress` is told the corpus and the share
    of its texts that are done.

    Raises: PlaceDataError or CorpusError when the corpus cannot be read; OSError when it is not
    there.
    """
    path = Path(corpus)
    documents = [d for d in read_corpus(path) if half is None or half_of(d.doc_id) == half]
    store = store or _open_store()
    counts = _Counts()
    parts = [_PartsCount(chosen) for chosen in _every_choice()] if by_parts else []
    seconds = 0.0
    for number, document in enumerate(documents):
        progress(path.stem, number / len(documents))
        started = time.perf_counter()
        doc = parse(document.text)
        found = geoparse(document.text, doc=doc, store=store, context=context).resolutions
        seconds += time.perf_counter() - started
        counts.add_found(document, [r for r in found if r.mention.kind in kinds])
        counts.add_given(document, resolve_gold(document, store, doc, context))
        for part in parts:
            part.add(document, find_mentions(doc, store, parts=part.parts), kinds)
    measured = counts.evaluation(path.stem, half, documents, seconds)
    return replace(measured, by_parts=tuple(part.score() for part in parts))


def resolve_gold(
    document: GoldDocument,
    store: PlaceStore,
    doc: Doc | None = None,
    context: Sequence[str] = (),
) -> tuple[Resolution, ...]:
    """Return what the annotated spans resolve to, one resolution a toponym."""
    mentions = [gold_mention(document.text, toponym) for toponym in document.toponyms]
    return resolve(document.text, mentions, store, doc=doc, context=context)


def gold_mention(text: str, toponym: GoldToponym) -> Mention:
    """Return an annotated span as a mention: a word of origin, or literal."""
    surface = text[toponym.start : toponym.end]
    kind = MentionKind.DEMONYM if place_id_of_demonym(surface) else MentionKind.LITERAL
    return Mention(start=toponym.start, end=toponym.end, surface=surface, kind=kind)


def error_km(resolution: Resolution, toponym: GoldToponym) -> float | None:
    """Return how far a resolution lies from the annotation, or None when either has no place."""
    if resolution.place is None or toponym.coordinates is None:
        return None
    return distance_km(resolution.place.coordinates, toponym.coordinates)


def _every_choice() -> Iterator[tuple[RecognitionPart, ...]]:
    every = tuple(RecognitionPart)
    for size in range(1, len(every) + 1):
        yield from combinations(every, size)


class _PartsCount:
    def __init__(self, parts: tuple[RecognitionPart, ...]) -> None:
        self.parts = parts
        self.exact = self.overlapping = self.found = self.gold = 0

    def add(
        self, document: GoldDocument, mentions: Sequence[Mention], kinds: Collection[MentionKind]
    ) -> None:
        gold = {(t.start, t.end) for t in document.toponyms}
        spans = [(m.start, m.end) for m in mentions if m.kind in kinds]
        self.gold += len(gold)
        self.found += len(spans)
        self.exact += sum(span in gold for span in spans)
        self.overlapping += sum(any(s < end and start < e for s, e in gold) for start, end in spans)

    def score(self) -> PartsScore:
        return PartsScore(
            parts=self.parts,
            exact=Score(right=self.exact, found=self.found, gold=self.gold),
            overlapping=Score(
                right=min(self.overlapping, self.gold), found=self.found, gold=self.gold
            ),
        )


class _Counts:
    def __init__(self) -> None:
        self.exact = self.overlapping = self.found = self.gold = 0
        self.placed_right = self.placed_found = self.placed_gold = 0
        self.given_km: list[float] = []
        self.found_km: list[float] = []
        self.answers: list[tuple[float, bool]] = []
        self.errors: list[PlacingError] = []

    def add_found(self, document: GoldDocument, found: Sequence[Resolution]) -> None:
        gold = {(t.start, t.end): t for t in document.toponyms}
        self.found += len(found)
        self.gold += len(gold)
        self.placed_gold += sum(t.coordinates is not None for t in gold.values())
        for resolution in found:
            mention = resolution.mention
            toponym = gold.get((mention.start, mention.end))
            self.exact += toponym is not None
            self.overlapping += any(
                t.start < mention.end and mention.start < t.end for t in gold.values()
            )
            if toponym and toponym.coordinates is not None:
                error = error_km(resolution, toponym)
                self.found_km.append(_FARTHEST_KM if error is None else error)
            if resolution.place is None or (toponym and toponym.coordinates is None):
                continue
            self.placed_found += 1
            error = error_km(resolution, toponym) if toponym else None
            self.placed_right += error is not None and error <= RIGHT_WITHIN_KM
        self.errors.extend(_errors(document, found))

    def add_given(self, document: GoldDocument, given: Iterable[Resolution]) -> None:
        for resolution, toponym in zip(given, document.toponyms, strict=True):
            if toponym.coordinates is not None:
                error = error_km(resolution, toponym)
                self.given_km.append(_FARTHEST_KM if error is None else error)
                if error is not None:
                    self.answers.append((resolution.confidence, error <= RIGHT_WITHIN_KM))

    def evaluation(
        self, corpus: str, half: str | None, documents: Sequence[GoldDocument], seconds: float
    ) -> Evaluation:
        return Evaluation(
            corpus=corpus,
            half=half,
            documents=len(documents),
            toponyms=self.gold,
            exact=Score(right=self.exact, found=self.found, gold=self.gold),
            overlapping=Score(
                right=min(self.overlapping, self.gold), found=self.found, gold=self.gold
            ),
            on_annotated=_distances(self.given_km),
            on_found=_distances(self.found_km),
            end_to_end=Score(
                right=self.placed_right, found=self.placed_found, gold=self.placed_gold
            ),
            reliability=_reliability(self.answers),
            errors=tuple(sorted(self.errors, key=lambda e: (-e.cost, e.doc_id, e.start, e.end))),
            documents_per_second=len(documents) / seconds if seconds else 0.0,
        )


def _distances(errors: Sequence[float]) -> Distances:
    measured = errors or [_FARTHEST_KM]
    return Distances(
        toponyms=len(errors),
        within=mean(error <= RIGHT_WITHIN_KM for error in measured),
        mean_km=mean(measured),
        median_km=median(measured),
        area_under_curve=mean(map(_log_error, measured)),
    )


def _reliability(answers: Iterable[tuple[float, bool]]) -> tuple[ReliabilityBin, ...]:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in answers:
        bins.setdefault(min(9, int(confidence * 10)), []).append((confidence, is_right))
    return tuple(
        ReliabilityBin(
            least=tenth / 10,
            answers=len(inside),
            right=sum(is_right for _, is_right in inside),
            mean_confidence=mean(confidence for confidence, _ in inside),
        )
        for tenth, inside in sorted(bins.items())
    )


def _errors(document: GoldDocument, found: Sequence[Resolution]) -> Iterator[PlacingError]:
    by_span = {(r.mention.start, r.mention.end): r for r in found}
    gold = {(t.start, t.end): t for t in document.toponyms}
    for span, toponym in gold.items():
        resolution = by_span.get(span)
        if resolution is None:
            yield _missed(document, toponym, _overlap(toponym, found))
        elif toponym.coordinates is not None:
            error = error_km(resolution, toponym)
            if error is None:
                yield _error(document, span, (ErrorKind.NOT_PLACED, 1.0), toponym, resolution)
            elif error > RIGHT_WITHIN_KM:
                cost = 2.0 + _log_error(error)
                yield _error(document, span, (ErrorKind.WRONG_PLACE, cost), toponym, resolution)
    for span, resolution in by_span.items():
        overlaps = any(t.start < span[1] and span[0] < t.end for t in document.toponyms)
        if resolution.place is not None and not overlaps:
            yield _error(document, span, (ErrorKind.NOT_ANNOTATED, 1.0), None, resolution)


def _overlap(toponym: GoldToponym, found: Sequence[Resolution]) -> Resolution | None:
    return next(
        (r for r in found if r.mention.start < toponym.end and toponym.start < r.mention.end), None
    )


def _missed(
    document: GoldDocument, toponym: GoldToponym, overlapping: Resolution | None
) -> PlacingError:
    span = (toponym.start, toponym.end)
    if overlapping is None:
        return _error(document, span, (ErrorKind.NOT_FOUND, 1.0), toponym, None)
    cost = 1.0 if overlapping.place is None else 2.0
    return _error(document, span, (ErrorKind.WRONG_SPAN, cost), toponym, overlapping)


def _error(
    document: GoldDocument,
    span: tuple[int, int],
    what: tuple[ErrorKind, float],
    toponym: GoldToponym | None,
    resolution: Resolution | None,
) -> PlacingError:
    (start, end), (kind, cost) = span, what
    text = document.text
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    from_, to = start - _CONTEXT_CHARACTERS, end + _CONTEXT_CHARACTERS
    # At most so many characters of its line, and whole words.
    from_ = line_start if from_ <= line_start else text.find(" ", from_, start) + 1 or start
    to = line_end if to >= line_end else max(text.rfind(" ", end, to), end)
    return PlacingError(
        kind=kind,
        cost=cost,
        doc_id=document.doc_id,
        start=start,
        end=end,
        surface=text[start:end],
        before=text[from_:start],
        after=text[end:to],
        annotated=toponym.coordinates if toponym else None,
        found=resolution.place if resolution else None,
        confidence=resolution.confidence if resolution else 0.0,
        distance_km=error_km(resolution, toponym) if resolution and toponym else None,
    )


def _log_error(error: float) -> float:
    return min(1.0, math.log(1 + error) / math.log(1 + _FARTHEST_KM))


def _open_store() -> PlaceStore:
    from gazetteer.build import open_place_store

    return open_place_store()
