"""How closely a place that a sentence names belongs to an act, by the parse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.place_ranking import verb_above
from dashboard.vocabulary import lemma_of, words
from gazetteer.places import GeoPrecision, Place
from gazetteer.toponyms import MentionKind, Resolution

if TYPE_CHECKING:
    from spacy.tokens import Token

_LOCATIVE = words("locative")
_CONCERNED = {
    "ASSAULT": "those who were attacked",
    "COERCE": "those who were held or restricted",
    "CONSULT": "those who met",
    "PROTEST": "those who protested",
    "AID": "those who were helped",
    "SANCTION": "those who were punished",
}
_TOWARDS = frozenset({"to", "into", "toward", "towards", "from"})
_IN = frozenset({"in", "at"})
_DURING = frozenset({"at", "in", "during", "on"})
_STAGES = words("stages")
"""What somebody speaks at, and how: "a *rally* in Lagos", "*speaking* in Quito"."""
_AUDIENCES = words("audiences")
_ADDRESSING = frozenset({"tell", "address", "inform", "assure", "remind", "urge"})
_SAYING = words("saying")
_OCCASIONS = frozenset({"after", "because", "following", "over", "since"})
"""What leads to another act: "recalled its envoy *after* a bombing in Mogadishu"."""
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl", "xcomp", "pcomp"})
_SHAKEN = words("shaken")
"""Verbs whose object is where the subject happens: "protests swept Iran"."""
_AS_GOOD = 0.15
"""Within this weight of the best a more exact place is preferred."""
_PEOPLE = (
    words("quantities") | words("crowd_nouns") | {"businessman", "native", "tourist", "soldier"}
)
_SITES = frozenset(
    {"centre", "center", "coast", "heart", "outskirts", "port", "rubble", "ruin"}
    | {"shore", "skies", "sky", "slum", "street", "suburb", "waters"}
)
_DWELLERS = frozenset({"resident", "villager", "inhabitant", "dweller", "townspeople", "local"})
_BEARINGS = words("bearings")
WORDS = frozenset({"AGREE", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are words, not deeds: only a place said of the act itself counts."""
_GOES_TO = frozenset({"MOBILIZE", "AID", "RETREAT", "CONSULT", "COERCE"})
"""Types for which "to X" or "from X" says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is asked about: the words of an act."""

    token: Token
    carrier: Token | None
    event_type: str
    actors: frozenset[int]
    """Tokens that head the act's parties: a country that acts is not where it happened."""

    @property
    def anchors(self) -> set[int]:
        """Return the tokens below which a place is said of the act itself."""
        carrier = self.carrier
        return {self.token.i} if carrier is None else {self.token.i, carrier.i}

    @property
    def is_words(self) -> bool:
        """Say whether the act is words, for which few places count."""
        return self.event_type in WORDS


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the sentence, weighed for one act."""

    root: Token
    resolution: Resolution
    weight: float
    reason: str

    @property
    def place(self) -> Place:
        """Return the place; an unresolved one raises TypeError."""
        place = self.resolution.place
        if place is None:
            raise TypeError("An unresolved place cannot be weighed.")
        return place


def closeness(root: Token, resolution: Resolution, act: Act) -> tuple[float, str]:
    """Return how surely the place at `root` is where the act happened, from the parse."""
    kind = resolution.mention.kind
    shaken = is_shaken(root, act.token)
    if shaken and kind in {MentionKind.LITERAL, MentionKind.METONYM}:
        return 0.9, "is what was struck"
    if kind is not MentionKind.LITERAL:
        return 0.0, ""
    weight, reason = _by_parse(root, act)
    return (weight * 0.7, reason) if _is_bearing(root) else (weight, reason)


def _by_parse(root: Token, act: Act) -> tuple[float, str]:
    path = _path(root, act.anchors)
    if act.is_words:
        is_own = _is_of_own_phrase(path) or _is_where_spoken(root, act)
        return (0.8, "is where the text says that it happened") if is_own else (0.0, "")
    if path is None:
        return _beside(root, act)
    preps = [s.lower_ for s in path if s.pos_ in {"ADP", "SCONJ"} or s.dep_ == "prep"]
    crossings = sum(step.dep_ in _CLAUSES for step in path)
    return _loosely_below(path, preps, crossings, act) or _closely_below(root, path, preps, act)


def _is_of_own_phrase(path: list[Token] | None) -> bool:
    """Say whether "in" or "at" hangs a place on the words for an act: "*condemned* it in Rome"."""
    return path is not None and len(path) == 2 and path[1].lower_ in _IN and path[1].pos_ == "ADP"


def _is_where_spoken(root: Token, act: Act) -> bool:
    """Say whether the text puts whoever speaks at a place.

    "At a rally *in Lagos*, he said", "told reporters *in Bonn*", "speaking *in Quito*, she said".
    """
    if root.dep_ != "pobj" or root.head.lower_ not in _IN | _TOWARDS or root.i in act.actors:
        return False
    verbs = _saying_above(act.token)
    step = root.head
    while step.head.i not in verbs:
        head = step.head
        if step.tag_ == "VBG" and head.dep_ in {"nsubj", "nsubjpass"}:
            return head.head.i in verbs  # "the mayor, *speaking in Bonn*, said"
        if head == step or lemma_of(head) not in _STAGES | _AUDIENCES | _DURING | {"to"}:
            return False
        step = head
    is_told = lemma_of(step) in _AUDIENCES and lemma_of(step.head) in _ADDRESSING
    return step.lower_ in _DURING or step.tag_ == "VBG" or is_told


def _saying_above(token: Token) -> set[int]:
    """Return a verb and those by which somebody says what it tells."""
    verbs = {token.i}
    while token.dep_ in {"ccomp", "xcomp"} or (
        token.dep_ == "conj" and lemma_of(token.head) in _SAYING
    ):
        token = token.head
        verbs.add(token.i)
    return verbs


def _loosely_below(
    path: list[Token], preps: list[str], crossings: int, act: Act
) -> tuple[float, str] | None:
    """Weigh a place below the act's words that something keeps from being where it happened."""
    if any(step.dep_ == "relcl" for step in path):
        return 0.3, "is named in a clause about one of those who took part"
    if any(step.dep_ == "conj" and step.pos_ == "VERB" for step in path):
        return 0.35, "is named in a further clause of the sentence"
    if len(preps) == 1 and preps[0] in _TOWARDS:
        if act.event_type not in _GOES_TO:
            return 0.25, "is named as a direction"
        if preps[0] == "from" and act.event_type != "RETREAT":
            return 0.4, "is where it set out"
    if not _OCCASIONS.isdisjoint(preps[1:]):
        return 0.1, "is where something else happened"
    if preps and preps[0] not in _LOCATIVE and not _is_site(path):
        return 0.3, "is named with it"
    if _is_origin(path):
        return 0.1, "is where somebody comes from"
    return (0.55, "is named in another clause of the sentence") if crossings else None


