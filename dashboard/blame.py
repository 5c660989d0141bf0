"""What people of a text say that others did wrong or are to blame for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.frames import clause_of, counted, prep_objects
from dashboard.links import VIOLENT_NOUNS
from dashboard.needs import SPEAKING_THINGS
from dashboard.ontology import event_types, verb_entries, word_lists
from dashboard.speech import CLAIMING, COPULAS, HOLDING, SAYING, WILL, Speech, is_other, statement
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

CONDEMNING = words("condemning")
"""Words that, said of anything that others did, condemn it: "said the law was *unjust*"."""
COMMITTED = frozenset({"lie", "mistake", "error", "crime", "atrocity", "abuse", "fraud"})
"""What those commit who are blamed for it."""
PLOTS = frozenset(
    {"plot", "conspiracy", "corruption", "fraud", "smuggling", "hack", "murder"}
    | {"poisoning", "interference", "trafficking", "laundering", "meddling", "cover-up"}
)
"""Crimes that are planned, besides deeds of violence."""
_BLAMED = frozenset({"responsible", "behind", "guilty", "complicit", "culpable"})
"""Words that, said of another, accuse: "said that Iran was *behind* the attack"."""
_MENACES = frozenset({"threat", "danger", "obstacle", "enemy", "aggressor", "occupier", "headache"})
_ACCOMPLICES = frozenset(
    {"member", "part", "participant", "leader", "player", "figure", "accomplice", "party"}
)
"""What those are said to be in a plot or a crime who are charged with it."""
_CRIMINAL = frozenset({"criminal", "terrorist", "terror", "smuggling", "crime", "trafficking"})
"""Words that make a crime of what they stand before: "a *criminal* campaign"."""
_WRONGS = words("wrongs")
"""Verbs of wrong that, said of another, accuse: "said that Iran had *violated* the deal"."""
_RUINING = frozenset(
    {"hurt", "harm", "ruin", "destroy", "damage", "devastate", "cripple", "undermine", "wreck"}
    | {"bankrupt", "gut", "endanger", "jeopardise", "jeopardize", "weaken", "decimate"}
)
"""Verbs of harm that somebody's plan does, or will do: "said his plan would *hurt* farmers"."""
_WORSE = frozenset({"worse", "unsafe"})
_WORSENING = frozenset({"worsen", "aggravate", "exacerbate", "inflame"})
"""Verbs of harm that even what nobody is named for may be blamed for: "the raid *worsened*"."""
_BRINGING = frozenset({"cause", "create", "cost", "bring", "provoke", "trigger", "fuel", "spark"})
_FAILING = frozenset({"close", "lose", "die", "suffer", "collapse", "fail", "flee", "starve"})
"""What those let others come to who are blamed for it: "had caused farms to *close*"."""
_HARMED = words("harmed")
"""What those bring about who are blamed for it: "said that he had caused *a crisis*"."""
_LOST = frozenset({"job"})
"""What is harmed by what costs it, not by what brings it: "would *cost jobs*"."""
_INVOLVING = frozenset({"involve", "implicate"})
"""Verbs whose object, with "in", is blamed: "said that Iran was *involved* in the attack"."""


