"""Who is who in an article: which actor each noun phrase, name and pronoun stands for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.actors import (
    SECTORS,
    Actor,
    Role,
    actor_by_id,
    known_actors,
    leaders,
    roles,
    state_actor,
)
from dashboard.spans import SpanFinder
from dashboard.vocabulary import words
from gazetteer.countries import countries, country_by_demonym, country_by_name
from gazetteer.toponyms import Geoparse, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "appos_left", "npadvmod"})
_QUANTITIES = words("quantities")
"""Nouns whose "of ..." says who they are: "dozens of protesters", "members of Hezbollah"."""
_BELONGINGS = words("belongings")
"""Things that stand for their owner when they are hit: "Saudi Aramco facilities"."""
_PAIRS = words("pairs")
_OWN = frozenset({"he", "she", "him", "her", "his", "himself", "herself", "hers"})
_ITS = frozenset({"it", "its", "itself"})
_THEIR = frozenset({"they", "them", "their", "themselves", "we", "our"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_FOLD = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-"})
_WORD_START = re.compile(r"(?<![^\W_])[^\W_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Who a noun phrase stands for, and how surely."""

    actors: tuple[Actor, ...] = ()
    is_person: bool = False
    """It names people or what they form, even if no actor is known."""
    is_inferred: bool = False
    """Its country was not said beside it, but taken from the text around."""
    is_armed: bool = False
    sector: str | None = None
    is_unknown: bool = False
    """It says itself that nobody knows who: gunmen, attackers."""


NOBODY = Party()


@dataclass(frozen=True, slots=True)
class _Land:
    """A token that points to a country."""

    code: str
    form: str
    """ "country", "capital", "demonym" or "place" (anything else in that country)."""


@dataclass(slots=True)
class _Description:
    """What the words of a noun phrase say of who it is."""

    lands: list[_Land]
    named: list[Actor]
    role: Role | None = None
    has_title: bool = False