def _closely_below(root: Token, path: list[Token], preps: list[str], act: Act) -> tuple[float, str]:
    """Weigh a place in the act's own phrase."""
    if root.i in act.actors and (
        act.event_type not in {"ASSAULT", "COERCE"} or root.dep_ == "nsubj"
    ):
        return 0.0, ""
    if len(path) <= 2 and preps:
        return 1.0, "is where the text says that it happened"
    if len(path) <= 1:
        return 0.9, "is what it was done to"
    return 0.85, f"is where the text puts {_CONCERNED.get(act.event_type, 'those who took part')}"


def is_near_town(spot: Spot) -> bool:
    """Say whether the text puts the act near a town rather than in it."""
    return spot.place.precision < GeoPrecision.NEAR and stands_near(spot.root)


def stands_near(root: Token) -> bool:
    """Say whether "near" or "outside" stands before a place."""
    return root.dep_ == "pobj" and root.head.lower_ in {"near", "outside"}


def _is_origin(path: list[Token]) -> bool:
    """Say whether the place is where a person comes from: "a businessman *from Nigeria*"."""
    for step in path:
        if step.pos_ == "ADP" and step.lower_ in {"of", "from"}:
            noun = step.head
            is_doer = step.lower_ == "from" and noun.dep_ == "nsubj"  # "teams *from Turkey* dug"
            is_people = noun.ent_type_ == "PERSON" or lemma_of(noun) in _PEOPLE
            return is_doer or is_people or noun.pos_ == "NUM"
    return False


