"""What somebody says that amounts to an act: a demand, blame, a promise, a refusal."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.cast import Cast
from dashboard.frames import clause_of, counted, prep_objects
from dashboard.links import VIOLENT_NOUNS, Links
from dashboard.modality import is_no_longer, is_of_neither
from dashboard.needs import NO_OFFICIALS, SPEAKING_THINGS, Needs
from dashboard.ontology import event_types, noun_entries, verb_entries, word_lists
from dashboard.parties import NOBODY, Party
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_STRANGERS = NO_OFFICIALS - {"bus"}
_SAYING = words("saying")
_HOLDING = _SAYING | words("holding")
"""Verbs by which somebody holds that others did wrong, besides those of saying."""
_YIELDING = words("yielding")
_BLAMED = frozenset({"responsible", "behind", "guilty", "complicit", "culpable"})
"""Words that, said of another, accuse: "said that Iran was *behind* the attack"."""
_MENACES = frozenset({"threat", "danger", "obstacle", "enemy", "aggressor", "occupier", "headache"})
_CHARGES = frozenset({"charge", "allegation", "accusation", "claim", "report", "rumour", "rumor"})
_FALSE = frozenset(
    {"false", "untrue", "baseless", "unfounded", "groundless", "ridiculous", "absurd", "nonsense"}
    | {"fabricated", "wrong", "lies", "slander", "rubbish", "unsubstantiated", "preposterous"}
)
"""Words by which a charge is rejected."""
_ATTITUDES = {
    "critical": "ACCUSE", "supportive": "SUPPORT", "grateful": "SUPPORT", "thankful": "SUPPORT",
    "opposed": "REJECT", "dismissive": "REJECT", "scornful": "ACCUSE", "scathing": "ACCUSE",
    "open": "AGREE", "receptive": "AGREE", "amenable": "AGREE",
}  # fmt: skip
"""Adjectives of somebody who stands for or against what a preposition after them names."""
_TOWARDS = frozenset({"of", "to", "about", "for"})
_WEIGHTY = frozenset({"time", "up", "important"})
"""Words by which somebody is asked if it is said who should act: "it is *up* to Mali to"."""
_VITAL = frozenset({"imperative", "essential", "vital", "crucial", "urgent", "necessary"})
_ACCOMPLICES = frozenset(
    {"member", "part", "participant", "leader", "player", "figure", "accomplice", "party"}
)
"""What those are said to be in a plot or a crime who are charged with it."""
_SOOTHING = frozenset(
    {"defuse", "ease", "reduce", "lower", "calm", "end", "resolve", "settle", "improve", "mend"}
    | {"normalise", "normalize", "strengthen", "repair", "rebuild", "restore", "deepen", "boost"}
    | {"deescalate", "overcome", "build", "develop"}
)
_STRAINED = frozenset(
    {"tension", "crisis", "conflict", "standoff", "stand-off", "dispute", "row", "relation", "tie"}
    | {"relationship", "difference", "hostility", "feud", "stalemate", "cooperation", "trust"}
)
"""What those who say that they want to mend it offer to agree on."""
_WISHING = frozenset({"want", "wish", "seek", "hope", "like", "aim", "try", "determine"})
_POSSIBLE = frozenset({"possible", "inevitable", "imminent", "option", "table"})
"""Words for what may come: "sanctions are *possible*", "remain an *option*"."""
_CONSIDERING = frozenset({"consider", "plan", "threaten", "contemplate", "envisage"})
_STEPS = frozenset({"action", "step", "measure", "proceeding", "response", "move"})
_HOSTILE_STEPS = frozenset(
    {"legal", "court", "military", "punitive", "retaliatory", "disciplinary", "criminal"}
    | {"industrial", "strike", "tough", "economic"}
)
_CLAIMING = frozenset({"claim", "allege", "complain", "contend", "charge", "lament"})
"""Verbs by which what others did or left undone is held against them."""
_RULED = frozenset({"opp", "pty", "cvl", "reb", "ngo", "rel", "lab", "edu", "jrn", "ref"})
_RULERS = frozenset({"gov", "mil", "cop", "spy", "jud"})
_KNOWING = frozenset({"know", "realise", "realize", "understand", "see", "recognise", "recognize"})
_WATCHING = frozenset({"igo", "ngo"})
"""Kinds of actors that charge whomever they say to have done wrong."""
_CHARGING = frozenset({"COP", "JUD"})
"""Sectors that charge whomever they name as having done wrong."""
_WHETHER = frozenset({"if", "whether", "how", "what", "who", "unless"})
_DUTIES = frozenset(
    {"act", "respond", "provide", "pay", "meet", "comply", "answer", "honour", "honor", "listen"}
    | {"help", "protect", "consult", "cooperate", "fulfil", "fulfill", "keep", "deliver", "care"}
    | {"respect", "observe", "allow", "inform", "notify", "explain", "deserve", "understand"}
)
"""Verbs of what one owes, which others are blamed for not doing."""
_WRONGLY = words("wrongly")
_HARMED_BY = frozenset({"lie", "mistake", "error", "crime", "atrocity", "abuse", "fraud"})
"""What those commit who are blamed for it."""
_PARTS = frozenset({"role", "part", "involvement", "hand", "merit", "basis", "link"})
"""What those who reject a charge say that they, or the charge, have none of."""
_ABETTING = frozenset(
    {"arm", "back", "equip", "finance", "fund", "harbour", "harbor", "shelter", "sponsor", "supply"}
    | {"support", "train", "aid", "bankroll"}
)
"""Verbs of help for which those are blamed whom it is said to come from."""
_SEEMING = frozenset({"appear", "seem"})
_COPULAS = frozenset({"be", "become", "remain"})
_STRONG = words("condemning")
"""Words that, said of anything that others did, condemn it: "said the law was *unjust*"."""
_GOOD = words("praising")
_WRONGS = words("wrongs")
"""Verbs of wrong that, said of another, accuse: "said that Iran had *violated* the deal"."""
_RUINING = frozenset(
    {"hurt", "harm", "ruin", "destroy", "damage", "devastate", "cripple", "undermine", "wreck"}
    | {"bankrupt", "gut", "endanger", "jeopardise", "jeopardize", "weaken", "decimate"}
)
"""Verbs of harm that somebody's plan does, or will do: "said his plan would *hurt* farmers"."""
_HARMED = words("harmed")
"""What those bring about who are blamed for it: "said that he had caused *a crisis*"."""
_LOST = frozenset({"job"})
"""What is harmed by what costs it, not by what brings it: "would *cost jobs*"."""
_INVOLVING = frozenset({"involve", "implicate"})
"""Verbs whose object, with "in", is blamed: "said that Iran was *involved* in the attack"."""
_PLOTS = frozenset(
    {"plot", "conspiracy", "corruption", "fraud", "smuggling", "hack", "murder"}
    | {"poisoning", "interference", "trafficking", "laundering", "meddling", "cover-up"}
)
_CRIMINAL = frozenset({"criminal", "terrorist", "terror", "smuggling", "crime", "trafficking"})
"""Words that make a crime of what they stand before: "a *criminal* campaign"."""
_BRINGING = frozenset({"cause", "create", "cost", "bring", "provoke", "trigger", "fuel", "spark"})
_FAILING = frozenset({"close", "lose", "die", "suffer", "collapse", "fail", "flee", "starve"})
"""What those let others come to who are blamed for it: "had caused farms to *close*"."""
_SUFFERING = frozenset({"suffer", "endure", "undergo", "face"})
_WORSE = frozenset({"worse", "unsafe"})
_WORSENING = frozenset({"worsen", "aggravate", "exacerbate", "inflame"})
"""Verbs of harm that even what nobody is named for may be blamed for: "the raid *worsened*"."""
_NO_GROUND = words("no_ground")
"""What there is "no" of for those who reject something: "said there was no *reason* to"."""
_SILENCES = frozenset({"be", "have", "know", "comment", "happen", "need", "get", "say"})
"""Verbs that, not done, are no refusal: "said that he would not *comment*"."""
_TRACES = frozenset({"evidence", "proof", "sign", "trace"})
_GUILT = words("wrongs") | words("condemning") | VIOLENT_NOUNS | _CHARGES | _PLOTS | _HARMED_BY
"""What there is no trace of for those who reject a charge: "no evidence of *fraud*"."""
_NEWS = frozenset({"detail", "information", "update", "figure", "comment", "news"})
"""What it is no promise to give: "will provide more *details*"."""
_WORRIES = frozenset({"concern", "alarm", "panic", "worry"})
_SENSES = frozenset({"see", "hear", "use", "feel", "experience", "witness", "imagine", "think"})
"""Verbs of what nobody is charged with, so that "never" denies nothing: "had never *seen* it"."""
_MENACING = words("menacing")
"""Words of a warning that threatens: "warned of *consequences*"."""
_EXPOSED = frozenset({"face", "risk", "incur", "suffer", "pay"})
_PENALTIES = frozenset(
    {"sanction", "sanctions", "suspension", "expulsion", "ban", "boycott", "tariff", "embargo"}
    | {"consequence", "consequences", "reprisal", "retaliation", "prosecution", "fine", "penalty"}
    | {
        "price",
        "action",
        "isolation",
        "measure",
        "strike",
        "strikes",
        "dismissal",
        "charge",
        "charges",
    }
)
"""What those could face who are threatened with it: "said that it could face *a boycott*"."""
_MENACERS = frozenset({"gov", "state", "mil", "reb", "leg", "spy", "igo", "opp"})
"""Kinds of actors whose warnings are no advice."""
_TOLD = frozenset({"ROOT", "ccomp", "conj", "xcomp"})
"""Where a verb stands that says what somebody says."""
_NOT = frozenset({"not", "n't", "never", "neither"})
_DID = frozenset({"did", "has", "have", "had"})
_INSISTING = frozenset({"insist", "maintain", "contend"})
"""Verbs by which what somebody charges is said not to be so."""
_MUST = frozenset({"must", "should", "ought"})
_OTHERS = frozenset({"they", "you", "anyone", "everyone", "everybody", "nobody"})
"""Pronouns for others than a single speaker."""
_UNITING = frozenset({"unite", "reconcile", "drop", "bury", "cooperate", "forgive"})
"""Verbs by which whoever says "we" asks others as well: "we must *bury* the past"."""
_OBLIGING = frozenset({"need", "have"})
"""Verbs that with "to" ask like "must": "said that Iran *has to* explain"."""
_WILL = frozenset({"will", "would", "'ll", "wo", "shall"})
_HARMS = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "SANCTION"})
"""Types of deeds that are threatened by whoever says that they may be done."""
_MAY = frozenset({"may", "might", "could"})
_TELLING = frozenset(
    {
        "say",
        "announce",
        "declare",
        "state",
        "confirm",
        "tell",
        "add",
        "reiterate",
        "insist",
        "quote",
        "pledge",
        "stress",
        "emphasise",
        "emphasize",
        "maintain",
        "repeat",
        "signal",
        "indicate",
    }
)
_CLOSE = 12
"""Tokens from a verb of saying to what is said within which both tell a statement."""
_DEALING = frozenset({"engage", "cooperate", "consult", "negotiate", "talk", "collaborate"})
_LEAVING = frozenset({"resign", "quit", "leave", "walk", "strike", "sue", "split"})
"""What those threaten with who say that they will do it unless something else is done."""
_AT_WORK = frozenset({"LAB", "MED", "EDU", "JRN", "BUS", "AGR"})
"""Sectors of those who threaten to walk out though nobody knows them."""
_ESCALATING = frozenset({"step", "ramp", "scale", "intensify", "escalate", "widen", "expand"})
"""Verbs by which violence or sanctions grow: "may *step up* its raids"."""
_ANSWERING = frozenset({"respond", "react", "retaliate", "reply", "strike", "defend"})
_OWN_BODIES = frozenset({"country", "nation", "government", "company", "party", "group", "union"})
"""What those who speak for it call by no name: "the minister said *the country* would"."""
_ANSWERED = ("object", "dative", "clause", "to", "with")
_MEETING_VERBS = frozenset({"meet", "visit", "talk", "negotiate", "attend", "host"})