class Blame:
    """Reads who holds others guilty: "said Iran was *behind* it", "had *violated* the deal"."""

    def __init__(self, speech: Speech) -> None:
        self.cast = speech.cast
        self.links = speech.links
        self.speech = speech

    def read(self, token: Token) -> Trigger | None:
        """Read "X said that Y was behind Z", "had violated Z" as an accusation by X."""
        if any(
            c.dep_ == "neg" or (c.tag_ == "MD" and c.lower_ not in WILL) for c in token.children
        ):
            return None
        is_to_come = any(c.tag_ == "MD" for c in token.children)
        source = self.speech.said_by(token, SAYING if is_to_come else HOLDING)
        blame = self._wrong(token) if source.is_somebody else None
        if blame is None or (is_to_come and not self._is_judged(blame)):
            return None
        inner = clause_of(token)
        is_by_other = inner.is_passive and inner.subject is None
        blamed = inner.object if is_by_other else inner.subject
        if blamed is not None and blamed.lower_ == "it":
            blamed = _doer_after(token) or blamed  # "it was a *shame* that they had"
        is_strong = (blame != token and self.cast.lemma(blame) in CONDEMNING) or (
            source.is_public and (blame.lower_ in _WORSE or self.cast.lemma(blame) in _WORSENING)
        )
        is_quoted_alone = self.speech.saying(token, HOLDING) is None
        if (
            blamed is None
            or (is_quoted_alone and not is_strong)
            or self.speech.is_own_side(blamed, source)
        ):
            return None
        target = self.links.whose(blamed)
        saying = self.speech.saying(token)
        is_said = is_quoted_alone or saying is not None
        is_part = self._is_accomplice(blame) and source.is_somebody  # "the fires are *part of a*"
        is_of_thing = (is_strong or is_part) and not target.is_somebody and is_said
        if is_part and saying is not None and self.cast.lemma(saying) in CLAIMING:
            is_of_thing = True  # "claims *he* was part of the plot"
        is_of_others = is_other(target, source, blamed)
        is_left_undone = self.cast.lemma(token) == "fail" and inner.complement is not None
        if is_left_undone and blamed.pos_ == "NOUN" and self.cast.lemma(blamed) in SPEAKING_THINGS:
            is_of_others = True  # "said the *hospital* failed to warn them"
        if not is_of_thing and not is_of_others:
            return None
        return statement(
            "ACCUSE",
            token,
            source,
            target,
            tuple(dict.fromkeys((token, blame, self._crime_of(blame) or blame))),
            mode="allege",
        )

    def _wrong(self, token: Token) -> Token | None:
        """Return the word of a clause that says what is wrong with its subject."""
        lemma = self.cast.lemma(token)
        if lemma in COPULAS:
            after = [word for child in token.rights for word in counted(child)]
            after += [noun for name, noun in prep_objects(token) if name == "in"]  # "is in breach"
            after += [c for c in token.rights if c.dep_ == "xcomp" and c.lower_ == "blame"]
            return next((w for w in after if self._is_blame(w) or self._is_accomplice(w)), None)
        clause = clause_of(token)
        if clause.is_passive:
            causes = {self.cast.lemma(noun) for noun in clause.preps.get("in", ())}
            is_blame = lemma in _INVOLVING and causes & (VIOLENT_NOUNS | PLOTS)
            is_wronged = lemma in _WRONGS and clause.subject is not None  # "were *betrayed* by him"
            return token if is_blame or is_wronged else None
        if lemma == "make":  # "had made things *worse*"
            return next((child for child in token.rights if child.lower_ in _WORSE), None)
        if lemma == "do":  # "had done *nothing*"
            return next((c for c in token.rights if c.lower_ in {"nothing", "little"}), None)
        ruined = clause.complement
        if lemma in _BRINGING and ruined is not None and self.cast.lemma(ruined) in _FAILING:
            return token  # "had *caused* mills to close"
        if lemma in _BRINGING:
            nouns = (child for child in token.rights if child.dep_ == "dobj")
            harmed = _HARMED if lemma == "cost" else _HARMED - _LOST
            return next((noun for noun in nouns if self.cast.lemma(noun) in harmed), None)
        is_ruin = lemma in _RUINING and clause.object is not None
        is_alone = lemma in _WORSENING and clause.object is None  # "the weather *worsened*"
        return token if is_ruin or (lemma in _WRONGS and not is_alone) else None

    def _is_blame(self, word: Token) -> bool:
        """Say whether a word accuses whom it is said of: "was *behind* it", "is a *threat*"."""
        lemma = self.cast.lemma(word)
        is_bad = (
            word.dep_ in {"attr", "acomp", "pobj"}
            and lemma in word_lists()["bad"] | _MENACES | CONDEMNING
        )
        is_bad = is_bad or word.lower_ == "blame"  # "was to *blame*"
        return is_bad or (word.lower_ in _BLAMED and not _is_duty(word))

    def _is_accomplice(self, word: Token) -> bool:
        """Say whether a word makes its subject part of a crime: "was a *member* of the ring"."""
        return self._crime_of(word) is not None

    def _crime_of(self, word: Token) -> Token | None:
        """Return the crime that its subject is said to be part of: "a member of the *plot*"."""
        if self.cast.lemma(word) not in _ACCOMPLICES:
            return None
        of = (n for name, n in prep_objects(word) if name in {"in", "of", "behind"})
        deeds = VIOLENT_NOUNS | PLOTS
        crimes = (
            noun
            for noun in of
            if self.cast.lemma(noun) in deeds or any(c.lower_ in _CRIMINAL for c in noun.lefts)
        )
        return next(crimes, None)

    def _is_judged(self, word: Token) -> bool:
        """Say whether a word judges what is to come: "said the plan would be a *disaster*"."""
        lemma = self.cast.lemma(word)
        return lemma in _RUINING or (word.pos_ in {"NOUN", "ADJ"} and lemma in CONDEMNING)


def _is_duty(word: Token) -> bool:
    """Say whether somebody is responsible for work, not for harm: "*responsible* for printing"."""
    deeds = [noun for name, noun in prep_objects(word) if name == "for" and noun.tag_ == "VBG"]
    return bool(deeds) and not any(
        entry.is_event and event_types()[entry.event_type].is_conflict
        for deed in deeds
        for entry in verb_entries().get(lemma_of(deed), ())
    )


def _doer_after(verb: Token) -> Token | None:
    """Return who did what is judged: "it was wrong that *the firm* had"."""
    below = (c for word in (verb, *verb.rights) for c in word.rights)
    clauses = (c for c in below if c.dep_ in {"ccomp", "advcl", "relcl", "acl"})
    told = (c for c in clauses if any(w.lower_ == "that" for w in c.lefts))
    return next((w for c in told for w in c.lefts if w.dep_ == "nsubj"), None)
