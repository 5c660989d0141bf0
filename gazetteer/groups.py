"""The mentions of one name, and how the places that it may mean are weighed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gazetteer.features import (
    KIND_SIGNALS,
    SIGNALS,
    Anchor,
    Option,
    Setting,
    Signal,
    is_inside,
    kind_of_place,
)
from gazetteer.geodesy import distance_km
from gazetteer.places import Place
from gazetteer.rules import table
from gazetteer.toponyms import Candidate, Reason

MOST_CANDIDATES = 5
"""Candidates that a resolution keeps."""

LEAST_SCORE = 0.35
"""A candidate below this score is no answer: the mention stays unresolved."""

NONE_OF_THESE = "none_of_these"
"""The weight of the answer that the name means no place of the store."""

_WELL_KNOWN_POINTS = 1.0

_UNRIVALLED_POINTS = 1.7
"""What a large town without a rival of its name has over "none of these": Hamburg beside Cairo."""

_SURE_FROM = 0.9

_SURELY_RIGHT = 0.96
"""Share of the ranker's surest answers that are right, on the tuning halves."""

_WORTH_TELLING = 0.15

_LEAST_TRUST = 0.05

_SAME_PLACE_KM = 50.0
"""A town, its district and its province are not rivals within this distance."""


@dataclass(slots=True)
class Group:
    """The mentions of one name that share one sense, and the options for it."""

    name: str
    members: list[int]
    options: list[Option]
    fixed: Place | None = None
    """Set where a rule says which place it is: a border, a word of origin."""
    method: str = "store"
    container: int | None = None
    contents: list[int] = field(default_factory=list)
    ruled_out: frozenset[int] = frozenset()
    """Options by number that "X, Y" leaves no chance."""
    type_words: tuple[str, ...] = ()
    trust: list[float] = field(default_factory=list)
    """The probability of each option."""
    points: list[float] = field(default_factory=list)
    setting: Setting = field(default_factory=Setting)
    is_well_known: bool = False
    """Whether only well-known places are options: "none of these" is less likely then."""

    @property
    def best(self) -> tuple[Place, float] | None:
        """Return the likeliest place and its probability."""
        if self.fixed is not None:
            return self.fixed, 1.0
        if not self.options:
            return None
        at = max(range(len(self.options)), key=self.trust.__getitem__)
        return self.options[at].place, self.trust[at]


def anchors_of(group: Group) -> tuple[Anchor, ...]:
    """Return what the name may mean; before the first weighing every option is trusted."""
    if group.fixed is not None:
        return (Anchor(name=group.name, place=group.fixed, trust=1.0),)
    trusts = group.trust or [1.0] * len(group.options)
    return tuple(
        Anchor(name=group.name, place=option.place, trust=trust)
        for option, trust in zip(group.options, trusts, strict=True)
        if trust > _LEAST_TRUST
    )


def weigh(group: Group, signals: Sequence[Signal], weights: Mapping[str, float]) -> None:
    """Give each option its points and, by softmax against "none of these", its probability."""
    used = [(signal, weight) for signal in signals if (weight := weights.get(signal.name))]
    kinds = {signal.name: weights.get(signal.name, 0.0) for signal in KIND_SIGNALS}
    setting = group.setting
    group.points = [
        sum(
            weight * signal.measure(option, setting)
            for signal, weight in used
            if signal.name not in kinds
        )
        + kinds.get(f"is_{option.kind}", 0.0)
        for option in group.options
    ]
    none = weights.get(NONE_OF_THESE, 0.0) - _WELL_KNOWN_POINTS * group.is_well_known
    none -= _UNRIVALLED_POINTS * any(
        option.is_unrivalled or option.is_usual for option in group.options
    )
    top = max(*group.points, none)
    masses = [
        0.0 if number in group.ruled_out else math.exp(points - top)
        for number, points in enumerate(group.points)
    ]
    total = sum(masses) + math.exp(none - top)
    group.trust = [mass / total for mass in masses]


def calibrated(probability: float) -> float:
    """Return how often an answer of the ranker's `probability` is right, from 0.9 on.

    What the ranker is sure of fails one time in twenty-five for reasons that it cannot see: a
    name that nobody listed, a wide place whose point lies elsewhere.
    """
    over = max(0.0, probability - _SURE_FROM)
    return probability - over * (1.0 - _SURELY_RIGHT) / (1.0 - _SURE_FROM)


def candidates_of(group: Group) -> tuple[Candidate, ...]:
    """Return the likeliest options with the evidence that moved each, the best first."""
    order = sorted(
        range(len(group.options)),
        key=lambda n: (-group.trust[n], group.options[n].place.place_id),
    )
    return tuple(
        Candidate(
            place=group.options[n].place,
            score=calibrated(group.trust[n]),
            reasons=_reasons(group.options[n], group.setting),
        )
        for n in order[:MOST_CANDIDATES]
    )


def is_trusted(candidates: Sequence[Candidate]) -> bool:
    """Say whether the best candidate, with those that are all but the same place, is an answer."""
    if not candidates:
        return False
    best = candidates[0].place
    same = sum(
        candidate.score
        for candidate in candidates
        if distance_km(candidate.place.coordinates, best.coordinates) <= _SAME_PLACE_KM
        or _is_within(candidate.place, best)
        or _is_within(best, candidate.place)
    )
    return same >= LEAST_SCORE


def _is_within(inner: Place, outer: Place) -> bool:
    return kind_of_place(outer) == "admin1" and is_inside(inner, outer)


_ONLY_FOR = {"country_in_sentence"}
"""Told only when it speaks for a candidate: its weight also corrects that of the whole text, and
"the same sentence speaks of its country" is no reason against it."""


def _reasons(option: Option, setting: Setting) -> tuple[Reason, ...]:
    """Return what moved a candidate noticeably, the strongest first."""
    weights = ranker_weights("second")
    found = []
    for signal in SIGNALS:
        points = weights.get(signal.name, 0.0) * signal.measure(option, setting)
        if points < 0 and signal.name in _ONLY_FOR:
            continue
        if abs(points) >= _WORTH_TELLING and (text := signal.explain(option, setting)):
            found.append(Reason(signal=signal.name, points=round(points, 3), text=text))
    return tuple(sorted(found, key=lambda reason: (-abs(reason.points), reason.signal)))


@cache
def ranker_weights(column: str) -> Mapping[str, float]:
    """Return the learnt weight of each signal in the "first" or the "second" pass."""
    at = {"first": 1, "second": 2}[column]
    return {row[0]: float(row[at]) for row in table("weights", 3)}
