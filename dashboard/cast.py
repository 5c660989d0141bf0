"""Who is who in an article: which actor each noun phrase, name and pronoun stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.actors import SECTORS, Actor, Role, roles, state_actor
from dashboard.descriptions import BELONGINGS, Description, Descriptions, codes_of
from dashboard.naming import (
    Land,
    find_known,
    find_lands,
)
from dashboard.ontology import noun_entries
from dashboard.parties import CROWD, NOBODY, Party, merge_parties, party_of, party_of_lands
from dashboard.people import LOCAL_SECTORS, People
from dashboard.pronouns import Pronouns
from dashboard.spans import SpanFinder
from dashboard.surroundings import FAR_BACK, Surroundings
from dashboard.vocabulary import lemma_of, words
from gazetteer.toponyms import Geoparse, MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_QUANTITIES = words("quantities")
"""Nouns whose "of ..." says who they are: "dozens of protesters", "members of Hezbollah"."""
_KIN = frozenset({"relative", "resident", "citizen"})
"""Quantities that are people whatever they are of: "relatives of the dead"."""
_LOYAL = frozenset({"supporter", "follower", "loyalist", "backer"})
_BACKERS = _LOYAL | {"opponent", "critic"}
_OUT_OF_OFFICE = frozenset({"former", "ousted", "jailed", "deposed", "exiled", "ex"})
_PAIRS = words("pairs")
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "eer", "woman", "man")
_LONGEST_ACRONYM = 5
_LONGEST_SYLLABLE = 4
_STAND_INS = {
    "bloc": frozenset({"igo"}), "organisation": frozenset({"igo", "ngo"}),
    "organization": frozenset({"igo", "ngo"}), "alliance": frozenset({"igo"}),
    "agency": frozenset({"igo", "ngo"}), "group": frozenset({"reb", "ngo", "crm"}),
    "movement": frozenset({"reb"}), "militia": frozenset({"reb"}), "company": frozenset({"bus"}),
    "insurgent": frozenset({"reb"}), "militant": frozenset({"reb"}), "rebel": frozenset({"reb"}),
    "guerrilla": frozenset({"reb"}),
}  # fmt: skip
"""General words that take up a name, with the kinds of actor that they may mean."""
_MAYBE_NAMES = frozenset({"", "NORP", "GPE", "FAC", "PRODUCT"})
"""What the pipeline may take the name of a person or a body for."""
_ARMED = frozenset({"MIL", "REB", "COP", "UAF", "CRM"})


class Cast:
    """The actors of one article. `party(token)` answers for the phrase that `token` heads."""

    def __init__(self, doc: Doc, geoparse: Geoparse, published: date | None = None) -> None:
        self.doc = doc
        self.lemmas = _lemmas(doc)
        self.text = geoparse.text
        spans = SpanFinder(doc)
        self.lands = find_lands(doc, geoparse, spans)
        known = find_known(doc, spans, published)
        self.codes = {land.code for land in self.lands.values()}
        self.named = {i: actor for i, actor in known.items() if self._is_meant(doc[i], actor)}
        for i in (*self.named, *_dateline_roots(geoparse, spans)):
            self.lands.pop(i, None)
        self._parties: dict[int, Party] = {}
        self.described = Descriptions(doc, self.lemmas, self.lands, self.named)
        self.around = Surroundings(doc, self.lands, self.named)
        self.people = People(self.described, self.around, self.lands, self.codes, published)
        self.pronouns = Pronouns(self.people, self.party)

    def _is_meant(self, token: Token, actor: Actor) -> bool:
        """Say whether letters such as "FSA" stand for `actor`: its country or name is near."""
        is_short = token.text.isupper() and len(token.text) <= _LONGEST_ACRONYM
        if not is_short or actor.country_code is None or actor.kind in {"gov", "spy", "cop", "jrn"}:
            return True
        return actor.country_code in self.codes or actor.name in self.text

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
        land = self.lands.get(token.i)
        return land.code if land and land.form not in {"demonym", "part"} else None

    def origin(self, token: Token) -> Party:
        """Return whose the thing is that `token`, one modifier, qualifies: "the Israeli strike"."""
        named = self.named.get(token.i)
        if named and named.kind != "jrn":
            return party_of((named,), sector=named.kind.upper())
        land = self.lands.get(token.i)
        if land is None or land.form in {"place", "part"}:
            return NOBODY
        sector = "GOV" if land.form == "capital" else None
        return party_of((state_actor(land.code, sector),))

    def lemma(self, token: Token) -> str:
        """Return the lemma of `token` in lower case."""
        return self.lemmas[token.i]

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
        land = self.lands.get(token.i)
        sector = others[0].sector if others else None
        is_adjective = land is not None and land.form == "demonym" and token.tag_ != "NNPS"
        if land is None or not is_adjective or sector in {None, "CVL"} or sector not in SECTORS:
            return None
        is_split = token.i + 2 < len(self.doc) and self.doc[token.i + 1].lower_ == "and"
        return party_of_lands([land.code], sector) if is_split else None

    def _single(self, token: Token, *, like: Token | None = None) -> Party:
        word = token.lower_
        is_counting = token.pos_ == "PRON" and self.lemmas[token.i] in _QUANTITIES
        if is_counting and self.described.of(token) is not None:
            return self._phrase(token)
        is_pronoun = token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WDT", "WP$"}
        if is_pronoun and token.i not in self.named and token.i not in self.lands:  # "WHO", "US"
            return self.pronouns.resolve(token, word)
        person = self.people.person_at(token)
        if person is not None:
            return person
        return self._phrase(token, like=like)

    def _phrase(self, token: Token, *, like: Token | None = None) -> Party:
        lemma = self.lemmas[token.i]
        of = self.described.of(token)
        if (lemma in _QUANTITIES or token.tag_ == "CD") and of is not None:
            inner = self.party(of)
            if inner.actors or inner.is_person:
                own = self.described.describe(token)
                return self._narrow(inner, own)
            if of.tag_ == "NNS" and lemma not in _KIN:
                return inner  # "thousands of *emails*" are nobody
        if lemma in _STAND_INS and self._is_stand_in(token):
            known = self.around.last_known(token, _STAND_INS[lemma])
            if known is not None:
                return known
        if lemma in _PAIRS and _has_pair(token):
            both = self.pronouns.last_two(token)
            if both:
                return party_of(both, is_inferred=True)
            role = roles().get(lemma)
            return self.people.named_beside(token) or Party(
                is_person=True, sector=role.sector if role is not None else None
            )
        party = self._identify(token, self.described.describe(token), like)
        return self.people.named_in_apposition(token, party) or party

    def _is_stand_in(self, token: Token) -> bool:
        """Say whether a general word takes up a name: "the bloc", "the group"."""
        lefts = list(token.lefts)
        return (
            len(lefts) == 1
            and lefts[0].lower_ in {"the", "that", "this"}
            and not self.described.of(token)
        )

    def _identify(self, token: Token, own: Description, like: Token | None) -> Party:
        here = self.named.get(token.i)
        if here is not None and here.kind != "jrn" and not _is_modified_away(here, own):
            return party_of((here,), sector=here.kind.upper())
        is_owned = self.lemmas[token.i] in BELONGINGS
        if own.named and (own.role or is_owned or token.ent_type_ == "PERSON"):
            return party_of(
                tuple(dict.fromkeys(own.named)),
                is_person=own.role is not None,
                sector=own.named[0].kind.upper(),
            )
        if own.role is not None:
            return self._long_name(token) or self._by_role(token, own, own.role, like)
        land = self.lands.get(token.i)
        if land is not None and land.form not in {"place", "part"}:
            return self._nation(land, own)
        if token.ent_type_ in {"PERSON", "ORG"}:
            return self._long_name(token) or Party(is_person=True, is_named=True)
        if self._is_name_that_acts(token):
            return Party(is_person=True, is_named=True)
        if token.ent_type_ == "NORP" and token.tag_ in {"NNPS", "NNS"}:
            return Party(is_person=True)  # "the Kurds", a people of no one country
        if self._is_somebody(token):
            codes = [land.code for land in own.lands if land.form == "demonym"]
            return party_of_lands(codes, "CVL") if codes else Party(is_person=True)
        return party_of(tuple(state_actor(code) for code in codes_of(own.lands) if is_owned))

    def _is_name_that_acts(self, token: Token) -> bool:
        """Say whether a name of which nothing is known is a subject: "the *CST* supported"."""
        is_maybe = token.tag_ == "NNP" and token.ent_type_ in _MAYBE_NAMES
        is_plain = bool(token.ent_type_) or not token.is_sent_start  # "*Killings* shook ..."
        return is_maybe and is_plain and token.dep_ == "nsubj" and token.i not in self.lands

    def _long_name(self, token: Token) -> Party | None:
        """Return the body that "the *Front*" takes up: the last whose name ends in that word."""
        is_short = token.tag_ == "NNP" and [child.lower_ for child in token.lefts] == ["the"]
        if not is_short:
            return None
        for i in range(token.i - 1, max(-1, token.i - FAR_BACK), -1):
            other = self.doc[i]
            is_longer = other.text == token.text and any(c.tag_ == "NNP" for c in other.lefts)
            if is_longer:
                party = self.party(other)
                return (
                    replace(party, is_inferred=True, is_named=True) if party.is_somebody else None
                )
        return None

    def _is_somebody(self, token: Token) -> bool:
        """Say whether a noun of no known role looks like what a person is: "a researcher"."""
        lemma = self.lemmas[token.i]
        is_noun = token.tag_ in {"NN", "NNS"} and len(lemma) > _LONGEST_SYLLABLE
        return is_noun and lemma.endswith(_PERSON_ENDINGS) and lemma not in words("not_people")

    def _nation(self, land: Land, own: Description) -> Party:
        """Return a country, its government for its capital, its people for a word of origin."""
        if land.form == "demonym":
            others = [other.code for other in own.lands if other.code != land.code]
            code = others[0] if others else land.code  # "Bosnian Serbs" are of Bosnia
            return party_of_lands([code], "CVL")
        return party_of((state_actor(land.code, "GOV" if land.form == "capital" else None),))

    def _by_role(self, token: Token, own: Description, role: Role, like: Token | None) -> Party:
        codes = codes_of(own.lands)
        sector = role.sector
        if sector == "UAF":
            if not codes:
                return Party(is_person=True, is_armed=True, is_unknown=True, sector="UAF")
            is_plane = self.lemmas[token.i] == "bomber" and token.tag_ == "NNS"
            sector = "MIL" if is_plane else "REB"  # "*Russian bombers*" fly
        if sector == "OPP" and self.lemmas[token.i] in words("protesters"):
            sector = CROWD
        if not codes and like is not None:
            neighbour = self._single(like)
            codes = [actor.country_code for actor in neighbour.actors if actor.country_code][:1]
        if not codes:
            codes, sector = self._by_owner(token, sector)
        codes = codes or self._codes_of_pair(token)
        if codes:
            return party_of_lands(codes, sector)
        titled = self.people.titled(token) if token.ent_type_ != "PERSON" else None
        if titled is not None:
            return titled
        is_of_others = token.tag_ == "NNS" and self.described.of(token) is not None
        is_local = role.weight != "weak" and role.sector in LOCAL_SECTORS and not is_of_others
        is_crowd = role.sector in {"CVL", "LAB", "EDU", "OPP"}
        code = self.around.near_at_home(token) if is_local and is_crowd else None
        if is_local and not is_crowd:
            code = self.people.of_office(token)
        if code is None:
            return Party(is_person=True, sector=role.sector, is_armed=sector in _ARMED)
        return replace(party_of_lands([code], sector), is_inferred=True)

    def _by_owner(self, token: Token, sector: str) -> tuple[list[str], str]:
        """Return the countries of those after "of", and the sector that this leaves.

        Those who back a head of government are none of it themselves.
        """
        inner = self.described.of(token)
        owners = self.party(inner).actors if inner is not None and inner.i != token.i else ()
        lemma = self.lemmas[token.i]
        codes = [
            actor.country_code
            for actor in owners
            if actor.country_code and (lemma in _BACKERS or actor.kind == "state")
        ]
        is_ruled = any(actor.kind == "gov" for actor in owners) and not _is_out_of_office(inner)
        return codes, "CVL" if lemma in _LOYAL and is_ruled else sector

    def _codes_of_pair(self, token: Token) -> list[str]:
        """Return the two countries of "both countries' armies"."""
        for owner in token.lefts:
            if owner.dep_ == "poss" and self.lemmas[owner.i] in _PAIRS and _has_pair(owner):
                both = [a.country_code for a in self.pronouns.last_two(owner) if a.country_code]
                return both or self.around.main_two(owner)
        return []

    def _narrow(self, inner: Party, own: Description) -> Party:
        """Return "leaders of Iran" as its government, "members of Hezbollah" as Hezbollah."""
        states = [actor for actor in inner.actors if actor.kind == "state" and actor.country_code]
        if states and own.role and own.role.sector not in {"CVL", "UAF"}:
            codes = [actor.country_code for actor in states if actor.country_code]
            return party_of_lands(codes, own.role.sector)
        sector = inner.sector or (own.role.sector if own.role and not inner.actors else None)
        return replace(inner, is_person=True, sector=sector)

    @property
    def name_tokens(self) -> frozenset[int]:
        """Return the tokens that head the names of known actors: "IRA" is no place."""
        return frozenset(self.named)


def _is_out_of_office(noun: Token | None) -> bool:
    """Say whether a title is one of the past: "the *jailed former* prime minister"."""
    words_before = () if noun is None else (word for word in noun.subtree if word.i < noun.i)
    return any(word.lower_ in _OUT_OF_OFFICE for word in words_before)


@lru_cache(maxsize=1)
def _title_ends() -> frozenset[str]:
    """Return the last words of titles of two: "general" of "attorney-general"."""
    return frozenset(title.rpartition("-")[2] for title in roles() if "-" in title)


def _lemmas(doc: Doc) -> list[str]:
    """Return the lemma of each token; that of a title's last word is the whole title.

    So a secretary-general and an attorney general are no generals, nor is to co-operate to operate,
    and a cease-fire is no fire. A noun of the lexicon is whole too: "pull-out", "sit-in".
    """
    lemmas = [lemma_of(token) for token in doc]
    texts = [token.text for token in doc]
    for at in (i + 1 for i, text in enumerate(texts[:-1]) if text == "-" and i):
        first = texts[at - 2].lower()
        if first == "co":
            lemmas[at] = f"co{lemmas[at]}"
        if first == "cease" and lemmas[at] == "fire":
            lemmas[at] = "ceasefire"
        if doc[at].tag_[:2] == "NN":
            name = f"{lemmas[at - 2]}-{lemmas[at]}"
            lemmas[at] = name if name in noun_entries() else lemmas[at]
    ends = [at for at, lemma in enumerate(lemmas) if lemma in _title_ends() and at]
    for at in ends:
        before = at - 2 if texts[at - 1] == "-" else at - 1
        title = f"{lemmas[before]}-{lemmas[at]}"
        if title in roles():
            lemmas[at] = title
    return lemmas


def _dateline_roots(geoparse: Geoparse, spans: SpanFinder) -> Iterator[int]:
    """Yield the heads of names that only say where a report was written: "LIMA - Gen. X met"."""
    for resolution in geoparse.resolutions:
        mention = resolution.mention
        root = spans.root(mention.start, mention.end)
        if mention.kind is MentionKind.DATELINE and root is not None:
            yield root.i


def _has_pair(token: Token) -> bool:
    return any(child.lower_ in {"two", "both", "each"} for child in token.children)


def _is_modified_away(here: Actor, own: Description) -> bool:
    """Say whether another country's name stands before: "the Chilean Congress" is Chile's."""
    codes = codes_of(own.lands)
    return bool(codes) and here.country_code is not None and here.country_code not in codes
