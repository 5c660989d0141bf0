"""Learns the weights of the ranker and of the uses of names from annotated texts.

For maintainers: `python -m gazetteer.training CORPUS.jsonl ...` writes
data/rules/weights.tsv from the tuning halves of corpora of toponyms (see
`gazetteer.evaluation`), and data/rules/usage_weights.tsv and usage_vectors.tsv from those
that say how a name is used: one name a line (`{id, text, start, end, phrase, reading}`,
"lit" or not), or toponyms with a `type` of GeoWebNews. With `--check` first, nothing is
written: the uses of the first corpus are learnt from four fifths of all and tried on the
fifth, five times over. Nothing here runs for a user.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.build import open_place_store
from gazetteer.corpora import GoldDocument, GoldToponym, half_of, read_corpus
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.evaluation import RIGHT_WITHIN_KM, gold_mention
from gazetteer.features import FIRST_SIGNALS, SIGNALS, Option, Signal
from gazetteer.geodesy import distance_km
from gazetteer.groups import NONE_OF_THESE, Group
from gazetteer.language import parse as parse_text
from gazetteer.logistic import logistic_weights
from gazetteer.lookup import Names
from gazetteer.resolution import Resolver
from gazetteer.rules import RULES_FOLDER
from gazetteer.sentences import sentence_starts
from gazetteer.usage import governor, usage_features

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from gazetteer.store import PlaceStore

    Numbers = NDArray[np.float64]

HAND_SET = {
    "namesake": -2.5,
    "overshadowed": -3.0,
    "borrowed_name": -3.0,
    "hinted": 6.0,
    "lonely_share": 4.0,
    "speaks": 2.0,
    "holds_another": 2.0,
}
"""Weights held near a value set by hand.

Corpora cannot teach them: within 161 km a town and the division that bears its name are
the same answer, but not on a map. No corpus gives context hints or uses, few names in them
stand alone, and what is learnt of one "X, Y" is learnt of X.
"""

_TOLERANCE_KM = {"country": 2500.0, "admin1": 400.0, "region": 2500.0, "water": 1500.0}
"""How far the point of a wide place may lie from the annotation's and be the same place."""

_LITERAL_TYPES = frozenset({"Literal", "Literal_Modifier", "Coercion"})
_METONYM_TYPES = frozenset({"Metonymic", "Non_Literal_Modifier"})
_SAME_POINT_KM = 15.0
_STEPS = 600
_RATE = 0.05
_DECAY = 0.02
_HAND_SET_DECAY = 20.0
_USAGE_DECAY = 1.0
_VECTOR_LENGTH = 3.0
_FOLDS = 5
_LEAST_COUNT = 2
_LEAST_WEIGHT = 0.04
_MOST_REPEATS = 4


@dataclass(frozen=True, slots=True)
class _Example:
    """One name in one text: a row of measures an option, the last row for none of these."""

    measures: Numbers
    is_right: NDArray[np.bool_]
    importance: float


