"""Which party stands where the lexicon looks for it: subject, object, "by", "against", ..."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dashboard.actors import state_actor
from dashboard.cast import Cast
from dashboard.frames import CARRYING_VERBS, Clause, clause_of, counted, prep_objects
from dashboard.parties import NOBODY, Party
from dashboard.vocabulary import words

if TYPE_CHECKING:
    from spacy.tokens import Token

VIOLENT_NOUNS = words("violent_nouns")
_STATEMENTS = words("statements")
_LETTERS = frozenset({"letter", "note", "message", "statement", "telegram", "call"})
"""What a protest or a demand goes in to whom it is meant for."""
_STATES = frozenset({"state", "gov"})
_AT = frozenset({"in", "at", "near", "outside"})
_AIMED_AT = frozenset({"of", "against", "with", "on", "by", "from", "for", "to"})
_WANTING = words("asked") | {
    "accuse",
    "condemn",
    "denounce",
    "oppose",
    "protest",
    "reject",
    "decry",
}
_FOR_WHICH = frozenset({"acl", "advcl", "relcl", "xcomp"})
_WANTED = ("object", "clause", "against", "from", "on", "for")
_ASKED = frozenset({"state", "gov", "leg", "jud", "mil", "cop", "pty", "igo", "bus"})
"""Kinds of actors that people take to the street against."""
_TOWARDS = ("against", "with", "to", "towards", "toward", "by", "from", "for")
"""What leads from a thing to whom it is aimed at, the surest first."""


class Links:
    """Finds the parties of an act by the links that the lexicon names."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def visited(self, token: Token) -> Party:
        """Return the countries that a visit to `token` and the places joined to it goes to."""
        codes = [self.cast.land_of(place) for place in (token, *token.conjuncts)]
        return Party(actors=tuple(state_actor(code) for code in dict.fromkeys(codes) if code))

    def verb_links(self, links: Iterable[str], clause: Clause, exclude: Party = NOBODY) -> Party:
        """Return the first party beside `exclude` that one of `links` names for a verb."""
        own = {actor.country_code for actor in exclude.actors if actor.kind in _STATES}
        unnamed = NOBODY
        for link in links:
            for token in self.linked(link, clause):
                party = (
                    self.whose(token)
                    if link in {"object", "clause"}
                    else self._party_or_land(token)
                )
                if link == "subject" and not party.actors:
                    party = self.maker(token, party)
                others = party.beside(exclude)
                if link == "clause":  # "Macron threatened that *France* would leave"
                    others = [
                        a for a in others if a.kind not in _STATES or a.country_code not in own
                    ]
                if others:
                    return party
                if not party.actors and party.is_somebody and unnamed is NOBODY:
                    unnamed = party
        return unnamed

    def aimed_at(self, clause: Clause, exclude: Party) -> Party:
        """Return whom the thing is aimed at that a verb is about: "cut all contact *with Oman*"."""
        inner = clause_of(clause.complement).object if clause.complement is not None else None
        spoken_of = (noun for name in ("for", "on", "to") for noun in clause.preps.get(name, ()))
        aims = [
            whom
            for thing in (clause.object, inner, *spoken_of)
            for noun in _and_its_parts(thing)
            for name in _TOWARDS
            for found, whom in prep_objects(noun)
            if found == name
        ]
        aims += [n for n in clause.preps.get("with", ()) if n.pos_ == "PROPN"]  # no "with drones"
        for whom in aims:
            party = self._party_or_land(whom)
            if party.beside(exclude):
                return party
        return NOBODY

    def hit_abroad(self, clause: Clause, source: Party) -> Party:
        """Return the other country where what was hit stands: "drones hit a depot *in Omsk*"."""
        own = {actor.country_code for actor in source.actors if actor.country_code}
        around = [] if clause.object is None else list(prep_objects(clause.object))
        around += [(name, noun) for name, nouns in clause.preps.items() for noun in nouns]
        sites = (site for name, noun in around if name in _AT for site in _and_its_parts(noun))
        lands = map(self.cast.land_of, sites)
        land = next((code for code in lands if code), None)
        return Party(actors=(state_actor(land),)) if own and land and land not in own else NOBODY

    def asked_of(self, words: Iterable[Token], exclude: Party) -> Party:
        """Return of whom a protest wants something: "marched to *demand* that *Mali* act"."""
        for verb in (child for word in words for child in word.children):
            if verb.dep_ in _FOR_WHICH and self.cast.lemma(verb) in _WANTING:
                clause = clause_of(verb)
                party = self.verb_links(_WANTED, clause, exclude=exclude)
                party = party if party.actors else self.aimed_at(clause, exclude)
                if any(actor.kind in _ASKED for actor in party.actors):
                    return party
        return NOBODY

    def linked(self, link: str, clause: Clause) -> list[Token]:
        """Return the nouns that stand at `link` of a verb."""
        if link == "subject":
            return [clause.subject] if clause.subject is not None else []
        if link == "object":
            return [clause.object] if clause.object is not None else []
        if link == "clause":
            return self._clause_parties(clause)
        found = list(clause.preps.get(link, ()))
        letters = [n for n in clause.preps.get("in", ()) if self.cast.lemma(n) in _LETTERS]
        objects = counted(clause.object) if clause.object is not None else ()
        for noun in (*objects, clause.complement, *letters):
            if noun is not None:
                found += [inner for name, inner in prep_objects(noun) if name == link]
        return found

    def _clause_parties(self, clause: Clause) -> list[Token]:
        """Return whom a complement is about: its subject if another's, its object, its nouns."""
        if clause.complement is None:
            return []
        inner = clause_of(clause.complement)
        arguments = (inner.subject, inner.object)
        found = [token for token in arguments if token is not None and token != clause.subject]
        for preposition in ("with", "against", "to", "on", "from", "in", "for"):
            found += inner.preps.get(preposition, [])
        if inner.object is not None:
            found += [n for name, n in prep_objects(inner.object) if name in _AIMED_AT]
        return found

    def maker(self, token: Token, party: Party) -> Party:
        """Return who stands behind a subject that is a thing: "Israeli shells killed"."""
        lemma = self.cast.lemma(token)
        if party.is_person or lemma not in VIOLENT_NOUNS | _STATEMENTS:
            return party
        origins = ("by",) if token.lower_ == "reports" else ("by", "from")  # "*reports* from Oslo"
        author = self.from_modifiers(token) or self._from_preps(token, origins)
        if author is None and lemma in _STATEMENTS and token.dep_ in {"dobj", "pobj"}:
            verb = token.head if token.dep_ == "dobj" else token.head.head
            subject = clause_of(verb).subject if verb.pos_ == "VERB" else None
            author = self.cast.party(subject) if subject is not None and subject != token else None
        return author or party

    def whose(self, token: Token) -> Party:
        """Return who `token` is, or whose it is: "rejected *an Indian proposal*"."""
        party = self.cast.party(token)
        if party.actors or party.is_person:
            return party
        return (
            self.from_modifiers(token)
            or self._from_preps(token, ("by", "from", "of", "against", "for"))
            or party
        )

    def _party_or_land(self, token: Token) -> Party:
        party = self.cast.party(token)
        if party.actors or party.is_person:
            return party
        code = self.cast.land_of(token)
        if code:
            return Party(actors=(state_actor(code),))
        return self.from_modifiers(token) or self._from_preps(token, ("with",)) or party

    def from_modifiers(self, token: Token) -> Party | None:
        """Return whose a thing is by the words before it: "*Israel's* raid", "the *U.S.* move"."""
        for child in token.lefts:
            if child.dep_ == "poss":
                party = self.cast.party(child)
            elif child.dep_ in {"amod", "compound", "nmod"}:
                party = self.origin(child)
            else:
                continue
            if party.actors:
                return party
        return None

    def origin(self, child: Token) -> Party:
        """Return whom a modifier names, and those joined to it: "*Russian and Syrian* jets"."""
        party = self.cast.origin(child)
        parties = [party] if party.actors else []
        for conjunct in child.children:
            if conjunct.dep_ == "conj":
                other = self.cast.origin(conjunct)
                if other.actors:
                    parties.append(other)
        if parties:
            actors = tuple({a.actor_id: a for p in parties for a in p.actors}.values())
            return Party(actors=actors, is_armed=True)
        if child.pos_ in {"NOUN", "PROPN"} and self.cast.lemma(child) not in words("machines"):
            return self.cast.party(child)
        return NOBODY

    def _from_preps(self, token: Token, names: Iterable[str]) -> Party | None:
        nouns = list(prep_objects(token))
        for name in names:
            for found, noun in nouns:
                if found == name:
                    party = self.cast.party(noun)
                    if party.actors:
                        return party
        return None

    def done_by(self, token: Token) -> Party | None:
        """Read "attacks carried out by X", "the strike that X launched"."""
        for child in token.rights:
            if child.dep_ in {"acl", "relcl"} and self.cast.lemma(child) in CARRYING_VERBS:
                clause = clause_of(child)
                if clause.subject is not None and clause.subject != token:
                    party = self.cast.party(clause.subject)
                    if party.actors:
                        return party
        return None


def _and_its_parts(thing: Token | None) -> Iterator[Token]:
    """Yield a thing and what it is a part of: "*part* of an aid *program*"."""
    while thing is not None:
        yield thing
        thing = next((noun for name, noun in prep_objects(thing) if name == "of"), None)