class Cast:
    """The actors of one article. `party(token)` answers for the phrase that `token` heads."""

    def __init__(self, doc: Doc, geoparse: Geoparse, published: date | None = None) -> None:
        self.doc = doc
        self._lemmas = [token.lemma_.lower() for token in doc]
        self._published = published
        spans = SpanFinder(doc)
        self._lands = _lands(doc, geoparse, spans)
        self._named = _named(doc, spans)
        for i in self._named:
            self._lands.pop(i, None)
        self._codes = {land.code for land in self._lands.values()}
        self._focus = _focus(self._lands.values(), self._named.values())
        self._parties: dict[int, Party] = {}
        self._people: dict[str, Party] = {}
        self._titles: dict[str, list[Party]] = {}
        self._persons: list[tuple[int, Party, bool]] = []
        self._meet_people()

    # -- public questions

    def party(self, token: Token) -> Party:
        """Return who the phrase headed by `token` stands for, what is joined to it included."""
        seen = self._parties.get(token.i)
        if seen is None:
            self._parties[token.i] = NOBODY  # a phrase that refers to itself stands for nobody
            seen = self._join(token)
            self._parties[token.i] = seen
        return seen

    def land_of(self, token: Token) -> str | None:
        """Return the country that `token` names or lies in; of a word of origin, None."""
        land = self._lands.get(token.i)
        return land.code if land and land.form not in {"demonym", "part"} else None

    def origin(self, token: Token) -> Party:
        """Return whose the thing is that `token`, one modifier, qualifies: "the Israeli strike"."""
        named = self._named.get(token.i)
        if named and named.kind != "jrn":
            return _party((named,), sector=named.kind.upper())
        land = self._lands.get(token.i)
        if land is None or land.form in {"place", "part"}:
            return NOBODY
        sector = "GOV" if land.form == "capital" else None
        return _party((state_actor(land.code, sector),))

    def lemma(self, token: Token) -> str:
        """Return the lemma of `token` in lower case."""
        return self._lemmas[token.i]

    @property
    def name_tokens(self) -> frozenset[int]:
        """Return the tokens that head the names of known actors: "IRA" is no place."""
        return frozenset(self._named)

    @property
    def focus(self) -> str | None:
        """Return the country that the article is about, if one stands out."""
        return self._focus

    # -- phrases

    def _join(self, token: Token) -> Party:
        parties = [self._single(token)]
        for conjunct in token.conjuncts if _leads(token) else ():
            if conjunct.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
                parties.append(self._single(conjunct, like=token))
        return _merge(parties)

    def _single(self, token: Token, *, like: Token | None = None) -> Party:
        word = token.lower_
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WDT", "WP$"}:
            return self._pronoun(token, word)
        person = self._person_at(token)
        if person is not None:
            return person
        return self._phrase(token, like=like)

    def _person_at(self, token: Token) -> Party | None:
        if not token.text[:1].isupper() or not self._people:
            return None
        return self._people.get(_bare(token.text)) if token.i not in self._lands else None

    def _phrase(self, token: Token, *, like: Token | None = None) -> Party:
        lemma = self._lemmas[token.i]
        of = self._of(token)
        if lemma in _QUANTITIES and of is not None:
            inner = self.party(of)
            if inner.actors or inner.is_person:
                own = self._describe(token)
                return self._narrow(inner, own, of)
        if lemma in _PAIRS and _has_pair(token):
            both = self._last_two(token)
            if both:
                return _party(both, is_inferred=True)
        own = self._describe(token)
        return self._identify(token, own, like)

    def _identify(self, token: Token, own: _Description, like: Token | None) -> Party:
        lemma = self._lemmas[token.i]
        here = self._named.get(token.i)
        role = own.role
        if here is not None and here.kind != "jrn" and not _is_modified_away(here, own):
            return _party((here,), sector=here.kind.upper())
        if own.named and (role or lemma in _BELONGINGS or token.ent_type_ == "PERSON"):
            return _party(
                tuple(dict.fromkeys(own.named)),
                is_person=role is not None,
                sector=own.named[0].kind.upper(),
            )
        land = self._lands.get(token.i)
        if land and land.form in {"country", "capital"} and role is None:
            return _party((state_actor(land.code, "GOV" if land.form == "capital" else None),))
        if (
            land
            and land.form == "demonym"
            and token.pos_ in {"NOUN", "PROPN", "ADJ"}
            and role is None
        ):
            others = [other.code for other in own.lands if other.code != land.code]
            code = others[0] if others else land.code  # "Bosnian Serbs" are of Bosnia
            return _party((state_actor(code, "CVL"),), is_person=True, sector="CVL")
        if role is None:
            if token.ent_type_ == "PERSON":
                return Party(is_person=True)
            if lemma in _BELONGINGS:
                codes = _codes(own.lands)
                return _party(tuple(state_actor(code) for code in codes))
            return NOBODY
        return self._by_role(token, own, role, like)

    def _by_role(self, token: Token, own: _Description, role: Role, like: Token | None) -> Party:
        codes = _codes(own.lands)
        sector = role.sector
        lemma = self._lemmas[token.i]
        if sector == "UAF":
            if not codes:
                return Party(is_person=True, is_armed=True, is_unknown=True, sector="UAF")
            sector = "REB"
        if not codes and like is not None:
            codes = [
                actor.country_code for actor in self._single(like).actors if actor.country_code
            ][:1]
        if not codes and token.ent_type_ != "PERSON":
            titled = self._titled(lemma, token.i)
            if (
                titled
                and _is_definite(token)
                and not any(c.dep_ in {"amod", "compound"} for c in token.children)
            ):
                return titled
        if codes:
            return self._of_lands(codes, sector)
        if role.weight == "weak" and sector in {"CVL", "GOV"} and sector != "GOV":
            return Party(is_person=True, sector=sector)
        is_of_others = token.tag_ == "NNS" and self._of(token) is not None
        code = self._near(token) if sector in _LOCAL_SECTORS and not is_of_others else None
        if code is None or role.weight == "weak":
            return Party(is_person=True, sector=sector, is_armed=sector in _ARMED)
        return replace(self._of_lands([code], sector), is_inferred=True)

    def _titled(self, title: str, before: int) -> Party | None:
        """Return who "the general" is: of the generals met so far, the one most spoken of."""
        parties = self._titles.get(title)
        if not parties:
            return None
        subjects = [
            id(party) for i, party, is_subject in self._persons if i < before and is_subject
        ]
        return max(parties, key=lambda party: subjects.count(id(party)))

    def _of_lands(self, codes: Iterable[str], sector: str) -> Party:
        actors = tuple(state_actor(code, sector if sector in SECTORS else None) for code in codes)
        return _party(actors, is_person=True, sector=sector)

    def _narrow(self, inner: Party, own: _Description, of: Token) -> Party:
        """Return "leaders of Iran" as its government, "members of Hezbollah" as Hezbollah."""
        states = [actor for actor in inner.actors if actor.kind == "state" and actor.country_code]
        if states and own.role and own.role.sector not in {"CVL", "UAF"}:
            codes = [actor.country_code for actor in states if actor.country_code]
            return self._of_lands(codes, own.role.sector)
        return replace(inner, is_person=True)

    def _describe(self, head: Token) -> _Description:
        own = _Description(lands=[], named=[])
        weak: Role | None = None
        for token in self._phrase_words(head):
            named = self._named.get(token.i)
            if named is not None:
                if named.kind != "jrn":
                    own.named.append(named)
                continue
            land = self._lands.get(token.i)
            if land is not None:
                own.lands.append(land)
                continue
            if token.ent_type_ == "PERSON" and token.i != head.i and token.pos_ == "PROPN":
                own.lands += [_Land(code, "country") for code in self._country_of_person(token)]
            role = roles().get(self._lemmas[token.i]) or roles().get(token.lower_)
            if role is None or (role.weight == "mark" and token.i == head.i):
                continue
            if _is_surname(token):
                continue
            own.has_title = own.has_title or role.is_title
            if token.i == head.i:
                weak = role
                if role.weight == "strong":
                    own.role = role
            elif own.role is None or own.role.weight == "mark":
                own.role = role
        if own.role is None or (own.role.weight == "mark" and weak is None):
            own.role = weak
        elif own.role.weight == "mark" and weak is not None:
            is_military = own.role.sector == "MIL" and weak.sector not in {"GOV"}
            own.role = (
                own.role
                if is_military
                or self._lemmas[head.i]
                in {"official", "leader", "chief", "personnel", "officer", "spokesman", "officials"}
                else weak
            )
        return own

    def _country_of_person(self, token: Token) -> list[str]:
        """Return the country of "the *Bush* administration", of "*Suharto*'s government"."""
        party = self._people.get(_bare(token.text))
        if party is None or not party.actors:
            party = self._leader(token.text, token)
        return [actor.country_code for actor in party.actors if actor.country_code] if party else []

    def _phrase_words(self, head: Token) -> Iterator[Token]:
        """Yield `head`, its modifiers from near to far, and what follows "of", "from" or "in"."""
        yield head
        stack = [head]
        while stack:
            token = stack.pop()
            for child in reversed(list(token.lefts)):
                if child.dep_ in _MODIFIERS or (child.dep_ == "conj" and token != head):
                    yield child
                    stack.append(child)
            for child in token.rights:
                if (
                    child.dep_ == "conj"
                    and token.dep_ in _MODIFIERS
                    and child.pos_ in {"ADJ", "PROPN", "NOUN"}
                ):
                    yield child
        for child in head.rights:
            if (
                child.dep_ == "prep"
                and child.lower_ in {"of", "from", "in", "for"}
                and child.i - head.i <= 4
            ):
                for pobj in child.children:
                    if pobj.dep_ == "pobj" and (pobj.i in self._lands or pobj.i in self._named):
                        if child.lower_ in {"of", "from"} or (
                            child.lower_ == "in" and self._is_country(pobj)
                        ):
                            yield pobj
                            yield from (t for t in pobj.conjuncts if t.i in self._lands)

    def _is_country(self, token: Token) -> bool:
        land = self._lands.get(token.i)
        return land is not None

    def _of(self, token: Token) -> Token | None:
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        return pobj
        return None

    # -- what the text says before

    def _near(self, token: Token) -> str | None:
        """Return the country that a bare "the police" belongs to, if the text makes it plain."""
        start = token.sent.start
        before = [land.code for i, land in self._lands.items() if start <= i < token.i]
        if before and len(set(before)) == 1:
            return before[0]
        after = {land.code for i, land in self._lands.items() if token.i < i < token.sent.end}
        if not before and len(after) == 1:
            return next(iter(after))
        if before or after:
            return self._focus if self._focus in {*before, *after} else None
        return self._focus

    def _last_two(self, token: Token) -> tuple[Actor, ...]:
        codes: list[str] = []
        for i in range(token.i - 1, max(-1, token.i - 120), -1):
            land = self._lands.get(i)
            if land and land.form != "place" and land.code not in codes:
                codes.append(land.code)
            if len(codes) == 2:
                return tuple(state_actor(code) for code in sorted(codes))
        return ()

    def _pronoun(self, token: Token, word: str) -> Party:
        if word in _RELATIVE:
            for ancestor in token.ancestors:
                if ancestor.dep_ == "relcl":
                    return self.party(ancestor.head)
            return NOBODY
        if word in _OWN:
            return self._last_person(token)
        if word in _ITS or word in _THEIR:
            return self._last_subject(token, is_plural=word in _THEIR)
        return NOBODY

    def _last_person(self, token: Token) -> Party:
        sentence = token.sent
        earlier = [known for known in self._persons if known[0] < token.i]
        here = [known for known in earlier if known[0] >= sentence.start]
        if len({id(known[1]) for known in here}) > 1 and not _shares_subject(token, here):
            return Party(is_person=True)  # two people: the text does not make plain who
        subjects = [known for known in here if known[2]]
        for group in (subjects[:1], here[-1:]):
            if group:
                return group[0][1]
        near = [known for known in earlier if known[0] >= sentence.start - 120]
        last = [known for known in near if known[2]] or near
        return last[-1][1] if last else Party(is_person=True)

    def _last_subject(self, token: Token, *, is_plural: bool) -> Party:
        """Return the subject that "it" or "they" most plainly takes up."""
        sentence = token.sent
        low = max(0, sentence.start - 60)
        for i in range(token.i - 1, low - 1, -1):
            other = self.doc[i]
            if other.dep_ not in {"nsubj", "nsubjpass"} or other.pos_ == "PRON":
                continue
            if (
                i >= sentence.start
                and token.dep_ in {"nsubj", "nsubjpass"}
                and other.head == token.head
            ):
                continue
            party = self.party(other)
            if not party.actors:
                continue
            plural = other.tag_ in {"NNS", "NNPS"} or len(party.actors) > 1
            if plural == is_plural or (is_plural and not party.is_person):
                return replace(party, is_inferred=True)
        return Party(is_person=is_plural)

    # -- people

    def _meet_people(self) -> None:
        """Learn each named person's part from the words beside the name, in reading order."""
        for entity in self.doc.ents:
            if entity.label_ == "PERSON":
                self._meet(entity.root, entity.text)
            elif entity.root.pos_ == "PROPN" and entity.label_ in {"ORG", "GPE"}:
                self._meet_again(entity.root)
        known = self._people
        for token in self.doc:
            if not token.text[:1].isupper() or not known or token.i in self._lands:
                continue
            party = known.get(_bare(token.text))
            if party is not None and (token.dep_ != "compound" or token.head.ent_type_ != "PERSON"):
                is_subject = token.dep_ in {"nsubj", "nsubjpass"} or (
                    token.dep_ == "appos" and token.head.dep_ == "nsubj"
                )
                self._persons.append((token.i, party, is_subject))

    def _meet(self, head: Token, text: str) -> None:
        surname = _bare(head.text)
        if surname in self._people and self._people[surname].actors:
            return
        party = self._part_of(head) or self._leader(text, head) or self._like_neighbour(head)
        if party is None:
            self._people.setdefault(surname, Party(is_person=True))
            return
        named = replace(
            party, is_person=True, actors=tuple(_with_name(actor, text) for actor in party.actors)
        )
        self._people[surname] = named
        for title in self._title_words(head):
            self._titles.setdefault(title, []).append(named)

    def _meet_again(self, head: Token) -> None:
        """Take a surname that the pipeline mistook, if a title stands before it."""
        if any(roles()[word].is_title for word in self._title_words(head) if word in roles()):
            if head.i not in self._named and head.i not in self._lands:
                self._meet(head, head.text)

    def _part_of(self, head: Token) -> Party | None:
        descriptions = [self._described(head)]
        if head.dep_ == "appos":
            descriptions.append(self._described(head.head))
        descriptions += [self._described(child) for child in head.children if child.dep_ == "appos"]
        for own in descriptions:
            party = self._from_description(head, own)
            if party is not None:
                return party
        return None

    def _described(self, head: Token) -> _Description:
        own = self._describe(head)
        self._add_left_title(head, own)
        return own

    def _add_left_title(self, head: Token, own: _Description) -> None:
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
            role = roles().get(self._lemmas[token.i])
            if role and role.weight != "mark" and role.is_title and own.role is None:
                own.role, own.has_title = role, True
            if token.i in self._lands and own.role:
                own.lands.append(self._lands[token.i])

    def _from_description(self, head: Token, own: _Description) -> Party | None:
        role = own.role
        if own.named and (role is not None or own.named[0].kind in {"igo", "ngo", "reb"}):
            return _party((own.named[0],), is_person=True, sector=own.named[0].kind.upper())
        codes = _codes(own.lands)
        if role is None or role.sector in {"UAF"}:
            if codes and own.lands[0].form == "demonym":
                return self._of_lands(codes[:1], "CVL")
            return None
        if codes:
            return self._of_lands(codes[:1], role.sector)
        return None

    def _like_neighbour(self, head: Token) -> Party | None:
        """Take the country of the first of a list: "Iranian President X, Foreign Minister Y"."""
        own = self._described(head)
        if own.role is None or not own.has_title:
            return None
        first = head
        while first.dep_ in {"conj", "appos"} and first.head.i < first.i:
            first = first.head
        if first.i != head.i:
            known = self._people.get(_bare(first.text))
            codes = (
                [actor.country_code for actor in known.actors if actor.country_code]
                if known
                else []
            )
            if codes:
                return self._of_lands(codes[:1], own.role.sector)
        code = (
            self._near(head)
            if own.role.weight == "strong" and own.role.sector in _LOCAL_SECTORS
            else None
        )
        return replace(self._of_lands([code], own.role.sector), is_inferred=True) if code else None

    def _leader(self, text: str, head: Token) -> Party | None:
        name = text.translate(_FOLD).removesuffix("'s")
        actor_id = _leader_id(name, self._published) or self._leader_by_surname(name, head)
        actor = actor_by_id(actor_id) if actor_id else None
        return _party((actor,), is_person=True, sector=actor.kind.upper()) if actor else None

    def _leader_by_surname(self, name: str, head: Token) -> str | None:
        """Return whom a bare surname leads, if the text names the country or gives a title."""
        actor_id = _surnames(self._published).get(name.rpartition(" ")[2].casefold())
        if actor_id is None:
            return None
        actor = actor_by_id(actor_id)
        has_country = actor is not None and actor.country_code in self._codes
        has_title = bool(self._title_words(head))
        if " " in name:
            return actor_id if has_title and has_country else None
        return actor_id if has_country or has_title else None

    def _title_words(self, head: Token) -> list[str]:
        words = [self._lemmas[child.i] for child in head.lefts if child.dep_ in _MODIFIERS]
        if head.dep_ == "appos":
            words.append(self._lemmas[head.head.i])
        words += [self._lemmas[child.i] for child in head.children if child.dep_ == "appos"]
        full = [_LONG_TITLES.get(word, word) for word in words]
        return [word for word in full if word in roles() and roles()[word].is_title]