def train_ranker(
    corpora: Sequence[Path],
    store: PlaceStore,
    *,
    parse: Callable[[str], Doc] = parse_text,
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the weights of the first and of the second pass, by the name of the signal."""
    documents = [
        (document, parse(document.text))
        for path in corpora
        for document in read_corpus(path)
        if half_of(document.doc_id) == "tune"
    ]
    first = _fit(list(_examples(documents, store, FIRST_SIGNALS)), FIRST_SIGNALS)
    return first, _fit(list(_examples(documents, store, SIGNALS, first)), SIGNALS)


def _examples(
    documents: Sequence[tuple[GoldDocument, Doc]],
    store: PlaceStore,
    signals: Sequence[Signal],
    first: Mapping[str, float] | None = None,
) -> Iterator[_Example]:
    for document, doc in documents:
        mentions = [gold_mention(document.text, toponym) for toponym in document.toponyms]
        starts = sentence_starts(document.text, doc)
        resolver = Resolver(document.text, mentions, store, starts, {})
        resolver.form_groups()
        if first is not None:
            resolver.weigh_all(FIRST_SIGNALS, first)
            resolver.read_context()
        for group in resolver.groups:
            if group.options and group.fixed is None:
                yield from _examples_of(group, document.toponyms, signals)


def _examples_of(
    group: Group, toponyms: Sequence[GoldToponym], signals: Sequence[Signal]
) -> Iterator[_Example]:
    counts = Counter(point for n in group.members if (point := toponyms[n].coordinates))
    if not counts:
        return
    rows = [[s.measure(option, group.setting) for s in signals] for option in group.options]
    measures = np.zeros((len(rows) + 1, len(signals) + 1))
    measures[:-1, :-1] = rows
    measures[-1, -1] = 1.0
    for point, count in sorted(counts.items()):
        distances = [distance_km(option.place.coordinates, point) for option in group.options]
        is_right = np.array([*_right_ones(group.options, distances), False])
        is_right[-1] = not is_right.any()
        yield _Example(measures, is_right, float(min(count, _MOST_REPEATS)) ** 0.5)


def _right_ones(options: Sequence[Option], distances: Sequence[float]) -> list[bool]:
    """Say which options are right: those about as near to the annotation as the nearest."""
    near = [
        distance <= max(RIGHT_WITHIN_KM, _TOLERANCE_KM.get(option.kind, 0.0))
        for option, distance in zip(options, distances, strict=True)
    ]
    best = min((d for d, is_near in zip(distances, near, strict=True) if is_near), default=0.0)
    return [
        is_near and distance <= best + _SAME_POINT_KM
        for distance, is_near in zip(distances, near, strict=True)
    ]


def _fit(examples: Sequence[_Example], signals: Sequence[Signal]) -> dict[str, float]:
    """Return the weights that give the right options the greatest probability, by softmax."""
    names = [*(signal.name for signal in signals), NONE_OF_THESE]
    measures = np.concatenate([example.measures for example in examples])
    is_right = np.concatenate([example.is_right for example in examples])
    sizes = [len(example.measures) for example in examples]
    starts = np.cumsum([0, *sizes])[:-1]
    segment = np.repeat(np.arange(len(examples)), sizes)
    importance = np.array([example.importance for example in examples])
    middle = np.array([HAND_SET.get(name, 0.0) for name in names])
    decay = np.array([_HAND_SET_DECAY if name in HAND_SET else 1.0 for name in names])
    weights = middle.copy()
    slope, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, _STEPS + 1):  # Adam (Kingma and Ba, 2015), on all examples at once
        points = measures @ weights
        masses = np.exp(points - np.maximum.reduceat(points, starts)[segment])
        shares = masses / np.add.reduceat(masses, starts)[segment]
        right = np.add.reduceat(shares * is_right, starts)
        wanted = shares * is_right / np.maximum(right, 1e-12)[segment]
        gradient = measures.T @ ((shares - wanted) * importance[segment]) / importance.sum()
        gradient += _DECAY * decay * (weights - middle) / len(weights)
        slope = 0.9 * slope + 0.1 * gradient
        spread = 0.999 * spread + 0.001 * gradient * gradient
        correction = np.sqrt(spread / (1 - 0.999**step)) + 1e-8
        weights = weights - _RATE * slope / (1 - 0.9**step) / correction
    return dict(zip(names, map(float, weights), strict=True))


@dataclass(frozen=True, slots=True)
class _Use:
    """One use of a name."""

    text_id: str
    features: frozenset[str]
    role: str
    vector: Numbers
    is_metonym: bool


def train_usage(
    corpora: Sequence[Path],
    store: PlaceStore,
    *,
    parse: Callable[[str], Doc] = parse_text,
) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return the weights of the features of `gazetteer.usage`: positive speaks for a metonym.

    The second part holds for each role of `gazetteer.usage.governor` the direction in the
    space of word vectors in which the words lie that make a metonym.
    """
    names = Names(store)
    return _fit_usage([use for path in corpora for use in _uses_in(path, names, parse)])


def usage_accuracy(
    corpora: Sequence[Path],
    store: PlaceStore,
    *,
    parse: Callable[[str], Doc] = parse_text,
) -> float:
    """Return the share of the first corpus's uses that are told right, in five turns.

    Each turn learns from four fifths of the texts of all corpora and tries the fifth.
    """
    names = Names(store)
    asked, *others = [list(_uses_in(path, names, parse)) for path in corpora]
    right = 0
    for fold in range(_FOLDS):
        known = [u for uses in (asked, *others) for u in uses if _fold(u.text_id) != fold]
        weights, directions = _fit_usage(known)
        for use in asked:
            if _fold(use.text_id) == fold:
                points = sum(weights.get(feature, 0.0) for feature in use.features)
                points += float(use.vector @ np.array(directions.get(use.role, use.vector * 0)))
                right += (points > 0) == use.is_metonym
    return right / len(asked)


def _fold(text_id: str) -> int:
    return hashlib.sha256(text_id.encode()).digest()[0] % _FOLDS


def _uses_in(path: Path, names: Names, parse: Callable[[str], Doc]) -> Iterator[_Use]:
    for row in _rows(path):
        doc = parse(row["text"])
        for start, end, is_metonym in _uses(row):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None:
                continue
            role, word = governor(span)
            yield _Use(
                text_id=str(row.get("id", row.get("doc_id"))),
                features=frozenset(usage_features(span, names.standing(row["text"][start:end]))),
                role=role,
                vector=_of_length_one(np.asarray(word.vocab[word.lower_].vector, np.float64)),
                is_metonym=is_metonym,
            )


def _of_length_one(vector: Numbers) -> Numbers:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _uses(row: Mapping[str, Any]) -> Iterator[tuple[int, int, bool]]:
    """Yield the names of one annotated text, and whether each stands for something else."""
    if "reading" in row:
        yield row["start"], row["end"], row["reading"] != "lit"
        return
    for toponym in row.get("toponyms", ()):
        is_literal = toponym.get("type") in _LITERAL_TYPES
        is_metonym = toponym.get("type") in _METONYM_TYPES
        if (is_literal or is_metonym) and not place_id_of_demonym(toponym["phrase"]):
            yield toponym["start"], toponym["end"], is_metonym


def _fit_usage(rows: Sequence[_Use]) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return the weights of features, and the directions of vectors.

    The vectors are lengthened, which eases the penalty on their weights.
    """
    counts = Counter(feature for use in rows for feature in use.features)
    names = sorted(feature for feature, count in counts.items() if count >= _LEAST_COUNT)
    roles = sorted({use.role for use in rows})
    width = len(rows[0].vector) if rows else 0
    column = {name: number for number, name in enumerate(names)}
    held = np.zeros((len(rows), len(names) + width * len(roles)))
    for number, use in enumerate(rows):
        held[number, [column[name] for name in use.features if name in column]] = 1.0
        at = len(names) + width * roles.index(use.role)
        held[number, at : at + width] = _VECTOR_LENGTH * use.vector
    is_metonym = np.array([use.is_metonym for use in rows], dtype=float)
    weights = logistic_weights(held, is_metonym, decay=_USAGE_DECAY)
    directions = _VECTOR_LENGTH * weights[len(names) :].reshape(len(roles), width)
    return (
        dict(zip(names, map(float, weights), strict=False)),
        dict(zip(roles, directions.tolist(), strict=True)),
    )


def write_ranker(first: Mapping[str, float], second: Mapping[str, float]) -> None:
    """Write data/rules/weights.tsv."""
    lines = [
        "# How many points each signal of features.py adds, in the first and in the second pass.",
        "# Written by `python -m gazetteer.training` from the tuning halves of public corpora.",
        "# signal\tfirst\tsecond",
        *(f"{name}\t{first.get(name, 0.0):.3f}\t{weight:.3f}" for name, weight in second.items()),
    ]
    _write("weights.tsv", lines)


def write_usage(weights: Mapping[str, float], directions: Mapping[str, Sequence[float]]) -> None:
    """Write data/rules/usage_weights.tsv and usage_vectors.tsv.

    Weights that change nothing are left out.
    """
    lines = [
        "# Weights of a logistic model: literal (negative) or not (positive). Written by",
        "# `python -m gazetteer.training`; the features are those of usage.py.",
        "# feature\tweight",
        *(
            f"{name}\t{weight:.2f}"
            for name, weight in sorted(weights.items())
            if abs(weight) >= _LEAST_WEIGHT
        ),
    ]
    _write("usage_weights.tsv", lines)
    lines = [
        "# For each role of usage.governor, the direction in the space of word vectors (those of",
        "# en_core_web_md) that speaks for a metonym. Written by `python -m gazetteer.training`.",
        "# role\tnumbers",
        *(f"{role}\t{' '.join(f'{n:.3f}' for n in row)}" for role, row in directions.items()),
    ]
    _write("usage_vectors.tsv", lines)


def _write(file: str, lines: Sequence[str]) -> None:
    (RULES_FOLDER / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def main(arguments: Sequence[str]) -> None:
    """Train on the corpora that are named and write the weights."""
    is_check = "--check" in arguments
    paths = [Path(argument) for argument in arguments if argument != "--check"]
    of_usage = [path for path in paths if any(any(_uses(row)) for row in _rows(path))]
    of_places = [path for path in paths if all("toponyms" in row for row in _rows(path))]
    with open_place_store() as store:
        if is_check:
            print(f"{usage_accuracy(of_usage, store):.3f}")  # noqa: T201  # a maintainer's command
            return
        if of_places:
            write_ranker(*train_ranker(of_places, store))
        if of_usage:
            write_usage(*train_usage(of_usage, store))


if __name__ == "__main__":
    main(sys.argv[1:])