class Statements:
    """Reads the demands, the blame and the answers in what people of a text say."""

    def __init__(self, cast: Cast, links: Links, needs: Needs) -> None:
        self.cast = cast
        self.links = links
        self.needs = needs
        lists = word_lists()
        self._negotiable = lists["talks"] | lists["deal"] | lists["demand"]

    def read(self, token: Token) -> Trigger | None:
        """Return the statement whose verb is `token`."""
        is_told = token.dep_ in _TOLD or _is_made_clear(token)
        if not is_told and self.cast.lemma(token) != "warn":
            return None
        found = (
            self._demand(token)
            or self._attitude(token)
            or self._need(token)
            or self._wish(token)
            or self._prospect(token)
            or self._rebuttal(token)
            or self._denial(token)
            or self._blame(token)
            or self._charge(token)
            or self._praise(token)
            or self._exposure(token)
            or self._answer(token)
            or self._warning(token)
        )
        return self._with_saying(found) if found is not None else None

    def _with_saying(self, trigger: Trigger) -> Trigger:
        """Return a statement with the verb close before it by which somebody makes it."""
        first = min(word.i for word in trigger.words)
        saying = self._saying(trigger.token)
        if saying is None or not 0 < first - saying.i <= _CLOSE:
            return trigger
        return replace(trigger, words=(saying, *trigger.words))

    def _demand(self, token: Token) -> Trigger | None:
        """Read "X said that Y must, should, has to do Z" as a request of X to Y."""
        is_told = self.cast.lemma(token.head) in _SAYING | _OBLIGING or token.dep_ == "ROOT"
        if token.tag_ not in {"VB", "VBN"} or not is_told:
            return None
        asked = token.head if self.cast.lemma(token.head) in _OBLIGING else token
        modals = (c for c in token.children if c.lower_ in _MUST and c.dep_ == "aux")
        modal = token.head if asked != token else next(modals, None)
        if any(child.tag_ == "MD" for child in asked.lefts if child != modal):
            return None  # "will need to"
        if modal is None or (asked != token and token.dep_ not in {"xcomp", "ccomp"}):
            return None
        is_strict = modal.lower_ == "must" or asked.dep_ == "ccomp"
        source = self._said_by(asked) if is_strict else NOBODY
        if not source.is_somebody:
            return None
        inner = clause_of(token)
        asked_of = inner.object if inner.is_passive else inner.subject
        target = self.cast.party(asked_of) if asked_of is not None else NOBODY
        is_other = _is_of_others(target, source) or _is_another(target, source, asked_of)
        is_of_thing = inner.is_passive and not target.is_somebody  # "the ban should be lifted"
        if asked != token and not (target.is_public or is_of_thing):
            return None  # "the pupils *have to* wait"
        if not (is_other or is_of_thing or self._is_addressed(asked_of, target, source)):
            return None
        return Trigger(
            token=token, event_type="REQUEST", mode=None, source=source, target=target,
            words=(modal, token), complement=token, clause=inner, is_declared=True,
        )  # fmt: skip

    def _attitude(self, token: Token) -> Trigger | None:
        """Read "X is critical of Y", "was supportive of Z" as what X says of it."""
        if self.cast.lemma(token) not in _COPULAS or any(c.dep_ == "neg" for c in token.children):
            return None
        said = (c for c in token.rights if c.dep_ == "acomp" and c.lower_ in _ATTITUDES)
        word = next(said, None)
        nouns = [] if word is None else [n for name, n in prep_objects(word) if name in _TOWARDS]
        speaker = clause_of(token).subject
        if word is None or speaker is None or not nouns:
            return None
        if word.lower_ == "open" and self.cast.lemma(nouns[0]) not in self._negotiable:
            return None  # "is open to visitors"
        source = self._speaker(speaker)
        if not source.is_somebody:
            return None
        return Trigger(
            token=token, event_type=_ATTITUDES[word.lower_], mode=None, source=source,
            target=self.links.whose(nouns[0]), words=(token, word), clause=clause_of(token),
            is_declared=True,
        )  # fmt: skip

    def _need(self, token: Token) -> Trigger | None:
        """Read "X said that there was a need to do Z", "it is vital that" as a request by X."""
        if token.dep_ not in {"ccomp", "ROOT"} or self.cast.lemma(token) != "be":
            return None
        starts = {child.lower_ for child in token.lefts}
        said = [c for c in token.rights if c.dep_ in {"attr", "acomp"} or c.lower_ == "up"]
        beside = [*token.children, *(c for word in said for c in word.lefts)]
        if any(c.dep_ == "neg" or c.lower_ == "no" for c in beside):
            return None
        is_there = (c for c in said if c.lower_ == "need" and "there" in starts and _is_of(c))
        is_vital = (
            c
            for c in said
            if c.lower_ in _VITAL and "it" in starts and (_has_that(token) or _has_that(c))
        )
        whom = _whose_turn(token)
        is_turn = (c for c in said if c.lower_ in _WEIGHTY and "it" in starts and whom is not None)
        word = next(chain(is_there, is_vital, is_turn), None)
        source = self._said_by(token) if word is not None else NOBODY
        if word is None or not source.is_somebody:
            return None
        asked = whom.head if whom is not None and whom.dep_ == "nsubj" else None
        target = self.cast.party(whom) if whom is not None else NOBODY
        if word.lower_ in _WEIGHTY and not (
            target.is_somebody and (source.is_public or source.is_named)
        ):
            return None
        return Trigger(
            token=token, event_type="REQUEST", mode=None, source=source, target=target,
            words=(token, word, asked or word), complement=asked, clause=clause_of(token),
            is_declared=True,
        )  # fmt: skip

    def _wish(self, token: Token) -> Trigger | None:
        """Read "X said it *wanted to ease tensions*" as an offer of X to do so."""
        verb, clause = token.head, clause_of(token)
        is_wish = token.dep_ == "xcomp" and self.cast.lemma(verb) in _WISHING
        is_wish = is_wish and self.cast.lemma(token) in _SOOTHING and clause.object is not None
        if not is_wish or any(c.dep_ == "neg" or c.lower_ == "would" for c in verb.children):
            return None
        nouns = [] if clause.object is None else list(counted(clause.object))
        source = NOBODY if clause.subject is None else self._speaker(clause.subject)
        if not source.is_public or not any(self.cast.lemma(n) in _STRAINED for n in nouns):
            return None
        target = self.links.aimed_at(clause, exclude=source)
        return Trigger(
            token=token, event_type="AGREE", mode=None, source=source, target=target,
            words=(verb, token), complement=token, clause=clause, is_declared=True,
        )  # fmt: skip

    def _prospect(self, token: Token) -> Trigger | None:
        """Read "X said that sanctions were possible", "legal action is planned" as a threat."""
        deed = next((c for c in token.lefts if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if deed is None or token.dep_ != "ccomp" or not self._is_harmful(deed):
            return None
        said = [c for c in token.rights if c.dep_ in {"acomp", "attr"}]
        said += [noun for name, noun in prep_objects(token) if name == "on"]
        is_passive = deed.dep_ == "nsubjpass" and self.cast.lemma(token) in _CONSIDERING
        is_copula = self.cast.lemma(token) in _COPULAS
        word = next((c for c in said if is_copula and self.cast.lemma(c) in _POSSIBLE), None)
        word = token if is_passive else word
        beside = [*token.children, *(() if word is None else word.lefts), *deed.lefts]
        if word is None or any(c.dep_ == "neg" or c.lower_ == "no" for c in beside):
            return None
        source = self._said_by(token)
        if not (source.is_public or source.is_named):
            return None
        aims = [noun for name, noun in prep_objects(deed) if name in {"against", "on"}]
        return Trigger(
            token=token, event_type="THREATEN", mode=None, source=source,
            target=self.links.whose(aims[0]) if aims else NOBODY,
            words=tuple(dict.fromkeys((deed, token, word))), complement=token,
            clause=clause_of(token), is_declared=True,
        )  # fmt: skip

    def _is_harmful(self, noun: Token) -> bool:
        """Say whether a noun names a hostile deed, or steps that its modifier calls so."""
        lemma = self.cast.lemma(noun)
        if lemma in _STEPS:
            return any(self.cast.lemma(child) in _HOSTILE_STEPS for child in noun.lefts)
        return any(entry.event_type in _HARMS for entry in noun_entries().get(lemma, ()))

    def _charge(self, token: Token) -> Trigger | None:
        """Read "X *claimed* that Y had (not) done Z" as an accusation, if Z is bad or left undone.

        Whoever only says it must be one who charges others: a body between states, a court, a
        state that speaks of another; or speak of what is bad in itself.
        """
        lemma, speaker = self.cast.lemma(token), clause_of(token).subject
        told = next((child for child in token.children if child.dep_ == "ccomp"), None)
        if speaker is None or told is None or lemma not in _CLAIMING | _HOLDING:
            return None
        if any(c.tag_ == "MD" or c.lower_ in _WHETHER for c in told.children):
            return None
        inner, source = clause_of(told), self._speaker(speaker)
        is_claim = lemma in _CLAIMING
        is_bare_passive = is_claim or self._is_wrongful(told)
        charged = inner.subject or (inner.object if is_bare_passive else None)
        if charged is None or not source.is_somebody or self._blame(told) is not None:
            return None
        if self._is_own(charged, source):
            return None
        target = self.links.whose(charged)
        if not self._is_charged(told, source, target, is_claim=is_claim):
            return None
        if lemma == "say" and told.i < token.i and not self._is_quoted(told):
            return None  # "the raid killed two, officials said": that is how it is known
        is_bare = not (source.actors and target.actors) and _is_another(target, source, charged)
        is_of_thing = inner.subject is None and is_bare_passive
        is_of_thing = is_of_thing and (is_claim or not target.is_somebody)  # "claims he was beaten"
        if is_claim and self.cast.lemma(told) in _SUFFERING and inner.object is not None:
            # "claimed that *they suffered torture*"
            is_of_thing = self.cast.lemma(inner.object) in VIOLENT_NOUNS | {"abuse"}
        is_of_others = _is_of_others(target, source) or _is_of_rulers(target, source)
        if not (is_of_others or is_bare or is_of_thing):
            return None
        return Trigger(
            token=token, event_type="ACCUSE", mode="allege", source=source, target=target,
            words=(token,), clause=clause_of(token), is_declared=True,
        )  # fmt: skip

    def _is_own(self, noun: Token, source: Party) -> bool:
        """Say whether somebody speaks of their own side: "said that *his* men had shot"."""
        owner = next((child for child in noun.lefts if child.dep_ == "poss"), None)
        if owner is None or owner.pos_ != "PRON":
            return False
        is_same = not source.actors or self.cast.party(owner).actors == source.actors
        return owner.lower_ in {"my", "our"} or is_same

    def _is_quoted(self, told: Token) -> bool:
        return told.i in self.cast.pronouns.quoted

    def _is_charged(self, told: Token, source: Party, target: Party, *, is_claim: bool) -> bool:
        """Say whether a clause tells a wrong that `target` did, or a duty not done."""
        is_undone = any(child.dep_ == "neg" for child in told.children)
        if is_undone:
            is_little = any(word.lower_ == "enough" for word in told.subtree)
            return is_claim or is_little or self.cast.lemma(told) in _DUTIES
        if self._is_wrongful(told):
            return True
        if is_claim and self.cast.lemma(told) in _SUFFERING:
            return True
        is_accuser = is_claim or any(actor.kind in _WATCHING for actor in source.actors)
        is_accuser = is_accuser or (source.sector in _CHARGING and target.is_named)
        is_accuser = is_accuser or (_is_of_states(source) and _is_of_states(target))
        is_accuser = is_accuser or _is_of_rulers(target, source)
        is_bad = self.needs.is_misdeed(told) or self._abets(told)
        return is_accuser and not target.is_unknown and is_bad

    def _abets(self, told: Token) -> bool:
        """Say whether a clause tells of help for those who fight: "had *armed* the rebels"."""
        helped = clause_of(told).object
        is_help = self.cast.lemma(told) in _ABETTING
        return is_help and helped is not None and self.needs.is_kind(helped, "armed")

    def _is_wrongful(self, told: Token) -> bool:
        """Say whether a word of a clause calls what it tells wrong: "were *unlawfully* shot"."""
        if any(child.lower_ in _WRONGLY for child in told.children):
            return True
        nouns = [noun for child in told.rights if child.dep_ == "dobj" for noun in counted(child)]
        return any(self.cast.lemma(noun) in _STRONG | _HARMED_BY for noun in nouns)

    def _is_addressed(self, asked: Token | None, target: Party, source: Party) -> bool:
        """Say whether others are asked, whoever they are: "*they* should", "the *bank* must".

        What no body or person is can be asked of nobody: "the war must end".
        """
        if asked is None:
            return False
        if asked.lower_ == "we":
            return self.cast.lemma(asked.head) in _UNITING
        if asked.lower_ in _OTHERS:
            own = {actor.actor_id for actor in source.actors}
            return not own & {actor.actor_id for actor in target.actors}
        return asked.pos_ != "PRON" and self.needs.is_kind(asked, "speaker")

    def _rebuttal(self, token: Token) -> Trigger | None:
        """Read "X said the charges were false", "had no part in it" as a rejection by X."""
        outer = token.head if token.dep_ == "xcomp" and token.head.lemma_ in _SEEMING else token
        head = outer.head
        if outer.dep_ not in {"ccomp", "conj"} or self.cast.lemma(head) not in _SAYING:
            return None
        speaker, inner = clause_of(head).subject, clause_of(token)
        words = self._of_charges(token, inner.subject) or self._of_no_part(inner.object)
        if speaker is None or words is None or words.i < token.i:
            return None
        return Trigger(
            token=token, event_type="REJECT", mode=None, source=self._speaker(speaker),
            target=NOBODY, words=(token, words), clause=inner, is_declared=True,
        )  # fmt: skip

    def _denial(self, token: Token) -> Trigger | None:
        """Read "X said that it had not fired", "that there was no reason to" as a rejection."""
        if token.dep_ != "ccomp" or self.cast.lemma(token.head) not in _SAYING:
            return None
        speaker, inner = clause_of(token.head).subject, clause_of(token)
        told = inner.object if inner.is_passive else inner.subject
        if speaker is None or told is None or token.i < token.head.i:
            return None
        source = self._speaker(speaker)
        word = self._none_of(token) or self._not_done(token, told, source)
        if word is None or not (source.is_public or source.is_named or source.sector == "BUS"):
            return None
        return Trigger(
            token=token, event_type="REJECT", mode=None, source=source, target=NOBODY,
            words=tuple(sorted((token, word), key=lambda w: w.i)), clause=inner, is_declared=True,
        )  # fmt: skip

    def _none_of(self, token: Token) -> Token | None:
        """Return what a clause says there is none of: "found no *evidence*"."""
        nouns = (c for c in token.rights if c.dep_ in {"attr", "dobj", "nsubj"})
        word = next((noun for noun in nouns if self.cast.lemma(noun) in _NO_GROUND), None)
        if word is None or not any(c.lower_ == "no" for c in word.lefts):
            return None
        of = {self.cast.lemma(below) for below in word.subtree} - {self.cast.lemma(word)}
        is_trace = self.cast.lemma(word) in _TRACES and of.isdisjoint(_GUILT)
        return None if is_trace or of & _WORRIES else word

    def _not_done(self, token: Token, subject: Token, source: Party) -> Token | None:
        """Return the word by which a clause says that `source` did not do something bad.

        Or, after "insisted", that anybody did not do anything.
        """
        word = next((c for c in (*token.children, *subject.lefts) if c.lower_ in _NOT), None)
        if self.cast.lemma(token.head) in _INSISTING:
            return word
        is_told = token.tag_ == "VBD" or any(c.lower_ in _DID for c in token.children)
        is_own = bool({*self.cast.party(subject).actors} & {*source.actors}) or (
            self.cast.party(subject).actors == source.actors
        )
        if self.cast.lemma(token) in _SENSES:
            return None
        is_flat = word is not None and word.lower_ in {"never", "neither"}
        is_bad = self.needs.is_hostile(token) or is_flat
        return word if is_told and is_own and is_bad else None

    def _of_charges(self, token: Token, subject: Token | None) -> Token | None:
        """Return the word by which a charge is called false."""
        if subject is None or self.cast.lemma(subject) not in _CHARGES:
            return None
        said = (child for child in token.children if child.dep_ in {"acomp", "attr"})
        return next((word for word in said if word.lower_ in _FALSE), None)

    def _of_no_part(self, noun: Token | None) -> Token | None:
        """Return the noun of "no part", "no merit", or "nothing" of "nothing to do with it"."""
        if noun is not None and noun.lower_ == "nothing":
            return noun if any(lemma_of(child) == "do" for child in noun.rights) else None
        if noun is None or self.cast.lemma(noun) not in _PARTS:
            return None
        return noun if any(child.lower_ == "no" for child in noun.lefts) else None

    def _blame(self, token: Token) -> Trigger | None:
        """Read "X said that Y was behind Z", "had violated Z" as an accusation by X."""
        if any(
            c.dep_ == "neg" or (c.tag_ == "MD" and c.lower_ not in _WILL) for c in token.children
        ):
            return None
        is_to_come = any(c.tag_ == "MD" for c in token.children)
        source = self._said_by(token, _SAYING if is_to_come else _HOLDING)
        blame = self._wrong(token) if source.is_somebody else None
        if blame is None or (is_to_come and not self._is_judged(blame)):
            return None
        inner = clause_of(token)
        is_by_other = inner.is_passive and inner.subject is None
        blamed = inner.object if is_by_other else inner.subject
        if blamed is not None and blamed.lower_ == "it":
            blamed = _doer_after(token) or blamed  # "it was a *shame* that they had"
        is_strong = (blame != token and self.cast.lemma(blame) in _STRONG) or (
            source.is_public and (blame.lower_ in _WORSE or self.cast.lemma(blame) in _WORSENING)
        )
        is_quoted_alone = self._saying(token, _HOLDING) is None
        if blamed is None or (is_quoted_alone and not is_strong) or self._is_own(blamed, source):
            return None
        target = self.links.whose(blamed)
        saying = self._saying(token)
        is_said = is_quoted_alone or saying is not None
        is_part = self._is_accomplice(blame) and source.is_somebody  # "the fires are *part of a*"
        is_of_thing = (is_strong or is_part) and not target.is_somebody and is_said
        if is_part and saying is not None and self.cast.lemma(saying) in _CLAIMING:
            is_of_thing = True  # "claims *he* was part of the plot"
        is_of_others = _is_of_others(target, source) or _is_another(target, source, blamed)
        is_left_undone = self.cast.lemma(token) == "fail" and inner.complement is not None
        if is_left_undone and blamed.pos_ == "NOUN" and self.cast.lemma(blamed) in SPEAKING_THINGS:
            is_of_others = True  # "said the *hospital* failed to warn them"
        if not is_of_thing and not is_of_others:
            return None
        return Trigger(
            token=token, event_type="ACCUSE", mode="allege", source=source, target=target,
            words=tuple(dict.fromkeys((token, blame, self._crime_of(blame) or blame))),
            clause=clause_of(token), is_declared=True,
        )  # fmt: skip

    def _is_judged(self, word: Token) -> bool:
        """Say whether a word judges what is to come: "said the plan would be a *disaster*"."""
        lemma = self.cast.lemma(word)
        return lemma in _RUINING or (word.pos_ in {"NOUN", "ADJ"} and lemma in _STRONG)

    def _said_by(self, token: Token, verbs: Container[str] = _SAYING) -> Party:
        """Return who says what `token` tells, or whose quote the sentence stands in."""
        saying = self._saying(token, verbs)
        if saying is not None:
            speaker = clause_of(saying).subject
            return self._speaker(speaker) if speaker is not None else NOBODY
        is_whole = token.dep_ == "ROOT" and token.i in self.cast.pronouns.quoted
        return self.cast.pronouns.resolve(token, "i") if is_whole else NOBODY

    def _saying(self, token: Token, verbs: Container[str] = _SAYING) -> Token | None:
        """Return the verb by which somebody says what `token` tells."""
        first = token
        while first.dep_ == "conj" and self.cast.lemma(first.head) not in verbs:
            first = first.head
        while first.dep_ == "ccomp" and self._is_known(first.head):
            first = first.head
        is_said = first.dep_ in {"ccomp", "conj"} and self.cast.lemma(first.head) in verbs
        return first.head if is_said else None

    def _is_known(self, verb: Token) -> bool:
        """Say whether somebody says that it is known: "said that *we know* that they lied"."""
        is_known = self.cast.lemma(verb) in _KNOWING and verb.dep_ == "ccomp"
        return is_known and not any(child.dep_ == "neg" for child in verb.children)

    def _wrong(self, token: Token) -> Token | None:
        """Return the word of a clause that says what is wrong with its subject."""
        lemma = self.cast.lemma(token)
        if lemma in _COPULAS:
            after = [word for child in token.rights for word in counted(child)]
            after += [noun for name, noun in prep_objects(token) if name == "in"]  # "is in breach"
            after += [c for c in token.rights if c.dep_ == "xcomp" and c.lower_ == "blame"]
            return next((w for w in after if self._is_blame(w) or self._is_accomplice(w)), None)
        clause = clause_of(token)
        if clause.is_passive:
            causes = {self.cast.lemma(noun) for noun in clause.preps.get("in", ())}
            is_blame = lemma in _INVOLVING and causes & (VIOLENT_NOUNS | _PLOTS)
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

    def _praise(self, token: Token) -> Trigger | None:
        """Read "X said that Y was a friend" as support of Y by X."""
        if token.dep_ != "ccomp" or self.cast.lemma(token) != "be":
            return None
        if self.cast.lemma(token.head) not in _SAYING or token.i < token.head.i:
            return None
        if any(c.dep_ == "neg" or c.tag_ == "MD" for c in token.children):
            return None
        after = (child for child in token.rights if child.dep_ in {"attr", "acomp"})
        good = next((child for child in after if self.cast.lemma(child) in _GOOD), None)
        speaker, praised = clause_of(token.head).subject, clause_of(token).subject
        if good is None or speaker is None or praised is None:
            return None
        source, target = self._speaker(speaker), self.cast.party(praised)
        if not _is_of_others(target, source) and not _is_another(target, source, praised):
            return None
        return Trigger(
            token=token, event_type="SUPPORT", mode=None, source=source, target=target,
            words=(token, good), clause=clause_of(token), is_declared=True,
        )  # fmt: skip

    def _warning(self, token: Token) -> Trigger | None:
        """Read "X warned that ... attack", "warned of consequences" as a threat by X."""
        if self.cast.lemma(token) != "warn" or token.dep_ in {"xcomp", "advcl", "amod"}:
            return None
        clause = clause_of(token)
        if clause.subject is None or clause.is_passive:
            return None
        source = self.cast.party(clause.subject)
        if not any(actor.kind in _MENACERS for actor in source.actors):
            return None
        below = [w for child in token.rights for w in child.subtree]
        if not any(self.cast.lemma(word) in _MENACING for word in below):
            return None
        return Trigger(
            token=token, event_type="THREATEN", mode=None, source=source,
            target=self.links.verb_links(("object", "clause"), clause, exclude=source),
            words=(token,), complement=clause.complement, clause=clause, is_declared=True,
        )  # fmt: skip

    def _exposure(self, token: Token) -> Trigger | None:
        """Read "X said Y *could face sanctions*" as a threat by X."""
        clause = clause_of(token)
        is_told = token.dep_ == "ccomp" and self.cast.lemma(token) in _EXPOSED
        is_told = is_told and any(c.lower_ in _MAY | _WILL for c in token.children)
        if not is_told or clause.object is None or clause.subject is None or clause.is_passive:
            return None
        faced = next((n for n in counted(clause.object) if self.cast.lemma(n) in _PENALTIES), None)
        source, target = self._said_by(token), self.links.whose(clause.subject)
        is_of_others = _is_of_others(target, source) or _is_another(target, source, clause.subject)
        is_of_others = is_of_others or clause.subject.lower_ in _OTHERS
        saying = self._saying(token)
        speaker = clause_of(saying).subject if saying is not None else None
        is_body = (
            speaker is not None and self.cast.lemma(speaker) in SPEAKING_THINGS
        )  # "the *league* said"
        if faced is None or not (source.is_public or is_body) or not (is_of_others or is_body):
            return None
        return Trigger(
            token=token, event_type="THREATEN", mode=None, source=source, target=target,
            words=(token, faced), complement=token, clause=clause, is_declared=True,
        )  # fmt: skip

    def _speaker(self, subject: Token) -> Party:
        """Return who speaks, by themselves or in a paper: "a *UN report* said"."""
        return self.links.maker(subject, self.cast.party(subject))

    def _is_blame(self, word: Token) -> bool:
        lemma = self.cast.lemma(word)
        is_bad = (
            word.dep_ in {"attr", "acomp", "pobj"}
            and lemma in word_lists()["bad"] | _MENACES | _STRONG
        )
        is_bad = is_bad or word.lower_ == "blame"  # "was to *blame*"
        return is_bad or (word.lower_ in _BLAMED and not _is_duty(word))

    def _is_accomplice(self, word: Token) -> bool:
        """Say whether a word makes its subject part of a crime: "was a *member* of the ring"."""
        return self._crime_of(word) is not None

    def _crime_of(self, word: Token) -> Token | None:
        if self.cast.lemma(word) not in _ACCOMPLICES:
            return None
        of = (n for name, n in prep_objects(word) if name in {"in", "of", "behind"})
        deeds = VIOLENT_NOUNS | _PLOTS
        crimes = (
            noun
            for noun in of
            if self.cast.lemma(noun) in deeds or any(c.lower_ in _CRIMINAL for c in noun.lefts)
        )
        return next(crimes, None)

    def _answer(self, token: Token) -> Trigger | None:
        """Read "X said it would (not) allow Y", "X is ready to meet Y" as agreeing or refusing."""
        is_ready = _is_ready(token)
        auxiliaries = {c.lower_: c for c in token.children if c.dep_ == "aux"}
        is_over = "have" in auxiliaries  # "*would have* allowed" what was not asked
        modal = None if is_over else next((auxiliaries[w] for w in _WILL & {*auxiliaries}), None)
        modal = modal or (None if is_over else self._menacing_modal(token, auxiliaries))
        is_refused = any(c.dep_ == "neg" or is_of_neither(c) for c in token.children)
        is_answer = (modal is not None and modal.lower_ in _MAY) or (
            self.cast.lemma(token) in _YIELDING
            or (is_refused and self.cast.lemma(token) not in _SILENCES)
            or self._hits_back(token)
            or self._is_costly(token)
            or self._goes_on(token)
        )
        if not is_ready and (modal is None or not is_answer):
            return None
        clause = clause_of(token)
        if clause.subject is None or clause.is_passive:
            return None
        source = self._own_party(token, clause.subject)
        is_official = any(actor.kind not in _STRANGERS for actor in source.actors) or (
            source.is_public and not source.actors
        )
        is_official = is_official or (source.sector in _AT_WORK and self._is_costly(token))
        is_own_word = source.is_inferred and self._is_speaker(token, source)
        if (
            not is_official
            or (source.is_inferred and not is_own_word)
            or (not is_refused and not self._is_harm(token) and _has_particle(token))
            or (clause.object is not None and self.cast.lemma(clause.object) in _NEWS)
        ):
            return None
        if not is_ready and not self._speaks_for(token, source):
            return None
        kind = self._answer_type(token, modal, is_ready=is_ready)
        if kind is None:
            return None
        clause.complement = clause.complement or token
        first = token.head if is_ready or modal is None else modal
        return Trigger(
            token=token,
            event_type=kind,
            mode=None,
            source=source,
            target=self.links.verb_links(_ANSWERED, clause, exclude=source),
            words=tuple(sorted((first, token), key=lambda word: word.i)),
            complement=token,
            clause=clause,
            is_declared=True,
        )

    def _hits_back(self, token: Token) -> bool:
        """Say whether a verb answers violence or with it: "would *respond* with force"."""
        is_answer = self.cast.lemma(token) in _ANSWERING
        return is_answer and any(
            self.cast.lemma(word) in _MENACING for word in token.subtree if word != token
        )

    def _goes_on(self, token: Token) -> bool:
        """Say whether talks or common work are to go on: "will *continue* to engage"."""
        inner = clause_of(token).complement if self.cast.lemma(token) == "continue" else None
        return inner is not None and self.cast.lemma(inner) in _DEALING

    def _is_costly(self, token: Token) -> bool:
        """Say whether harm, or leaving, hangs on a condition: "will *strike* unless ..."."""
        marks = {w.lower_ for c in token.children if c.dep_ == "advcl" for w in c.lefts}
        is_harm = self._is_harm(token) or self.cast.lemma(token) in _LEAVING
        return bool(marks & {"if", "unless"}) and is_harm

    def _own_party(self, token: Token, subject: Token) -> Party:
        """Return who answers; whoever speaks of "the country" or as an unknown "he" is it."""
        party = self.cast.party(subject)
        told = token.head.head if _is_ready(token) else token
        is_own = subject.pos_ == "PRON" or self.cast.lemma(subject) in _OWN_BODIES
        is_own = is_own and (told == token or self.cast.lemma(token) in _YIELDING | _MEETING_VERBS)
        if party.is_public or party.is_named or not is_own or told.dep_ != "ccomp":
            return party
        speaker = clause_of(told.head).subject if self.cast.lemma(told.head) in _TELLING else None
        return self._speaker(speaker) if speaker is not None else party

    def _menacing_modal(self, token: Token, auxiliaries: Mapping[str, Token]) -> Token | None:
        """Return the "may" by which somebody says that they may do harm: "said it *may* cut"."""
        modal = next((auxiliaries[word] for word in _MAY & {*auxiliaries}), None)
        if modal is None or token.dep_ != "ccomp":
            return None
        if not self._is_harm(token):
            return None
        is_refused = any(child.dep_ == "neg" for child in token.children)
        return modal if self.cast.lemma(token.head) in _SAYING and not is_refused else None

    def _is_harm(self, token: Token) -> bool:
        is_fierce = self.cast.lemma(token) in words("hostile_verbs")
        is_harm = is_fierce or self.needs.is_misdeed(token, _HARMS)
        return self._escalates(token) or (is_harm and self.needs.is_hostile(token) is True)

    def _escalates(self, token: Token) -> bool:
        """Say whether violence or sanctions are to grow: "may *step up* its raids"."""
        grown = clause_of(token).object if self.cast.lemma(token) in _ESCALATING else None
        if grown is None or any(c.lower_ == "down" for c in token.rights):
            return False
        lemma = self.cast.lemma(grown)
        return lemma in VIOLENT_NOUNS | word_lists()["sanctions"] | word_lists()["attack"]

    def _is_speaker(self, token: Token, source: Party) -> bool:
        """Say whether "it" of "X said *it* would" is X."""
        told = token.head.head if _is_ready(token) else token  # "said she *was* ready to talk"
        speaker = clause_of(told.head).subject if told.dep_ == "ccomp" else None
        return speaker is not None and self.cast.party(speaker).actors == source.actors

    def _answer_type(self, token: Token, modal: Token | None, *, is_ready: bool) -> str | None:
        around = [*token.children, *(token.head.head.children if is_ready else ())]
        is_refused = any(c.dep_ == "neg" or is_no_longer(c) or is_of_neither(c) for c in around)
        is_meeting = self.cast.lemma(token) in _MEETING_VERBS
        if is_meeting and modal is not None and modal.lower_ != "would" and not is_refused:
            return None  # a meeting to come is told as such
        if self.cast.lemma(token) == "hesitate":
            dared = clause_of(token).complement  # "will not hesitate to *use* force"
            return "THREATEN" if self.needs.is_hostile(dared) else "AGREE"
        if is_refused:
            return "REJECT"
        if self._goes_on(token):
            return "AGREE"
        sent = clause_of(token).object if self.cast.lemma(token) == "send" else None
        if sent is not None and self.cast.lemma(sent) in word_lists()["troops"]:
            return None  # troops to be sent are a deployment to come
        taken = clause_of(token).object if self.cast.lemma(token) == "take" else None
        is_action = taken is not None and taken.lower_ == "action"
        is_threat = self.needs.is_hostile(token) or self.cast.lemma(token) in _LEAVING
        is_threat = is_threat or self._escalates(token)
        if is_ready and is_action:
            return "THREATEN"
        if is_ready and is_threat and not self._is_harm(token):
            return None  # "is ready to write rules"
        return "THREATEN" if is_threat else "AGREE"

    def _speaks_for(self, token: Token, source: Party) -> bool:
        """Say whether `source` itself says that it will: no forecast of somebody else's."""
        head = token.head
        if token.dep_ == "ROOT":
            return True
        is_clear = _is_made_clear(token)
        if token.dep_ not in {"ccomp", "conj"} and not is_clear:
            return False
        if token.dep_ == "conj":
            is_below = head.tag_ == "VB" and any(c.lower_ == "to" for c in head.lefts)
            above = head.head if is_below else head  # "urged them to go and *will* resign if"
            return above.dep_ in {"ROOT", "ccomp"}
        if lemma_of(head) not in _TELLING and not is_clear:
            return False
        outer = clause_of(head.head if is_clear else head)
        if outer.subject is None:
            return True
        speaker = self.cast.party(outer.subject)
        codes = {a.country_code for a in speaker.actors if a.country_code}
        own = {a.country_code for a in source.actors if a.country_code}
        return not codes or not own or bool(codes & own)


def _has_particle(verb: Token) -> bool:
    return any(child.dep_ == "prt" for child in verb.children)


def _is_duty(word: Token) -> bool:
    """Say whether somebody is responsible for work, not for harm: "*responsible* for printing"."""
    deeds = [noun for name, noun in prep_objects(word) if name == "for" and noun.tag_ == "VBG"]
    return bool(deeds) and not any(
        entry.is_event and event_types()[entry.event_type].is_conflict
        for deed in deeds
        for entry in verb_entries().get(lemma_of(deed), ())
    )


def _is_of_rulers(target: Party, source: Party) -> bool:
    """Say whether those spoken of rule, police or fight for those who speak, or against them."""
    speakers = {actor.kind for actor in source.actors}
    is_below = bool(speakers) and speakers <= _RULED
    return is_below and any(actor.kind in _RULERS for actor in target.actors)


def _is_of_states(party: Party) -> bool:
    return any(actor.kind in {"state", "gov", "mil", "spy"} for actor in party.actors)


def _is_of(noun: Token) -> bool:
    """Say whether a noun says what for: "a need *to* act", "a need *for* calm"."""
    return any(c.dep_ in {"acl", "relcl"} or c.lower_ == "for" for c in noun.rights)


def _whose_turn(verb: Token) -> Token | None:
    """Return who should act: "it is time for *Mali* to", "it is up to *them* to"."""
    for word in (verb, *verb.rights):
        for clause in word.rights:
            is_asked = clause.tag_ in {"VB", "VBP", "VBZ"} and clause.dep_ != "conj"
            marks = {child.lower_ for child in clause.lefts if child.dep_ in {"mark", "aux"}}
            subject = next((c for c in clause.lefts if c.dep_ == "nsubj"), None)
            is_bare = subject is not None and subject.pos_ == "PROPN" and not marks
            if is_asked and subject is not None and (is_bare or marks & {"for", "that"}):
                return subject
    up = next((c for c in verb.rights if c.lower_ == "up"), None)
    return next((n for name, n in prep_objects(up) if name == "to"), None) if up else None


def _doer_after(verb: Token) -> Token | None:
    """Return who did what is judged: "it was wrong that *the firm* had"."""
    below = (c for word in (verb, *verb.rights) for c in word.rights)
    clauses = (c for c in below if c.dep_ in {"ccomp", "advcl", "relcl", "acl"})
    told = (c for c in clauses if any(w.lower_ == "that" for w in c.lefts))
    return next((w for c in told for w in c.lefts if w.dep_ == "nsubj"), None)


def _has_that(verb: Token) -> bool:
    """Say whether "that ..." follows: "it is vital *that they leave*"."""
    return any(
        c.dep_ in {"ccomp", "advcl"} and any(word.lower_ == "that" for word in c.lefts)
        for c in verb.rights
    )


def _is_of_others(target: Party, source: Party) -> bool:
    """Say whether the one spoken of is known, and of another country or body than the speaker."""
    if not source.actors:
        return source.is_somebody and bool(target.actors)
    own = {actor.actor_id for actor in source.actors}
    lands = {actor.country_code for actor in source.actors if actor.country_code}
    return bool(own) and any(
        actor.actor_id not in own and actor.country_code not in lands for actor in target.actors
    )


def _is_another(target: Party, source: Party, named: Token | None) -> bool:
    """Say whether the one spoken of is somebody else than the speaker, of whatever country."""
    if named is None or named.pos_ == "PRON" or not source.is_somebody:
        return False
    own = {actor.actor_id for actor in source.actors}
    others = {actor.actor_id for actor in target.actors}
    return (target.is_somebody or target.is_named) and not own & others


def _is_made_clear(token: Token) -> bool:
    """Say whether somebody "made (it) *clear* that" they would do what `token` tells."""
    adjective = token.head
    is_clear = adjective.lower_ in {"clear", "plain"} and lemma_of(adjective.head) == "make"
    return is_clear and any(child.dep_ == "mark" for child in token.lefts)


def _is_ready(token: Token) -> bool:
    """Say whether the verb follows "ready to", "willing to"."""
    head = token.head
    is_clause = token.dep_ in {"xcomp", "ccomp"} and head.pos_ == "ADJ"
    return is_clause and head.lower_ in words("friendly_adjectives")