_LOCAL_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "SPY", "REB"})
"""Sectors of which a country has its own, so that "the police" is the police of some country."""
_ARMED = frozenset({"MIL", "REB", "COP", "UAF", "CRM"})
_LONG_TITLES = {
    "gen.": "general", "lt.-gen.": "general", "maj.-gen.": "general", "brig.-gen.": "general",
    "gen": "general", "adm.": "admiral", "col.": "colonel", "sen.": "senator",
}  # fmt: skip


def _party(
    actors: tuple[Actor, ...],
    *,
    is_person: bool = False,
    is_inferred: bool = False,
    sector: str | None = None,
) -> Party:
    armed = any(actor.kind in {"mil", "reb", "cop", "crm", "state"} for actor in actors)
    return Party(
        actors=actors, is_person=is_person, is_inferred=is_inferred, is_armed=armed, sector=sector
    )


def _merge(parties: list[Party]) -> Party:
    if len(parties) == 1:
        return parties[0]
    actors: dict[str, Actor] = {}
    for party in parties:
        for actor in party.actors:
            actors.setdefault(actor.actor_id, actor)
    return Party(
        actors=tuple(actors.values()),
        is_person=any(party.is_person for party in parties),
        is_inferred=any(party.is_inferred for party in parties),
        is_armed=any(party.is_armed for party in parties),
        sector=parties[0].sector,
        is_unknown=all(party.is_unknown for party in parties),
    )


