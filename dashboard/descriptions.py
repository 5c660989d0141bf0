"""What the words of a noun phrase say of who it is: countries, actors, an office."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.actors import Actor, Role, roles
from dashboard.naming import (
    Land,
    is_turned_away,
)
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "appos_left", "npadvmod"})
BELONGINGS = words("belongings")
"""Things that stand for their owner when they are hit: "Saudi Aramco facilities"."""
NEAR_HEAD = 4
"""Tokens within which "of", "from" or "in" still belongs to a noun."""
_LONG_TITLES = {
    "gen.": "general", "lt.-gen.": "general", "maj.-gen.": "general", "brig.-gen.": "general",
    "gen": "general", "adm.": "admiral", "col.": "colonel", "sen.": "senator",
}  # fmt: skip


@dataclass(slots=True)
class Description:
    """What the words of a noun phrase say of who it is."""

    lands: list[Land]
    named: list[Actor]
    role: Role | None = None
    has_title: bool = False


_OF_OTHERS = frozenset(
    {"backed", "supported", "allied", "aligned", "funded", "financed", "armed", "equipped"}
    | {"trained", "sponsored", "linked", "inspired", "friendly", "supplied", "occupied"}
)
"""Words that tie to a country, joined to them by a hyphen, what is not of that country."""


class Descriptions:
    """Reads the noun phrases of one article."""

    def __init__(
        self, doc: Doc, lemmas: Sequence[str], lands: Mapping[int, Land], named: Mapping[int, Actor]
    ) -> None:
        self.doc = doc
        self.lemmas = lemmas
        self.lands = lands
        self.named = named
        self.country_of_person: Callable[[Token], list[str]] = lambda _: []
        """Tells the country of "the *Bush* administration", once the people are known."""

    def describe(self, head: Token) -> Description:
        """Return what a noun and the words that qualify it say."""
        own = Description(lands=[], named=[])
        head_role: Role | None = None
        others: list[Role] = []
        for token in self._phrase_words(head):
            if self._add_name(token, own):
                continue
            if token.i != head.i and _is_whole_name(token):
                own.lands += [Land(code, "country") for code in self.country_of_person(token)]
            role = roles().get(self.lemmas[token.i]) or roles().get(token.lower_)
            is_name = token.ent_type_ == "PERSON" and (
                token.i == head.i or token.dep_ == "poss" or _is_surname(token)
            )
            if role is None or is_name or is_turned_away(self.doc, token.i):
                continue
            own.has_title = own.has_title or role.is_title
            if token.i != head.i:
                others.append(role)
            elif role.weight != "mark":
                head_role = role
        is_name = head.pos_ == "PROPN"
        is_owned = self.lemmas[head.i] in BELONGINGS
        own.role = _deciding(head_role, others, takes_any=is_name or is_owned)
        return own

    def _add_name(self, token: Token, own: Description) -> bool:
        """Note the actor or the country that `token` names; say whether it names one."""
        named = self.named.get(token.i)
        if named is not None:
            own.named += [named] if named.kind != "jrn" else []
            return True
        land = self.lands.get(token.i)
        if land is not None:
            own.lands.append(land)
            return True
        return False

    def _phrase_words(self, head: Token) -> Iterator[Token]:
        """Yield `head`, its modifiers from near to far, and whom "of", "from" or "in" names."""
        yield head
        stack = [head]
        while stack:
            token = stack.pop()
            below = [c for c in reversed(list(token.lefts)) if _qualifies(c, token, head)]
            yield from below
            stack += below
            if token.dep_ in _MODIFIERS:
                yield from (
                    child
                    for child in token.rights
                    if child.dep_ == "conj" and child.pos_ in {"ADJ", "PROPN", "NOUN"}
                )
        is_told = any(child.i in self.lands for child in head.lefts)
        for preposition in head.rights:
            if is_told and preposition.lower_ == "in":
                continue  # "the *Mexican* embassy in Quito" is nothing of Quito's
            if preposition.lower_ in {"of", "from", "in"} and preposition.i - head.i <= NEAR_HEAD:
                for noun in preposition.children:
                    if noun.dep_ == "pobj" and (noun.i in self.lands or noun.i in self.named):
                        yield noun
                        yield from (t for t in noun.conjuncts if t.i in self.lands)

    def of(self, token: Token) -> Token | None:
        """Return the noun after the "of" or "from" of a noun."""
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        return pobj
        return None

    def with_title(self, head: Token) -> Description:
        """Return what a name says, with a title before it that the parse put elsewhere."""
        own = self.describe(head)
        self._add_left_title(head, own)
        return own

    def _add_left_title(self, head: Token, own: Description) -> None:
        """Read the title straight before a name even if the parse put it elsewhere."""
        if own.role is not None or head.pos_ != "PROPN":
            return
        first = head
        while first.i > 0 and first.nbor(-1).pos_ == "PROPN" and first.nbor(-1).sent == head.sent:
            first = first.nbor(-1)
        for token in reversed(self.doc[max(0, first.i - 5) : head.i]):
            if token.is_punct and token.text not in {"-", "'"}:
                break
            if token.pos_ in {"VERB", "AUX", "CCONJ", "SCONJ"}:
                break
            role = roles().get(self.lemmas[token.i])
            if role and role.weight != "mark" and role.is_title and own.role is None:
                own.role, own.has_title = role, True
            if token.i in self.lands and own.role:
                own.lands.append(self.lands[token.i])

    def is_of_some_firm(self, head: Token) -> bool:
        """Say whether a title is that of an organisation of which nothing is known."""
        around = (head.head if head.dep_ == "appos" else head).subtree
        return any(
            token.ent_type_ == "ORG"
            and token.i not in self.named
            and self.lemmas[token.i] not in roles()
            for token in around
            if token.i < head.i
        )

    def title_words(self, head: Token) -> list[str]:
        """Return the titles beside a name, in full: "general" for "Gen."."""
        beside = [self.lemmas[child.i] for child in head.lefts if child.dep_ in _MODIFIERS]
        if head.dep_ == "appos":
            beside.append(self.lemmas[head.head.i])
        beside += [self.lemmas[child.i] for child in head.children if child.dep_ == "appos"]
        full = [_LONG_TITLES.get(word, word) for word in beside]
        return [word for word in full if word in roles() and roles()[word].is_title]


def _deciding(head: Role | None, others: Sequence[Role], *, takes_any: bool) -> Role | None:
    """Return the role that a phrase means, given that of its head and of its modifiers.

    "Troops" decides alone; "chief" or "official" yields to "police" or "army" before it;
    "naval" makes a sailor of "personnel" but no soldier of a "minister". A head that is no
    role itself takes its modifiers' only if it is a name or a thing that somebody owns.
    """
    army = next((role for role in others if role.sector == "MIL" and role.weight == "strong"), None)
    if head is not None and head.weight == "strong":
        return army or head if head.sector == "COP" else head  # "*army* officers"
    if head is None and not takes_any:
        return None  # "court documents" are no court
    if head is not None and head.sector == "MIL":
        others = [role for role in others if role.sector != "GOV"]  # "*government* forces"
    strong = next((role for role in others if role.weight == "strong"), None)
    if strong is not None:
        return strong
    mark = next((role for role in others if role.weight == "mark"), None)
    if head is None:
        return next((role for role in others if role.weight == "weak"), mark)
    if mark is not None:
        return mark
    weak = next((role for role in others if role.sector not in {"CVL", "GOV"}), None)
    return weak or head


def _qualifies(child: Token, token: Token, head: Token) -> bool:
    if token.lower_ in _OF_OTHERS:
        return False  # "*US*-backed forces" are no American ones
    return child.dep_ in _MODIFIERS or (child.dep_ == "conj" and token != head)


def _is_whole_name(token: Token) -> bool:
    """Say whether a word names a person by itself: "the *Bush* plan", not "*Hassan* Diab"."""
    is_first = token.dep_ == "compound" and token.head.ent_type_ == "PERSON"
    return token.ent_type_ == "PERSON" and token.pos_ == "PROPN" and not is_first


def _is_surname(token: Token) -> bool:
    """Say whether a word that may be a title ends a person's name: "Jaime *King*"."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "I":
        return False
    following = token.i + 1
    return following >= len(token.doc) or token.doc[following].ent_type_ != "PERSON"


def codes_of(lands: Iterable[Land]) -> list[str]:
    """Return the countries that a phrase belongs to: words of origin and countries before towns."""
    lands = list(lands)
    sure = [land.code for land in lands if land.form != "place"]
    return list(dict.fromkeys(sure or [land.code for land in lands]))
