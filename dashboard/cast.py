"""Who is who in an article: which actor each noun phrase, name and pronoun stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from dashboard.actors import (
    SECTORS,
    Actor,
    Role,
    actor_by_id,
    protesters,
    roles,
    state_actor,
)
from dashboard.naming import (
    Land,
    bare_name,
    find_known,
    find_lands,
    focus_country,
    is_turned_away,
    leader_by_name,
    leaders_by_surname,
    quoted_tokens,
    surname_key,
)
from dashboard.parties import NOBODY, Party, merge_parties, party_of
from dashboard.spans import SpanFinder, paragraph_starts
from dashboard.vocabulary import lemma_of, words
from gazetteer.toponyms import Geoparse

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "appos_left", "npadvmod"})
_QUANTITIES = words("quantities")
"""Nouns whose "of ..." says who they are: "dozens of protesters", "members of Hezbollah"."""
_BELONGINGS = words("belongings")
"""Things that stand for their owner when they are hit: "Saudi Aramco facilities"."""
_PAIRS = words("pairs")
_OWN = frozenset({"he", "she", "him", "her", "his", "himself", "herself", "hers"})
_ITS = frozenset({"it", "its", "itself"})
_THEIR = frozenset({"they", "them", "their", "themselves", "we", "our"})
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "eer", "woman", "man")
_MANY_PERSONS = 200
"""Mentions of people that are looked back on to tell of whom a text speaks most."""
_LONGEST_ACRONYM = 5
_LONGEST_SYLLABLE = 4
_LOOK_BACK = 40
"""Tokens before a sentence that may tell whose "the police" is."""
_NEAR_HEAD = 4
"""Tokens within which "of", "from" or "in" still belongs to a noun."""
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


@dataclass(slots=True)
class _Description:
    """What the words of a noun phrase say of who it is."""

    lands: list[Land]
    named: list[Actor]
    role: Role | None = None
    has_title: bool = False


class Cast:
    """The actors of one article. `party(token)` answers for the phrase that `token` heads."""

    def __init__(self, doc: Doc, geoparse: Geoparse, published: date | None = None) -> None:
        self.doc = doc
        self._lemmas = [lemma_of(token) for token in doc]
        self._published = published
        self._text = geoparse.text
        self._paragraphs = paragraph_starts(doc)
        spans = SpanFinder(doc)
        self._lands = find_lands(doc, geoparse, spans)
        self._named = find_known(doc, spans, published)
        self._codes = {land.code for land in self._lands.values()}
        self._named = {i: a for i, a in self._named.items() if self._is_meant(doc[i], a)}
        for i in (*self._named, *self._datelines()):
            self._lands.pop(i, None)
        self._focus = focus_country(self._lands.values(), self._named.values())
        self._quoted = quoted_tokens(doc)
        self._parties: dict[int, Party] = {}
        self._people: dict[str, Party] = {}
        self._first_names: dict[str, Party] = {}
        self._titles: dict[str, list[Party]] = {}
        self._persons: list[tuple[int, Party, bool]] = []
        self._person_places: list[int] = []
        self._land_places = sorted(self._lands)
        self._name_places = sorted(self._named)
        self._meet_people()
        self._person_places = [i for i, _, _ in self._persons]
        self._land_places = sorted(self._lands)

    def _datelines(self) -> list[int]:
        """Return the towns that only say where a report was written: "TEHRAN - Gen. X met"."""
        return [
            i
            for i in self._paragraphs
            if i + 1 < len(self.doc)
            and self.doc[i].text.isupper()
            and self.doc[i + 1].text in {"-", "--", "–", "—", "("}
        ]

    def _is_meant(self, token: Token, actor: Actor) -> bool:
        """Say whether letters such as "FSA" stand for `actor`: its country or name is near."""
        is_short = token.text.isupper() and len(token.text) <= _LONGEST_ACRONYM
        if not is_short or actor.country_code is None or actor.kind in {"gov", "spy", "cop", "jrn"}:
            return True
        return actor.country_code in self._codes or actor.name in self._text

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
            return party_of((named,), sector=named.kind.upper())
        land = self._lands.get(token.i)
        if land is None or land.form in {"place", "part"}:
            return NOBODY
        sector = "GOV" if land.form == "capital" else None
        return party_of((state_actor(land.code, sector),))

    def lemma(self, token: Token) -> str:
        """Return the lemma of `token` in lower case."""
        return self._lemmas[token.i]

    @property
    def name_tokens(self) -> frozenset[int]:
        """Return the tokens that head the names of known actors: "IRA" is no place."""
        return frozenset(self._named)

    def _join(self, token: Token) -> Party:
        joined = token.conjuncts if token.dep_ != "conj" else ()
        others = [
            self._single(other, like=token)
            for other in joined
            if other.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}
        ]
        first = self._half_named(token, others) or self._single(token)
        return merge_parties([first, *others])

    def _half_named(self, token: Token, others: Sequence[Party]) -> Party | None:
        """Return the guards of the first of "*Kyrgyz* and Tajik guards", which the parse parts."""
        land = self._lands.get(token.i)
        sector = others[0].sector if others else None
        is_adjective = land is not None and land.form == "demonym" and token.tag_ != "NNPS"
        if land is None or not is_adjective or sector in {None, "CVL"} or sector not in SECTORS:
            return None
        is_split = token.i + 2 < len(self.doc) and self.doc[token.i + 1].lower_ == "and"
        return self._of_lands([land.code], sector) if is_split else None

    def _single(self, token: Token, *, like: Token | None = None) -> Party:
        word = token.lower_
        is_counting = token.pos_ == "PRON" and self._lemmas[token.i] in _QUANTITIES
        if is_counting and self._of(token) is not None:
            return self._phrase(token)
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WDT", "WP$"}:
            return self._pronoun(token, word)
        person = self._person_at(token)
        if person is not None:
            return person
        return self._phrase(token, like=like)

    def _person_at(self, token: Token) -> Party | None:
        if not token.text[:1].isupper() or not self._people or token.i in self._lands:
            return None
        key = surname_key(token.text)
        known = self._people.get(key)
        first = self._first_names.get(key) if _stands_alone(token) else None
        return first if first is not None and (known is None or not known.actors) else known

    def _phrase(self, token: Token, *, like: Token | None = None) -> Party:
        lemma = self._lemmas[token.i]
        of = self._of(token)
        if (lemma in _QUANTITIES or token.tag_ == "CD") and of is not None:
            inner = self.party(of)
            if inner.actors or inner.is_person:
                own = self._describe(token)
                return self._narrow(inner, own)
        if lemma in _STAND_INS and self._is_stand_in(token):
            known = self._last_known(token, _STAND_INS[lemma])
            if known is not None:
                return known
        if lemma in _PAIRS and _has_pair(token):
            both = self._last_two(token)
            if both:
                return party_of(both, is_inferred=True)
            role = roles().get(lemma)
            return self._named_beside(token) or Party(
                is_person=True, sector=role.sector if role is not None else None
            )
        party = self._identify(token, self._describe(token), like)
        return self._named_in_apposition(token, party) or party

    def _named_beside(self, token: Token) -> Party | None:
        """Return X and Y of "the two presidents, X and Y"."""
        names = [n for c in token.children if c.dep_ == "appos" for n in (c, *c.conjuncts)]
        found = [self._people.get(surname_key(name.text)) for name in names]
        known = [party for party in found if party is not None and party.actors]
        return merge_parties(known) if known else None

    def _is_stand_in(self, token: Token) -> bool:
        """Say whether a general word takes up a name: "the bloc", "the group"."""
        lefts = list(token.lefts)
        return (
            len(lefts) == 1 and lefts[0].lower_ in {"the", "that", "this"} and not self._of(token)
        )

    def _last_known(self, token: Token, kinds: frozenset[str]) -> Party | None:
        """Return the last named actor of one of `kinds` before `token`."""
        for i in range(token.i - 1, max(-1, token.i - _FAR_BACK), -1):
            actor = self._named.get(i)
            if actor is not None and actor.kind in kinds:
                return replace(party_of((actor,), sector=actor.kind.upper()), is_inferred=True)
        return None

    def _named_in_apposition(self, token: Token, party: Party) -> Party | None:
        """Return "the army chief, Gen. X" under the name that follows."""
        for child in token.rights:
            known = self._people.get(surname_key(child.text)) if child.dep_ == "appos" else None
            is_same = known is not None and _ids(known) == _ids(party)
            if known is not None and known.actors and (is_same or not party.actors):
                return known
        return None

    def _identify(self, token: Token, own: _Description, like: Token | None) -> Party:
        here = self._named.get(token.i)
        if here is not None and here.kind != "jrn" and not _is_modified_away(here, own):
            return party_of((here,), sector=here.kind.upper())
        is_owned = self._lemmas[token.i] in _BELONGINGS
        if own.named and (own.role or is_owned or token.ent_type_ == "PERSON"):
            return party_of(
                tuple(dict.fromkeys(own.named)),
                is_person=own.role is not None,
                sector=own.named[0].kind.upper(),
            )
        if own.role is not None:
            return self._by_role(token, own, own.role, like)
        land = self._lands.get(token.i)
        if land is not None and land.form not in {"place", "part"}:
            return self._nation(land, own)
        if token.ent_type_ in {"PERSON", "ORG"}:
            return Party(is_person=True, is_named=True)
        if self._is_somebody(token):
            codes = [land.code for land in own.lands if land.form == "demonym"]
            return self._of_lands(codes, "CVL") if codes else Party(is_person=True)
        return party_of(tuple(state_actor(code) for code in _codes(own.lands) if is_owned))

    def _is_somebody(self, token: Token) -> bool:
        """Say whether a noun of no known role looks like what a person is: "a researcher"."""
        lemma = self._lemmas[token.i]
        is_noun = token.tag_ in {"NN", "NNS"} and len(lemma) > _LONGEST_SYLLABLE
        return is_noun and lemma.endswith(_PERSON_ENDINGS) and lemma not in words("not_people")

    def _nation(self, land: Land, own: _Description) -> Party:
        """Return a country, its government for its capital, its people for a word of origin."""
        if land.form == "demonym":
            others = [other.code for other in own.lands if other.code != land.code]
            code = others[0] if others else land.code  # "Bosnian Serbs" are of Bosnia
            return self._of_lands([code], "CVL")
        return party_of((state_actor(land.code, "GOV" if land.form == "capital" else None),))

    def _by_role(self, token: Token, own: _Description, role: Role, like: Token | None) -> Party:
        codes = _codes(own.lands)
        sector = role.sector
        if sector == "UAF":
            if not codes:
                return Party(is_person=True, is_armed=True, is_unknown=True, sector="UAF")
            sector = "REB"
        if sector == "OPP" and self._lemmas[token.i] in words("protesters"):
            sector = _CROWD
        if not codes and like is not None:
            neighbour = self._single(like)
            codes = [actor.country_code for actor in neighbour.actors if actor.country_code][:1]
        if not codes:
            inner = self._of(token)
            owners = self.party(inner).actors if inner is not None and inner.i != token.i else ()
            codes = [a.country_code for a in owners if a.kind == "state" and a.country_code]
        codes = codes or self._codes_of_pair(token)
        if codes:
            return self._of_lands(codes, sector)
        titled = self._titled(token) if token.ent_type_ != "PERSON" else None
        if titled is not None:
            return titled
        is_of_others = token.tag_ == "NNS" and self._of(token) is not None
        is_local = role.weight != "weak" and role.sector in _LOCAL_SECTORS and not is_of_others
        is_crowd = role.sector in {"CVL", "LAB", "EDU", "OPP"}
        code = self._near_at_home(token) if is_local and is_crowd else None
        if is_local and not is_crowd:
            code = self._near(token)
        if code is None:
            return Party(is_person=True, sector=role.sector, is_armed=sector in _ARMED)
        return replace(self._of_lands([code], sector), is_inferred=True)

    def _codes_of_pair(self, token: Token) -> list[str]:
        """Return the two countries of "both countries' armies"."""
        for owner in token.lefts:
            if owner.dep_ == "poss" and self._lemmas[owner.i] in _PAIRS and _has_pair(owner):
                both = [a.country_code for a in self._last_two(owner) if a.country_code]
                return both or self._main_two(owner)
        return []

    def _main_two(self, token: Token) -> list[str]:
        """Return the two countries that a text names most before `token`, if two stand out."""
        counts = Counter(land.code for i, land in self._lands.items() if i < token.i).most_common(3)
        if len(counts) < 2 or (len(counts) > 2 and 2 * counts[2][1] > counts[1][1]):
            return []
        return sorted(code for code, _ in counts[:2])

    def _titled(self, token: Token) -> Party | None:
        """Return who "the general" is: of the generals met so far, the one most spoken of."""
        parties = self._titles.get(self._lemmas[token.i])
        if not parties or not _is_bare_title(token):
            return None
        before = self._persons[: bisect_left(self._person_places, token.i)][-_MANY_PERSONS:]
        subjects = [id(party) for _, party, is_subject in before if is_subject]
        return max(parties, key=lambda party: subjects.count(id(party)))

    def _of_lands(self, codes: Iterable[str], sector: str) -> Party:
        if sector == _CROWD:
            crowd = tuple(protesters(code) for code in codes)
            return party_of(crowd, is_person=True, sector="OPP")
        actors = tuple(state_actor(code, sector if sector in SECTORS else None) for code in codes)
        return party_of(actors, is_person=True, sector=sector)

    def _narrow(self, inner: Party, own: _Description) -> Party:
        """Return "leaders of Iran" as its government, "members of Hezbollah" as Hezbollah."""
        states = [actor for actor in inner.actors if actor.kind == "state" and actor.country_code]
        if states and own.role and own.role.sector not in {"CVL", "UAF"}:
            codes = [actor.country_code for actor in states if actor.country_code]
            return self._of_lands(codes, own.role.sector)
        return replace(inner, is_person=True)

    def _describe(self, head: Token) -> _Description:
        own = _Description(lands=[], named=[])
        head_role: Role | None = None
        others: list[Role] = []
        for token in self._phrase_words(head):
            if self._add_name(token, own):
                continue
            if token.ent_type_ == "PERSON" and token.i != head.i and token.pos_ == "PROPN":
                own.lands += [Land(code, "country") for code in self._country_of_person(token)]
            role = roles().get(self._lemmas[token.i]) or roles().get(token.lower_)
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
        is_owned = self._lemmas[head.i] in _BELONGINGS
        own.role = _deciding(head_role, others, takes_any=is_name or is_owned)
        return own

    def _add_name(self, token: Token, own: _Description) -> bool:
        """Note the actor or the country that `token` names; say whether it names one."""
        named = self._named.get(token.i)
        if named is not None:
            own.named += [named] if named.kind != "jrn" else []
            return True
        land = self._lands.get(token.i)
        if land is not None:
            own.lands.append(land)
            return True
        return False

    def _country_of_person(self, token: Token) -> list[str]:
        """Return the country of "the *Bush* administration", of "*Suharto*'s government"."""
        party = self._people.get(surname_key(token.text))
        if party is None or not party.actors:
            party = self._leader(token.text, token)
        return [actor.country_code for actor in party.actors if actor.country_code] if party else []

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
        for preposition in head.rights:
            if preposition.lower_ in {"of", "from", "in"} and preposition.i - head.i <= _NEAR_HEAD:
                for noun in preposition.children:
                    if noun.dep_ == "pobj" and (noun.i in self._lands or noun.i in self._named):
                        yield noun
                        yield from (t for t in noun.conjuncts if t.i in self._lands)

    def _of(self, token: Token) -> Token | None:
        for child in token.rights:
            if child.dep_ == "prep" and child.lower_ in {"of", "from"}:
                for pobj in child.children:
                    if pobj.dep_ == "pobj":
                        return pobj
        return None

    def _near(self, token: Token) -> str | None:
        """Return the country that a bare "the police" belongs to, if the text makes it plain.

        What stands before in the sentence decides, then the sentences before it, then the
        country that the text is about, then what follows.
        """
        sent = token.sent
        here = self._countries(sent.start, token.i)
        start = max(self._paragraph_start(token), sent.start - _LOOK_BACK)
        before = here or self._countries(start, sent.start)
        if len(before) == 1:
            return next(iter(before))
        after = self._countries(token.i + 1, sent.end)
        if self._focus is not None:
            return self._focus if not here | after or self._focus in before | after else None
        return next(iter(after)) if not before and len(after) == 1 else None

    def _near_title(self, head: Token, sector: str) -> str | None:
        """Return whose "Foreign Minister X" is: of the paragraph's last office of that kind.

        Without one it is the country that `_near` finds, but never one that the rest of the
        sentence names: "urged Tehran" makes nobody a minister of Iran.
        """
        sent = head.sent
        for i in range(head.i - 1, self._paragraph_start(head) - 1, -1):
            other = self.doc[i]
            if other.dep_ in {"nsubj", "nsubjpass"} and other.ent_type_ != "PERSON":
                own = self._describe(other)
                if own.role is not None and own.role.sector == sector and _codes(own.lands):
                    return _codes(own.lands)[0]
        code = self._near(head)
        low = bisect_left(self._land_places, head.i + 1)
        after = self._land_places[low : bisect_left(self._land_places, sent.end)]
        addressed = {
            self._lands[i].code
            for i in after
            if _is_addressed(self.doc[i]) or self._lands[i].form == "capital"
        }
        return code if code not in addressed else None

    def _paragraph_start(self, token: Token) -> int:
        """Return the index of the first token of the paragraph that `token` stands in."""
        return self._paragraphs[bisect_right(self._paragraphs, token.i) - 1]

    def _near_at_home(self, token: Token) -> str | None:
        """Return whose "the villagers" are: of the country that text and sentence are about."""
        sent = token.sent
        here = self._countries(sent.start, sent.end)
        if self._focus is not None:
            return self._focus if here <= {self._focus} else None
        return next(iter(here)) if len(here) == 1 else None

    def _countries(self, start: int, end: int) -> set[str]:
        """Return the countries that the tokens from `start` to `end` name or act for."""
        low, high = bisect_left(self._land_places, start), bisect_left(self._land_places, end)
        found = {self._lands[i].code for i in self._land_places[low:high]}
        low, high = bisect_left(self._name_places, start), bisect_left(self._name_places, end)
        named = (self._named[i] for i in self._name_places[low:high])
        return found | {actor.country_code for actor in named if actor.country_code}

    def _last_two(self, token: Token) -> tuple[Actor, ...]:
        """Return the two that "both sides" takes up, if the paragraph names just two."""
        start = self._paragraph_start(token)
        for i in range(token.i - 1, start - 1, -1):
            other = self.doc[i]
            is_pair = len(other.conjuncts) == 1 and other.dep_ != "conj"
            if is_pair and (other.head.lower_ == "between" or other.dep_ == "nsubj"):
                both = self.party(other).actors
                if len(both) == 2:
                    return both
        codes = {
            self._lands[i].code
            for i in range(start, token.i)
            if i in self._lands and self._lands[i].form != "place"
        }
        low = bisect_left(self._person_places, start)
        for _, person, _ in self._persons[low : bisect_left(self._person_places, token.i)]:
            codes |= {actor.country_code for actor in person.actors if actor.country_code}
        return tuple(state_actor(code) for code in sorted(codes)) if len(codes) == 2 else ()

    def _pronoun(self, token: Token, word: str) -> Party:
        if word == "both":
            both = self._last_two(token)
            return party_of(both, is_inferred=True) if both else Party(is_person=True)
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
        is_quoted = token.i in self._quoted
        low = bisect_left(self._person_places, sentence.start - _FAR_BACK)
        high = bisect_left(self._person_places, token.i)
        earlier = [
            known for known in self._persons[low:high] if is_quoted or known[0] not in self._quoted
        ]
        here = [known for known in earlier if known[0] >= sentence.start]
        if len({id(known[1]) for known in here}) > 1 and not _shares_subject(token, here):
            return Party(is_person=True)  # two people: the text does not make plain who
        subjects = [known for known in here if known[2]]
        for group in (subjects[:1], here[-1:]):
            if group:
                return group[0][1]
        last = [known for known in earlier if known[2]] or earlier
        return last[-1][1] if last else self._last_office(token)

    def _last_office(self, token: Token) -> Party:
        """Return whom "he" takes up when only an office was named: "Germany's chancellor"."""
        for i in range(token.i - 1, max(-1, token.sent.start - _LOOK_BACK), -1):
            other = self.doc[i]
            if other.tag_ == "NN" and other.dep_ in {"nsubj", "nsubjpass"}:
                role = roles().get(self._lemmas[i])
                if role is not None and role.is_title and self.party(other).actors:
                    return replace(self.party(other), is_inferred=True)
        return Party(is_person=True)

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
            plural = other.tag_ in {"NNS", "NNPS"} or len(party.actors) > 1 or bool(other.conjuncts)
            if not party.actors:
                if plural == is_plural and other.ent_type_ != "PERSON":
                    break  # "it" is the blast, "they" are the gunmen: no actor further back
                continue
            if plural == is_plural or (is_plural and not party.is_person):
                is_thing = is_plural or not any(actor.kind == "gov" for actor in party.actors)
                return replace(party, is_inferred=True) if is_thing else NOBODY
        return Party(is_person=is_plural)

    def _meet_people(self) -> None:
        """Learn each named person's part from the words beside the name, in reading order."""
        for entity in self.doc.ents:
            if entity.label_ == "PERSON":
                self._meet(entity.root, entity.text)
            elif entity.root.pos_ == "PROPN" and entity.label_ in {"ORG", "GPE"}:
                self._meet_again(entity.root)
        famous = leaders_by_surname(self._published)
        for token in self.doc:
            if token.pos_ == "PROPN" and token.text.casefold() in famous and _stands_alone(token):
                self._meet_famous(token)
        known = self._people
        for token in self.doc:
            if not token.text[:1].isupper() or not known or token.i in self._lands:
                continue
            party = self._person_at(token)
            if party is not None and (token.dep_ != "compound" or token.head.ent_type_ != "PERSON"):
                is_subject = token.dep_ in {"nsubj", "nsubjpass"} or (
                    token.dep_ == "appos" and token.head.dep_ == "nsubj"
                )
                self._persons.append((token.i, party, is_subject))

    def _meet(self, head: Token, text: str) -> None:
        surname = surname_key(head.text)
        if surname in self._people and self._people[surname].actors:
            return
        party = self._part_of(head) or self._leader(text, head) or self._like_neighbour(head)
        if party is None:
            own = head.head if head.dep_ == "appos" else head
            role = self._described(head).role or self._described(own).role
            self._people.setdefault(
                surname,
                Party(
                    is_person=True, sector=role.sector if role is not None else None, is_named=True
                ),
            )
            return
        named = replace(
            party, is_person=True, actors=tuple(_with_name(actor, text) for actor in party.actors)
        )
        self._people[surname] = named
        first = surname_key(text.split(maxsplit=1)[0])
        if first != surname:  # "Wang Yi" and "Najib Razak" go by the first of their names
            self._first_names.setdefault(first, named)
        for title in self._title_words(head):
            self._titles.setdefault(title, []).append(named)

    def _meet_again(self, head: Token) -> None:
        """Take a surname that the pipeline mistook, if a title stands before it."""
        is_name = head.i not in self._named and head.i not in self._lands
        if is_name and self._title_words(head):
            self._meet(head, head.text)

    def _meet_famous(self, token: Token) -> None:
        """Take a leader's bare surname that the pipeline took for no person or for a place."""
        is_taken = token.i in self._named or surname_key(token.text) in self._people
        if not is_taken and token.text.casefold() not in words("common_surnames"):
            self._lands.pop(token.i, None)
            self._meet(token, token.text)

    def _part_of(self, head: Token) -> Party | None:
        descriptions = [self._described(head)]
        if head.dep_ == "appos":
            descriptions.append(self._described(head.head))
        descriptions += [self._described(child) for child in head.children if child.dep_ == "appos"]
        for own in descriptions:
            party = self._from_description(own)
            if party is not None:
                return party
        beside = (head, *(child for child in head.children if child.dep_ == "appos"))
        return next(filter(None, map(self._of_body, beside)), None)

    def _of_body(self, token: Token) -> Party | None:
        """Return of which body somebody is "the head", "the chief of staff"."""
        role = roles().get(self._lemmas[token.i])
        body = self._of(token) if role is not None and role.is_title else None
        for _ in range(_NEAR_HEAD):
            if body is None or body.ent_type_ == "PERSON":
                return None
            own = self._describe(body)
            if own.lands or own.named:
                return self._from_description(own)
            body = self._of(body)
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

    def _from_description(self, own: _Description) -> Party | None:
        role = own.role
        if own.named and (role is not None or own.named[0].kind in {"igo", "ngo", "reb"}):
            return party_of((own.named[0],), is_person=True, sector=own.named[0].kind.upper())
        codes = _codes(own.lands)
        if role is None or role.sector == "UAF":
            if codes and own.lands[0].form == "demonym":
                return self._of_lands(codes[:1], "CVL")
            return None
        if codes:
            return self._of_lands(codes[:1], role.sector)
        return None

    def _like_neighbour(self, head: Token) -> Party | None:
        """Take the country of the first of a list: "Iranian President X, Foreign Minister Y"."""
        own = self._described(head)
        if own.role is None or not own.has_title or self._is_of_some_firm(head):
            return None
        first = head
        while first.dep_ in {"conj", "appos"} and first.head.i < first.i:
            first = first.head
        if first.i != head.i:
            known = self._people.get(surname_key(first.text))
            codes = (
                [actor.country_code for actor in known.actors if actor.country_code]
                if known
                else []
            )
            if codes:
                return self._of_lands(codes[:1], own.role.sector)
        code = (
            self._near_title(head, own.role.sector)
            if own.role.weight == "strong" and own.role.sector in _LOCAL_SECTORS
            else self._at_home(head, own.role)
        )
        return replace(self._of_lands([code], own.role.sector), is_inferred=True) if code else None

    def _at_home(self, head: Token, role: Role) -> str | None:
        """Return the country that a text is about as that of a lesser title: "Chief X"."""
        is_public = role.sector in _LOCAL_SECTORS - {"CVL", "LAB", "EDU", "CRM", "REB"}
        return self._near_at_home(head) if is_public and self._focus is not None else None

    def _is_of_some_firm(self, head: Token) -> bool:
        """Say whether a title is that of an organisation of which nothing is known."""
        around = (head.head if head.dep_ == "appos" else head).subtree
        return any(
            token.ent_type_ == "ORG"
            and token.i not in self._named
            and self._lemmas[token.i] not in roles()
            for token in around
            if token.i < head.i
        )

    def _leader(self, text: str, head: Token) -> Party | None:
        name = bare_name(text)
        actor_id = leader_by_name(name, self._published) or self._leader_by_surname(name, head)
        actor = actor_by_id(actor_id) if actor_id else None
        return party_of((actor,), is_person=True, sector=actor.kind.upper()) if actor else None

    def _leader_by_surname(self, name: str, head: Token) -> str | None:
        """Return whom a bare surname leads, if the text names the country or gives a title."""
        actor_id = leaders_by_surname(self._published).get(name.rpartition(" ")[2].casefold())
        if actor_id is None:
            return None
        actor = actor_by_id(actor_id)
        has_country = actor is not None and actor.country_code in self._codes
        has_title = bool(self._title_words(head))
        if " " in name:
            return actor_id if has_title and has_country else None
        is_famous = name.casefold() not in words("common_surnames")
        return actor_id if has_country or has_title or is_famous else None

    def _title_words(self, head: Token) -> list[str]:
        beside = [self._lemmas[child.i] for child in head.lefts if child.dep_ in _MODIFIERS]
        if head.dep_ == "appos":
            beside.append(self._lemmas[head.head.i])
        beside += [self._lemmas[child.i] for child in head.children if child.dep_ == "appos"]
        full = [_LONG_TITLES.get(word, word) for word in beside]
        return [word for word in full if word in roles() and roles()[word].is_title]