def _with_name(actor: Actor, text: str) -> Actor:
    name = text.translate(_FOLD).removesuffix("'s").strip()
    return replace(actor, aliases=(name,)) if name != actor.name else actor


def _codes(lands: Iterable[_Land]) -> list[str]:
    """Return the countries that a phrase belongs to: words of origin and countries before towns."""
    lands = list(lands)
    sure = [land.code for land in lands if land.form != "place"]
    return list(dict.fromkeys(sure or [land.code for land in lands]))


def _leads(token: Token) -> bool:
    return token.dep_ != "conj"


def _shares_subject(token: Token, people: Sequence[tuple[int, Party, bool]]) -> bool:
    """Say whether a person before is the subject of a verb above that of the pronoun `token`."""
    above = {ancestor.i for ancestor in token.ancestors}
    return any(is_subject and token.doc[i].head.i in above for i, _, is_subject in people)


def _is_definite(token: Token) -> bool:
    return any(
        child.lower_ in {"the", "his", "her"}
        for child in token.children
        if child.dep_ in {"det", "poss"}
    )


def _has_pair(token: Token) -> bool:
    return any(child.lower_ in {"two", "both"} for child in token.children)


def _is_modified_away(here: Actor, own: _Description) -> bool:
    """Say whether another country's name stands before: "the Chilean Congress" is not the US one."""
    codes = _codes(own.lands)
    return bool(codes) and here.country_code is not None and here.country_code not in codes


