"""How likely an act happened at a place that its sentence names: readable evidence, learnt weights.

Every piece of evidence is a claim about the place's name, the act's word and the parse between
them. The weights lie in data/place_weights.tsv; `python -m dashboard.place_training` learns them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.claims import likelihood, read_weights
from dashboard.vocabulary import lemma_of, words
from gazetteer.places import GeoPrecision
from gazetteer.toponyms import MentionKind, Resolution
from gazetteer.usage import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

WEIGHTS = Path(__file__).parent / "data" / "place_weights.tsv"

NamedPlace = tuple["Token", Resolution]
"""The word that heads a place's name, and what the name was resolved to."""

LIKELY = 0.3
"""A place less likely than this is not taken; tried on the tuning half of event_location."""
ALSO_LIKELY = 0.65
"""From here on a place counts beside the likeliest."""

_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "xcomp", "pcomp", "conj", "parataxis"})
_JOINS = frozenset({"conj", "appos"})
_MODIFIES = frozenset({"compound", "nmod", "poss", "amod"})
_BEARINGS = words("bearings")
_SAYING = words("event_dates_saying")
_DISTANCES = (1, 2, 4, 7, 12, 20)
_STANDINGS = {
    GeoPrecision.ADMIN2: "district",
    GeoPrecision.ADMIN1: "province",
    GeoPrecision.REGION: "region",
    GeoPrecision.COUNTRY: "country",
    GeoPrecision.WATER: "water",
}
_WIDE = frozenset({"country", "province", "region", "water"})
_INSIDE = frozenset({"in", "of", "inside"})
_POINTING = frozenset(
    {"km", "kilometers", "kilometres", "miles", "near"}
    | {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"}
)


def probabilities(
    places: Sequence[NamedPlace], act: Token, parties: Container[int] = ()
) -> list[float]:
    """Return for each place of the sentence of `act` how likely it is where the act happened.

    `places` are in the order of the text; tokens in `parties` head those who took part.
    """
    weights = read_weights(WEIGHTS)
    return [likelihood(weights, claims) for claims in evidence(places, act, parties)]


def chosen_places(places: Sequence[NamedPlace], chances: Sequence[float]) -> list[int]:
    """Return which places to take: the likeliest, those joined to it, and others as good as sure.

    The likeliest comes first; nothing when even that is not likely.
    """
    best = max(range(len(places)), key=chances.__getitem__, default=None)
    if best is None or chances[best] < LIKELY:
        return []
    joined = {token.i for token in places[best][0].conjuncts}
    rest = [
        number
        for number, (root, _) in enumerate(places)
        if number != best and chances[number] >= (LIKELY if root.i in joined else ALSO_LIKELY)
    ]
    return [best, *rest]


def is_held_by(inner: NamedPlace, outer: NamedPlace) -> bool:
    """Say whether the text puts one name in the next: "Banibangou, in Niger"."""
    place = outer[1].place
    is_wide = place is not None and _standing(outer[1]) in _WIDE
    return is_wide and not {"comma", "inside"}.isdisjoint(_between(inner, outer))


def is_near(first: NamedPlace, second: NamedPlace) -> bool:
    """Say whether the text puts one name near the next: "the coastal road near Ormara"."""
    among = _words_between(first, second).split()
    return second[1].place is not None and "near" in among[:2]


def evidence(
    places: Sequence[NamedPlace], act: Token, parties: Container[int] = ()
) -> list[frozenset[str]]:
    """Return for each place what holds of it, by the names that the table of weights lists."""
    return [
        frozenset(
            (
                "any",
                *_kind(places[number]),
                *_governor(places[number][0], act),
                *_parse(places[number][0], act),
                *_order(places, number, act),
                *_neighbours(places, number),
                *_containers(places, number),
                *_act(act),
                *(["party"] if places[number][0].i in parties else []),
            )
        )
        for number in range(len(places))
    ]


def verb_above(token: Token) -> Token | None:
    """Return the verb whose clause `token` stands in, itself if it is one."""
    step = token
    while step.pos_ not in {"VERB", "AUX"}:
        if step.head == step:
            return None
        step = step.head
    return step


def _kind(named: NamedPlace) -> Iterator[str]:
    yield f"kind={named[1].mention.kind}"
    yield f"is={_standing(named[1])}"


def _standing(resolution: Resolution) -> str:
    """Return how wide the place is; one that nobody knows counts as a town."""
    place = resolution.place
    return "town" if place is None else _STANDINGS.get(place.precision, "town")


def _governor(root: Token, act: Token) -> Iterator[str]:
    """Yield what governs the name: a preposition, a verb, or the noun that it stands before."""
    yield f"role={root.dep_}"
    head = root
    for _ in range(4):
        if head.dep_ not in _JOINS:
            break
        head = head.head
    if head.dep_ == "pobj":
        preposition, governor = head.head.lower_, head.head.head
        yield f"prep={preposition}"
        yield f"prep={preposition}, under {'act' if governor == act else governor.pos_}"
        if lemma_of(governor) in _BEARINGS:
            yield "bearing"
        yield from (f"under {name}" for name in word_classes(governor))
    elif head.dep_ in _MODIFIES:
        noun = head.head
        yield f"modifies {noun.ent_type_ or noun.pos_}"
        yield from (f"modifies {name}" for name in word_classes(noun))
        if noun.dep_ == "pobj":
            yield f"modifies after {noun.head.lower_}"
    elif head.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        yield f"{head.dep_} of {'act' if head.head == act else 'another'}"


def _parse(root: Token, act: Token) -> Iterator[str]:
    """Yield how the name hangs on the act in the parse."""
    above_act = [act, *act.ancestors]
    depth = {token.i: number for number, token in enumerate(above_act)}
    up = [root, *root.ancestors]
    meeting = next((number for number, token in enumerate(up) if token.i in depth), None)
    if meeting is None:
        yield "path=none"
        return
    down = above_act[: depth[up[meeting].i]]
    up = up[:meeting]
    steps = [_step(token) for token in up if not (token.dep_ in _JOINS and token.pos_ != "VERB")]
    yield f"path={'>'.join(steps)}|{'<'.join(map(_step, down))}"
    yield f"steps={min(len(up) + len(down), 8)}"
    crossed = [min(2, sum(token.dep_ in _CLAUSES for token in side)) for side in (up, down)]
    yield f"clauses={crossed[0]}/{crossed[1]}"
    yield "above" if not up else "below" if not down else "beside"
    if up and up[-1].dep_ == "prep":
        yield f"led in by {up[-1].lower_}"
    if any(token.dep_ == "relcl" for token in up):
        yield "in a relative clause"
    verb = verb_above(root)
    is_same = verb is not None and verb == verb_above(act)
    yield "same clause" if is_same else "other clause"
    if verb is not None and not is_same and lemma_of(verb) in _SAYING:
        yield "beside who tells it"


def _step(token: Token) -> str:
    return f"{token.dep_}={token.lower_}" if token.pos_ in {"ADP", "SCONJ"} else token.dep_


def _order(places: Sequence[NamedPlace], number: int, act: Token) -> Iterator[str]:
    """Yield where the name stands among the others, and how far from the act."""
    root, resolution = places[number]
    gap = root.i - act.i
    side = "after" if gap > 0 else "before"
    far = next((most for most in _DISTANCES if abs(gap) <= most), "more")
    kind = resolution.mention.kind
    preposition = root.head.lower_ if root.dep_ == "pobj" else ""
    yield side
    yield f"{side} by {far}"
    yield f"{kind} {side} {preposition}".rstrip()
    following = [n for n, (other, _) in enumerate(places) if other.i > act.i]
    leading = [n for n, (other, _) in enumerate(places) if other.i <= act.i]
    if following[:1] == [number]:
        yield "first after"
    if leading[-1:] == [number]:
        yield "last before"
    if leading[:1] == [number]:
        yield "first before"
    yield f"places={min(len(places), 4)}"
    literal = [
        n for n, (_, other) in enumerate(places) if other.mention.kind is MentionKind.LITERAL
    ]
    if literal == [number]:
        yield "only literal one"


def _neighbours(places: Sequence[NamedPlace], number: int) -> Iterator[str]:
    """Yield what stands between the name and the next one on either side."""
    if number + 1 < len(places):
        yield from (f"{name} next" for name in _between(places[number], places[number + 1]))
    if number:
        yield from (f"{name} previous" for name in _between(places[number - 1], places[number]))


def _words_between(first: NamedPlace, second: NamedPlace) -> str:
    sentences = first[0].sent, second[0].sent
    around = first[0].doc[min(s.start for s in sentences) : max(s.end for s in sentences)]
    start = around.start_char
    return around.text[first[1].mention.end - start : second[1].mention.start - start]


def _between(first: NamedPlace, second: NamedPlace) -> Iterator[str]:
    text = _words_between(first, second).strip()
    among = re.split(r"\s+", text)
    if not text:
        yield "touches"
    elif text in {",", "(", "'s", "’s"}:
        yield "comma"
    elif text in {"and", "or", ", and"}:
        yield "listed with"
    elif len(among) <= 6 and not _INSIDE.isdisjoint(among):
        yield "inside"
    if len(among) <= 8 and not _POINTING.isdisjoint(among):
        yield "pointing"


def _containers(places: Sequence[NamedPlace], number: int) -> Iterator[str]:
    """Yield whether the place holds another of the sentence, or is said of it."""
    root, resolution = places[number]
    others = [named for n, named in enumerate(places) if n != number]
    if any(other in root.ancestors for other, _ in others):
        yield "below another"
    if any(root in other.ancestors for other, _ in others):
        yield "above another"
    standing, place = _standing(resolution), resolution.place
    if standing not in _WIDE or place is None:
        return
    if any(_standing(other) not in _WIDE for _, other in others):
        yield f"{standing} beside a town"
    for _, other in others:
        inner = other.place
        is_inside = inner is not None and place.country_code in inner.all_countries
        if is_inside and _standing(other) != "country":
            yield f"{standing} of another"


def _act(act: Token) -> Iterator[str]:
    yield from (f"act is {name}" for name in word_classes(act))
    if lemma_of(act) in _SAYING:
        yield "act is saying"
