"""One act told several times in a sentence or an article, and acts that others only speak of."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.drafts import Draft, has_own_frame, is_general
from dashboard.frames import counted
from dashboard.modality import DENIALS, is_definite, is_ended, is_finite, stands_beside
from dashboard.parties import Party
from dashboard.vocabulary import are_arson_and_harm, lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_NOT_FACTIVE = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE"})
"""Types whose complement tells no act: what is demanded has not been done."""


_FACTIVE = frozenset({"ACCUSE", "SUPPORT", "ASSAULT"})
"""Types whose object, if it names an act, has happened: "condemned the attack"."""


_FILING = frozenset({"lodge", "file", "register", "submit", "deliver"})
"""Verbs whose object is no deed but the words that they tell: "*lodged* a protest"."""
_CHARGING = frozenset({"charge", "accuse", "indict", "convict", "sentence", "find", "acquit"})
"""Verbs that tell one charge, sentence or verdict as often as a text speaks of it."""
_SENTENCING = frozenset({"sentence", "condemn"})


_ANOTHER = words("another")
"""Words by which a text tells that what follows is one more act."""


_SAID_ALONE = DENIALS | {"insist", "argue", "maintain", "contend", "assert"}
"""Verbs of refusing whose clause may tell of other acts: "denied any part *in the attack*"."""
_OWN_KIND = frozenset({"execute", "abduct", "sexual", "torture", "unconventional", "assassinate"})
"""Modes of violence that only their own words take up."""
_PAPERS = words("statements") | {"motion", "bill", "law"}
_BESIDE = frozenset(
    {"after", "in", "during", "since", "over", "following", "at", "amid", "despite", "because"}
)
_HERE_BEFORE = frozenset({"relcl", "advcl"})


def independent(triggers: Sequence[Trigger]) -> list[Trigger]:
    """Leave out acts that another act only asks for, refuses, threatens or promises."""
    wrappers = {
        t.token.i: t
        for t in triggers
        if (t.event_type in _NOT_FACTIVE or t.mode == "discontinue")
        and (t.event_type == "REQUEST" or lemma_of(t.token) not in _SAID_ALONE)
        and not (t.is_declared and t.complement is None)  # "had no part *in the attack*"
    }
    ended = {
        noun.i: t
        for t in triggers
        if not t.is_noun
        and (t.event_type not in _FACTIVE or lemma_of(t.token) in _FILING)
        and (answered := _answered(t))
        and t.token.dep_ not in {"acl", "amod"}  # "talks hosted by Qatar" are talks
        for noun in counted(answered)
    }
    protests = {t.token.i for t in triggers if t.event_type == "PROTEST" and not t.is_noun}
    return [
        trigger
        for trigger in triggers
        if _is_of_others(trigger, ended.get(trigger.token.i))
        or not (
            _is_wrapped(trigger, wrappers)
            or _is_cry(trigger, protests)
            or _is_penalty(trigger.token)
            or (trigger.is_noun and trigger.token.i in ended)
        )
    ]


def _answered(trigger: Trigger) -> Token | None:
    """Return what an act is done to, or the charge that somebody says is false."""
    clause = trigger.clause
    if clause is None or clause.object is not None or trigger.event_type != "REJECT":
        return clause.object if clause is not None else None
    return clause.subject if trigger.is_declared else None


def _is_of_others(trigger: Trigger, answer: Trigger | None) -> bool:
    """Say whether a noun names what others did to whoever answers: "defied *Rome's curfew*"."""
    if answer is None or not trigger.is_noun or trigger.carrier is not None:
        return False
    if not answer.source.is_somebody:
        return trigger.source.is_public  # "*her appeal* was ignored"
    own = {actor.actor_id for actor in trigger.source.actors}
    others = {actor.actor_id for actor in answer.source.actors}
    is_stranger = trigger.source.is_public and trigger.source != answer.source
    return not own & others if own else is_stranger


def _is_cry(trigger: Trigger, protests: Container[int]) -> bool:
    """Say whether a demand is what those who protest cry: "marched and *demanded* bread"."""
    token = trigger.token
    return trigger.event_type == "REQUEST" and token.dep_ == "conj" and token.head.i in protests


def _is_penalty(verb: Token) -> bool:
    """Say whether a verb tells what a court says shall be done: "sentenced to be *hanged*"."""
    return verb.dep_ == "xcomp" and lemma_of(verb.head) in _SENTENCING


def _is_wrapped(trigger: Trigger, wrappers: dict[int, Trigger]) -> bool:
    step = trigger.token
    below = step
    if trigger.carrier is not None and trigger.carrier.i in wrappers:
        return True
    if step.dep_ == "relcl" and any(step == w.complement for w in wrappers.values()):
        return True  # "said it was time for them *to leave*"
    while step.head.i != step.i:
        below, step = step, step.head
        if below.dep_ in _HERE_BEFORE and below.tag_ in {"VBD", "VBN", "VBZ", "VBP"}:
            return False
        if below.dep_ == "acl" and _tells_for_itself(below, step):
            return False
        if is_finite(below) and (below.dep_ == "conj" or stands_beside(below)):
            return False
        wrapper = wrappers.get(step.i)
        if wrapper is None and below.lower_ == "for" and is_definite(below):
            return False  # "declined to charge him *for the shooting*"
        if wrapper is not None and is_ended(trigger.token):
            return False  # "called for an end to *the fighting*"
        if wrapper is not None and below.dep_ in {
            "xcomp",
            "ccomp",
            "dobj",
            "prep",
            "nsubjpass",
            "advcl",
            "pobj",
            "oprd",
            "acl",
        }:
            return not _is_beside(trigger, below) and (below.dep_ != "advcl" or below.tag_ == "VB")
    return False


def _tells_for_itself(participle: Token, noun: Token) -> bool:
    """Say whether a participle tells what was done, whatever its noun is asked or promised for.

    "Demanded the release of men *held* there", "passed a motion *condemning* the raid".
    """
    is_paper = participle.tag_ == "VBG" and lemma_of(noun) in _PAPERS
    auxiliaries = (c for c in participle.lefts if c.dep_ in {"aux", "auxpass"})
    is_to_be = any(child.tag_ in {"VB", "MD"} for child in auxiliaries)  # "that it *be* shut"
    return (participle.tag_ == "VBN" and not is_to_be) or is_paper


def _is_beside(trigger: Trigger, below: Token) -> bool:
    """Say whether a preposition tells of an act beside what it hangs on: "left *after* the raid".

    So does "by" with a gerund: "defied the ban by *marching*".
    """
    if below.dep_ != "prep":
        return False
    return below.lower_ in _BESIDE or (below.lower_ == "by" and trigger.token.dep_ == "pcomp")


def beside_in_sentence(drafts: Sequence[Draft], draft: Draft) -> list[Token]:
    """Return the words of the other acts of the sentence of `draft`."""
    sent = draft.trigger.token.sent
    tokens = (other.trigger.token for other in drafts if other is not draft)
    return [token for token in tokens if sent.start <= token.i < sent.end]


def one_a_clause(drafts: list[Draft]) -> list[Draft]:
    """Join acts of one type that one clause tells twice: "killed in an attack"."""
    kept: list[Draft] = []
    for draft in drafts:
        other = next((k for k in _beside(kept, draft) if _is_one_act(k, draft)), None)
        if other is None:
            kept.append(draft)
            continue
        _absorb(other, draft)
    return kept


def _beside(kept: Sequence[Draft], draft: Draft) -> list[Draft]:
    """Return those of `kept` that stand in the sentence of `draft`."""
    start = draft.trigger.token.sent.start
    near = takewhile(lambda other: other.trigger.token.i >= start, reversed(kept))
    return list(near)[::-1]


def _is_one_act(one: Draft, other: Draft) -> bool:
    if one.event_type != other.event_type or one.modality is not other.modality:
        return False
    a, b = one.trigger.token, other.trigger.token
    if a.sent.start != b.sent.start:
        return False
    if set(one.trigger.words) & set(other.trigger.words):
        return True  # "attend a *protest* held by ..."
    if not (_hangs_on(a, b) or _hangs_on(b, a) or a.head == b.head):
        return False
    for pair in ((one.source, other.source), (one.target, other.target)):
        ids = [{actor.actor_id for actor in party.actors} for party in pair]
        if ids[0] and ids[1] and not ids[0] & ids[1]:
            return False
    if _are_two_deeds(one.trigger, other.trigger):
        return False
    if b.head == a and _goes_on(one.trigger, other.trigger):
        return True
    return one.event_type == "ASSAULT" or bool(one.trigger.is_noun or other.trigger.is_noun)


def _goes_on(one: Trigger, other: Trigger) -> bool:
    """Say whether the verb below another only says on what that one says."""
    a, b = one.token, other.token
    if other.is_declared and not one.is_declared:
        return True  # "*accused* X, saying that it *had violated* the deal"
    if b.dep_ == "conj":  # "welcome *and support* the plan"
        return all(word.dep_ in {"cc", "advmod", "punct"} for word in a.doc[a.i + 1 : b.i])
    is_beside = any(child.dep_ == "mark" for child in b.children)  # "*while* criticising him"
    return b.dep_ == "advcl" and b.tag_ == "VBG" and not is_beside  # "..., calling it a disgrace"


def _are_two_deeds(one: Trigger, other: Trigger) -> bool:
    """Say whether two verbs tell two deeds, by their modes and by whom they were done to.

    "Set fire to X and kidnapped Y" does, "stopped and arrested Y" does not.
    """
    is_apart = any(_is_told_of_another(*pair) for pair in ((one, other), (other, one)))
    is_joined = other.token.dep_ == "conj" and other.token.head == one.token
    if not is_joined or one.mode == other.mode:
        return is_apart
    patients = [trigger.clause.object for trigger in (one, other) if trigger.clause is not None]
    has_own = any(child.dep_ in {"nsubj", "nsubjpass"} for child in other.token.children)
    is_harm = lemma_of(other.token) in words("harm")
    are_other = len(patients) == 2 and patients[0] != patients[1]
    is_told = None not in {one.mode, other.mode} or (has_own and not is_harm)
    is_told = is_told or other.mode in _OWN_KIND  # "stormed the bank and *took* a clerk *hostage*"
    is_told = is_told or are_arson_and_harm(one.token.lower_, other.token.lower_)
    return is_apart or (are_other and is_told)


def _is_told_of_another(one: Trigger, other: Trigger) -> bool:
    """Say whether `one` is told of somebody beside `other`: "Kabila, who *seized* power, died"."""
    verb, noun = one.token, one.token.head
    if verb.dep_ != "relcl" or noun == other.token or lemma_of(verb) in words("harm"):
        return False
    is_of_place = any(child.tag_ == "WRB" for child in verb.lefts)
    return not is_of_place and lemma_of(noun) not in words("violent_nouns")


def without_echoes(drafts: list[Draft]) -> list[Draft]:
    """Leave out tellings that name nobody, no place and no day, of what is told anyway.

    "A woman was killed ... the victim was shot": the second adds nothing to the first that an
    analyst could tell apart, so it is one more mention of the same act.
    """
    kept: list[Draft] = []
    for draft in drafts:
        if any(_is_same_charge(other, draft) for other in kept):
            continue
        is_bare = not draft.source.actors and not draft.target.actors
        is_bare = is_bare and (_takes_up(draft.trigger) or not has_own_frame(draft))
        is_echo = is_bare and any(
            other.event_type == draft.event_type
            and not _is_of_another(other, draft)
            and (_is_taken_up(other, draft) or _is_same_word(other, draft))
            and other.modality is draft.modality
            for other in kept
        )
        if not is_echo:
            kept.append(draft)
    return kept


def _is_of_another(one: Draft, other: Draft) -> bool:
    """Say whether two people of different names do it."""
    subjects = [d.trigger.clause.subject for d in (one, other) if d.trigger.clause is not None]
    names = {noun.text for noun in subjects if noun is not None and noun.pos_ == "PROPN"}
    return len(names) > 1


def _is_taken_up(one: Draft, other: Draft) -> bool:
    """Say whether "the attack" points back at `one`; "the beheading" does at a beheading alone."""
    return _takes_up(other.trigger) and _may_name_any(one, other)


def _may_name_any(one: Draft, other: Draft) -> bool:
    """Say whether a word may take up the violence told before: "the attack", not "the coup"."""
    mode = other.trigger.mode
    if mode in _OWN_KIND and mode != one.trigger.mode:
        return False
    noun = lemma_of(other.trigger.token)
    if not other.trigger.is_noun or noun not in words("own_names"):
        return True
    return noun in {lemma_of(word) for word in one.trigger.words}


def _is_same_charge(one: Draft, other: Draft) -> bool:
    """Say whether two verbs tell one charge or sentence, against people of one name or none."""
    lemmas = {lemma_of(one.trigger.token), lemma_of(other.trigger.token)}
    if one.event_type != other.event_type or not lemmas <= _CHARGING:
        return False
    if one.modality is not other.modality:
        return False
    if one.source.actors or other.source.actors or _adds_another(other):
        return False
    names = {_name_of(draft) for draft in (one, other)} - {None}
    return len(names) < 2 and _same_lands(one.target, other.target)


def _name_of(draft: Draft) -> str | None:
    """Return the name of whom a verb acts on, if it is one."""
    patient = draft.trigger.clause.object if draft.trigger.clause is not None else None
    return patient.text if patient is not None and patient.pos_ == "PROPN" else None


def _same_lands(one: Party, other: Party) -> bool:
    lands = [{a.country_code for a in party.actors} for party in (one, other)]
    return not all(lands) or bool(lands[0] & lands[1])


def _takes_up(trigger: Trigger) -> bool:
    """Say whether a noun points back at what was told: "the attack", "this bombing"."""
    return trigger.is_noun and any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"}
        for child in trigger.token.lefts
    )


def _is_same_word(one: Draft, other: Draft) -> bool:
    """Say whether two acts go by one word, or are violence against as many."""
    if lemma_of(one.trigger.token) == lemma_of(other.trigger.token):
        return not _adds_another(other)
    names = (one.trigger.token.lower_, other.trigger.token.lower_)
    if not _may_name_any(one, other) or are_arson_and_harm(*names):
        return False
    is_alike = _is_of_many(one.trigger) is _is_of_many(other.trigger)
    return one.event_type == "ASSAULT" and is_alike and not _adds_another(other)


def _adds_another(draft: Draft) -> bool:
    """Say whether the sentence tells of one more act: "later another man was shot"."""
    return any(token.lower_ in _ANOTHER for token in draft.trigger.token.sent)


def _is_of_many(trigger: Trigger) -> bool:
    """Say whether an act was done to several."""
    patient = trigger.clause.object if trigger.clause is not None else None
    return patient is not None and patient.tag_ in {"NNS", "NNPS", "CD"}


def _hangs_on(lower: Token, upper: Token) -> bool:
    """Say whether one act's words hang on another's with no further verb between them."""
    step = lower
    while step.head != step:
        step = step.head
        if step == upper:
            return True
        if step.pos_ in {"VERB", "AUX"}:
            return False
    return False


def _absorb(one: Draft, other: Draft) -> None:
    if not one.source.actors and (other.source.actors or not one.source.is_somebody):
        one.source = other.source
    if not one.target.actors and (other.target.actors or not one.target.is_somebody):
        one.target = other.target
    elif one.target.is_inferred and one.target.actors == other.target.actors:
        one.target = other.target  # guessed of one, perhaps said of the other
    one.is_told = one.is_told or (
        one.trigger.is_noun and not other.trigger.is_noun and not is_general(other.trigger.token)
    )
    if one.when is None or (other.when is not None and other.when.weight > one.when.weight):
        one.when = other.when
    if one.places is None or (other.places is not None and other.places.weight > one.places.weight):
        one.places = other.places