def _is_surname(token: Token) -> bool:
    """Say whether a word that may be a title ends a person's name: "Jaime *King*"."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "I":
        return False
    following = token.i + 1
    return following >= len(token.doc) or token.doc[following].ent_type_ != "PERSON"


def _is_turned_away(span: Span) -> bool:
    """Say whether a prefix makes the name say who somebody is against or for: "anti-Syria"."""
    doc, start = span.doc, span.start
    return (
        start >= 2 and doc[start - 1].text == "-" and doc[start - 2].lower_ in words("attributive")
    )


def _bare(text: str) -> str:
    return text.translate(_FOLD).removesuffix("'s").casefold()


def _focus(lands: Iterable[_Land], named: Iterable[Actor]) -> str | None:
    counts = Counter(land.code for land in lands)
    if not counts:
        counts = Counter(actor.country_code for actor in named if actor.country_code)
    if not counts:
        return None
    (code, most), *others = counts.most_common(2)
    return code if not others or most >= 2 * others[0][1] else None


def _lands(doc: Doc, geoparse: Geoparse, spans: SpanFinder) -> dict[int, _Land]:
    lands: dict[int, _Land] = {}
    taken: set[int] = set()
    for resolution in geoparse.resolutions:
        mention, place = resolution.mention, resolution.place
        span = spans.span(mention.start, mention.end)
        if span is None:
            continue
        if place is None:
            continue
        taken.update(range(span.start, span.end))
        if place.country_code is None or _is_turned_away(span):
            continue
        if mention.kind is MentionKind.PART:
            if place.feature_code.startswith("PCL"):
                lands[span.root.i] = _Land(place.country_code, "part")
            continue
        form = "place"
        if mention.kind is MentionKind.DEMONYM:
            form = "demonym"
        elif place.feature_code.startswith("PCL"):
            form = "country"
        elif place.feature_code == "PPLC":
            form = "capital"
        lands[span.root.i] = _Land(place.country_code, form)
    for span in doc.ents:
        if span.label_ in {"GPE", "NORP"} and not taken & set(range(span.start, span.end)):
            land = _land_named(span.text)
            if land:
                lands[span.root.i] = land
    for token in doc:
        if token.i in taken or token.i in lands or not token.text[:1].isupper():
            continue
        if token.pos_ in {"ADJ", "PROPN", "NOUN"} and token.ent_type_ in {
            "",
            "NORP",
            "ORG",
            "PERSON",
        }:
            code = _demonyms().get(token.text)
            if code:
                lands[token.i] = _Land(code, "demonym")
    return dict(sorted(lands.items()))


@lru_cache(maxsize=4096)
def _land_named(text: str) -> _Land | None:
    name = text.translate(_FOLD).removesuffix("'s").strip()
    country = country_by_name(name)
    if country:
        return _Land(country.code, "country")
    country = country_by_demonym(name)
    if country:
        return _Land(country.code, "demonym")
    code = _capitals().get(name)
    return _Land(code, "capital") if code else None


@lru_cache(maxsize=1)
def _demonyms() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for country in countries().values():
        for word in country.demonyms:
            owner = country_by_demonym(word)
            if owner and " " not in word:
                found.setdefault(word, owner.code)
    return found


@lru_cache(maxsize=1)
def _capitals() -> Mapping[str, str]:
    return {country.capital: country.code for country in countries().values() if country.capital}


@lru_cache(maxsize=1)
def _aliases() -> Mapping[str, tuple[tuple[str, str, Actor], ...]]:
    """Return (folded, exact, actor) by the first letters of the folded name, longest first."""
    found: dict[str, list[tuple[str, str, Actor]]] = {}
    for actor in known_actors().values():
        for name in (actor.name, *actor.aliases):
            name = name.translate(_FOLD).removeprefix("the ")
            folded = name.lower()
            found.setdefault(folded[:2], []).append((folded, name, actor))
    return {
        key: tuple(sorted(names, key=lambda item: (-len(item[0]), item[0])))
        for key, names in found.items()
    }


def _named(doc: Doc, spans: SpanFinder) -> dict[int, Actor]:
    """Return the data file's actors by the token that heads their name."""
    text = doc.text.translate(_FOLD)
    lower = text.lower()
    if len(lower) != len(text):  # a few letters grow when lowered; offsets must hold
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    found: dict[int, Actor] = {}
    end = 0
    for match in _WORD_START.finditer(text):
        start = match.start()
        if start < end:
            continue
        for folded, exact, actor in _aliases().get(lower[start : start + 2], ()):
            stop = start + len(folded)
            if not lower.startswith(folded, start) or text[stop : stop + 1].isalnum():
                continue
            if not _matches_case(text[start:stop], exact):
                continue
            span = spans.span(start, stop)
            if span is not None:
                found[span.root.i] = actor
                end = stop
            break
    return found


def _matches_case(surface: str, exact: str) -> bool:
    if exact.isupper() or len(exact) <= 4:
        return surface == exact
    return (
        surface[0] == exact[0]
        or (exact.startswith("al") and surface[0] == "A")
        or surface.isupper()
    )


@lru_cache(maxsize=4096)
def _leader_id(name: str, day: date | None) -> str | None:
    for leader in leaders():
        if leader.holds_on(day) and any(
            name == known or (known.endswith(" " + name) and " " in name) for known in leader.names
        ):
            return leader.actor_id
    return None


@lru_cache(maxsize=64)
def _surnames(day: date | None) -> Mapping[str, str]:
    """Return the actor by surname of the leaders of `day`, of surnames that only one bears."""
    owners: dict[str, set[str]] = {}
    for leader in leaders():
        if leader.holds_on(day):
            for name in leader.names:
                owners.setdefault(name.rpartition(" ")[2].casefold(), set()).add(leader.actor_id)
    return {surname: next(iter(ids)) for surname, ids in owners.items() if len(ids) == 1}