_STAND_INS = {
    "bloc": frozenset({"igo"}), "organisation": frozenset({"igo", "ngo"}),
    "organization": frozenset({"igo", "ngo"}), "alliance": frozenset({"igo"}),
    "agency": frozenset({"igo", "ngo"}), "group": frozenset({"reb", "ngo", "crm"}),
    "movement": frozenset({"reb"}), "militia": frozenset({"reb"}), "company": frozenset({"bus"}),
    "insurgent": frozenset({"reb"}), "militant": frozenset({"reb"}), "rebel": frozenset({"reb"}),
    "guerrilla": frozenset({"reb"}),
}  # fmt: skip
"""General words that take up a name, with the kinds of actor that they may mean."""
_FAR_BACK = 120
"""Tokens within which a general word still takes up a name."""
_CROWD = "PROTESTERS"
"""Stands for the sector of those who protest, who need not be a country's opposition."""
_LOCAL_SECTORS = frozenset(
    {"GOV", "MIL", "COP", "LEG", "JUD", "OPP", "SPY", "REB", "CRM", "CVL", "LAB", "EDU"}
)
"""Sectors of which a country has its own, so that "the police" is the police of some country."""
_ARMED = frozenset({"MIL", "REB", "COP", "UAF", "CRM"})
_LONG_TITLES = {
    "gen.": "general", "lt.-gen.": "general", "maj.-gen.": "general", "brig.-gen.": "general",
    "gen": "general", "adm.": "admiral", "col.": "colonel", "sen.": "senator",
}  # fmt: skip