def _is_site(path: list[Token]) -> bool:
    """Say whether a place owns the spot that is named: "the *streets of Derna*"."""
    step = next((step for step in path if step.pos_ == "ADP"), None)
    return step is not None and step.lower_ == "of" and lemma_of(step.head) in _SITES


def is_home(root: Token) -> bool:
    """Say whether the place is where people live: "residents *of Mandera* protested"."""
    preposition = root.head
    return preposition.lower_ == "of" and lemma_of(preposition.head) in _DWELLERS


def _is_bearing(root: Token) -> bool:
    """Say whether the place only tells where another lies: "northeast *of Baghdad*"."""
    preposition = root.head
    if root.dep_ != "pobj" or preposition.lower_ not in {"of", "from"}:
        return False
    return lemma_of(preposition.head) in _BEARINGS


def _beside(root: Token, act: Act) -> tuple[float, str]:
    """Weigh a place elsewhere in the sentence."""
    if root.i in act.actors or _is_origin([root, root.head]):
        return 0.0, ""
    verb, other = verb_above(act.token), verb_above(root)
    locative = root.head.lower_ if root.dep_ == "pobj" else ""
    if verb is None or other is None:
        return (0.2, "is named in the same sentence") if locative else (0.0, "")
    if verb.i == other.i:
        if locative in _TOWARDS and act.event_type not in _GOES_TO:
            return 0.2, "is named as a direction"
        return (0.8 if locative else 0.45), "is named beside the words for it"
    if not locative or act.event_type in {"CONSULT", "COOPERATE", "SANCTION"}:
        return 0.0, ""
    if other in verb.ancestors:
        weight = 0.15 if lemma_of(other) in _REPORTING else 0.5
        return weight, "is named in the clause that leads to it"
    if verb in other.ancestors:
        return 0.4, "is named in a clause that follows from it"
    return 0.3, "is named in the same sentence"


_REPORTING = frozenset({"say", "tell", "report", "add", "announce", "state", "note", "confirm"})


def _path(root: Token, anchors: set[int]) -> list[Token] | None:
    """Return the tokens from `root` up to below an anchor; None when it does not hang below one."""
    path: list[Token] = []
    step = root
    for _ in range(12):
        if step.i in anchors:
            return path if step != root else [root]
        path.append(step)
        if step.head == step:
            return None
        step = step.head
    return None


def is_shaken(root: Token, token: Token) -> bool:
    """Say whether a place is what the act befell: "protests swept *Iran*"."""
    verb = verb_above(token)
    if verb is None or lemma_of(verb) not in _SHAKEN or root.head != verb:
        return False
    if root.dep_ == "nsubjpass":
        return token.dep_ == "pobj" and token.head.lower_ == "by"
    return root.dep_ == "dobj" and token.dep_ == "nsubj"


def best_spot(ranked: Sequence[Spot], token: Token) -> Spot:
    """Return the place to choose: of the closest by parse the most exact, then the nearest."""
    top = max(spot.weight for spot in ranked)
    near = [spot for spot in ranked if spot.weight >= top - _AS_GOOD]
    best = min(near, key=lambda spot: (_vagueness(spot.place), abs(spot.root.i - token.i)))
    inner = next((spot for spot in ranked if _lies_within(spot, best)), None)
    return best if inner is None else replace(inner, weight=best.weight, reason=best.reason)


def _lies_within(inner: Spot, outer: Spot) -> bool:
    """Say whether a town stands straight before the country that was chosen: "Ormara, Pakistan"."""
    if not outer.place.feature_code.startswith("PCL") or inner.root.i == outer.root.i:
        return False
    gap = outer.resolution.mention.start - inner.resolution.mention.end
    return 0 < gap <= 2 and outer.place.country_code in inner.place.all_countries


def _vagueness(place: Place | None) -> int:
    return int(place.precision) if place is not None else 9