def _ids(party: Party) -> list[str]:
    return [actor.actor_id for actor in party.actors]


def _with_name(actor: Actor, text: str) -> Actor:
    name = bare_name(text)
    return replace(actor, aliases=(name,)) if name != actor.name else actor


def _codes(lands: Iterable[Land]) -> list[str]:
    """Return the countries that a phrase belongs to: words of origin and countries before towns."""
    lands = list(lands)
    sure = [land.code for land in lands if land.form != "place"]
    return list(dict.fromkeys(sure or [land.code for land in lands]))


def _deciding(head: Role | None, others: Sequence[Role], *, takes_any: bool) -> Role | None:
    """Return the role that a phrase means, given that of its head and of its modifiers.

    "Troops" decides alone; "chief" or "official" yields to "police" or "army" before it;
    "naval" makes a sailor of "personnel" but no soldier of a "minister". A head that is no
    role itself takes its modifiers' only if it is a name or a thing that somebody owns.
    """
    if head is not None and head.weight == "strong":
        return head
    if head is None and not takes_any:
        return None  # "court documents" are no court
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
    return child.dep_ in _MODIFIERS or (child.dep_ == "conj" and token != head)


def _shares_subject(token: Token, people: Sequence[tuple[int, Party, bool]]) -> bool:
    """Say whether a person before is the subject of a verb above that of the pronoun `token`."""
    above = {ancestor.i for ancestor in token.ancestors}
    return any(is_subject and token.doc[i].head.i in above for i, _, is_subject in people)


def _stands_alone(token: Token) -> bool:
    """Say whether a name is one word, neither before nor after another name."""
    if token.dep_ in {"compound", "nmod"}:
        return False
    return not any(child.pos_ == "PROPN" and child.dep_ == "compound" for child in token.lefts)


def _is_bare_title(token: Token) -> bool:
    """Say whether a title stands with "the", "his" or "her" and nothing else."""
    is_definite = any(child.lower_ in {"the", "his", "her"} for child in token.lefts)
    beside = [c for c in token.lefts if c.dep_ in {"amod", "compound"}]
    return is_definite and all(c.lower_ in {"prime", "foreign", "vice", "army"} for c in beside)


def _is_addressed(token: Token) -> bool:
    """Say whether a country is spoken to, acted on or only where something happens."""
    if token.dep_ in {"amod", "poss", "compound"} and token.head.dep_ == "pobj":
        return token.head.head.lower_ in {"to", "on", "with", "against", "at", "in"}
    if token.dep_ == "pobj":
        return token.head.lower_ in {"to", "on", "with", "against", "at"}
    return token.dep_ in {"dobj", "dative", "nsubj"}


def _has_pair(token: Token) -> bool:
    return any(child.lower_ in {"two", "both", "each"} for child in token.children)


def _is_modified_away(here: Actor, own: _Description) -> bool:
    """Say whether another country's name stands before: "the Chilean Congress" is Chile's."""
    codes = _codes(own.lands)
    return bool(codes) and here.country_code is not None and here.country_code not in codes


def _is_surname(token: Token) -> bool:
    """Say whether a word that may be a title ends a person's name: "Jaime *King*"."""
    if token.ent_type_ != "PERSON" or token.ent_iob_ != "I":
        return False
    following = token.i + 1
    return following >= len(token.doc) or token.doc[following].ent_type_ != "PERSON"
