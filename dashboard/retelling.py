"""One act told several times in a sentence or an article, and acts that others only speak of."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from dashboard.acts import Trigger
from dashboard.drafts import Draft, has_own_frame, is_general
from dashboard.events import Modality
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
_KNOWN = frozenset({"the", "this", "that", "these", "those"})
_APPLYING = frozenset({"apply", "ask", "appeal", "petition", "request", "seek"})
"""Verbs by which somebody asks for one thing: "*asked* for a loan ... *applied* for it"."""
_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_TOLD = frozenset({Modality.REPORTED, Modality.CLAIMED})
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
    said = {word.i: t.event_type for t in triggers if not t.is_noun for word in t.words}
    protests = {t.token.i for t in triggers if t.event_type == "PROTEST" and not t.is_noun}
    return [
        trigger
        for trigger in triggers
        if _is_of_others(trigger, ended.get(trigger.token.i))
        or not (
            _is_wrapped(trigger, wrappers)
            or _is_cry(trigger, protests)
            or _is_penalty(trigger.token)
            or _is_part_of(trigger, said)
            or (trigger.is_noun and trigger.token.i in ended)
        )
    ]


def _is_part_of(trigger: Trigger, said: Mapping[int, str]) -> bool:
    """Say whether a verb tells something else by the noun: "came under *attack* for his words"."""
    noun = trigger.token
    is_governed = trigger.is_noun and noun.dep_ == "pobj"
    return is_governed and said.get(noun.i, trigger.event_type) != trigger.event_type


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
    a, b = one.trigger.token, other.trigger.token
    if one.event_type != other.event_type or a.sent.start != b.sent.start:
        return False
    if set(one.trigger.words) & set(other.trigger.words):
        return True  # "attend a *protest* held by ..."
    if _is_trip(one, other):
        return True
    if one.modality is not other.modality:
        return False
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


def _is_trip(one: Draft, other: Draft) -> bool:
    """Say whether somebody is to travel for a meeting: "will *go* to Lima for *talks*"."""
    noun = other.trigger.token
    is_for = other.trigger.is_noun and noun.head.lower_ == "for"
    is_to_come = one.trigger.mode == "visit" and one.modality is Modality.PLANNED
    return is_for and is_to_come and _hangs_on(noun, one.trigger.token)


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
    if noun.head.lower_ in {"from", "by"} and noun.head.head == other.token:
        return False  # "a *plea* from the bishop, who *begged* for calm"
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
        is_unframed = _takes_up(draft.trigger) or not has_own_frame(draft)
        told = (
            other
            for other in reversed(kept)
            if is_unframed
            and other.event_type == draft.event_type
            and _adds_no_party(other, draft)
            and not _is_of_another(other, draft)
            and (_is_taken_up(other, draft) or _is_same_word(other, draft))
            and _stand_alike(other, draft)
        )
        last = next(told, None)
        if last is None:
            kept.append(draft)
        elif _is_of_one_kind(last.trigger, draft.trigger):
            last.echoes.append(draft)
    return kept


def _adds_no_party(one: Draft, other: Draft) -> bool:
    """Say whether a telling names nobody; of an arrest, nobody but those of the other."""
    pairs = ((one.source, other.source), (one.target, other.target))
    if other.trigger.mode != "arrest":
        return not any(party.actors for _, party in pairs)
    return all(set(party.actors) <= set(told.actors) for told, party in pairs)


def _stand_alike(one: Draft, other: Draft) -> bool:
    """Say whether two tellings have one standing, or a deed is told once as what is believed."""
    is_deed = one.event_type in _DEEDS and not one.source.actors
    return one.modality is other.modality or (is_deed and {one.modality, other.modality} <= _TOLD)


def _is_of_another(one: Draft, other: Draft) -> bool:
    """Say whether two people of different names do it."""
    subjects = [d.trigger.clause.subject for d in (one, other) if d.trigger.clause is not None]
    names = {noun.text for noun in subjects if noun is not None and noun.pos_ == "PROPN"}
    is_held = one.trigger.mode == other.trigger.mode == "arrest"
    held = {_name_of(one), _name_of(other)} - {None} if is_held else ()
    return len(names) > 1 or len(held) > 1 or (is_held and _is_of_somebody_new(other))


def _is_of_somebody_new(draft: Draft) -> bool:
    """Say whether whom a verb acts on was not told of before: "*a* nurse", "*six* sailors"."""
    patient = draft.trigger.clause.object if draft.trigger.clause is not None else None
    if patient is None or patient.pos_ in {"PRON", "PROPN"} or _is_known(patient):
        return False
    return patient.tag_ == "NNS" or any(child.lower_ in {"a", "an"} for child in patient.lefts)


def _is_known(noun: Token) -> bool:
    """Say whether a noun or pronoun is of what a reader knows: "the driver", "his car", "they"."""
    is_led = any(child.dep_ == "poss" or child.lower_ in _KNOWN for child in noun.lefts)
    return is_led or noun.pos_ == "PRON"


def _is_taken_up(one: Draft, other: Draft) -> bool:
    """Say whether "the attack" points back at `one`; "the beheading" does at a beheading alone."""
    return _takes_up(other.trigger) and _may_name_any(one, other)


def _may_name_any(one: Draft, other: Draft) -> bool:
    """Say whether a word may take up the violence told before: "the attack", not "the coup"."""
    mode = other.trigger.mode
    if mode in _OWN_KIND and mode != one.trigger.mode and not _is_by_hijackers(one, other):
        return False
    noun = lemma_of(other.trigger.token)
    if not other.trigger.is_noun or noun not in words("own_names"):
        return True
    return noun in {lemma_of(word) for word in one.trigger.words}


def _is_by_hijackers(one: Draft, other: Draft) -> bool:
    """Say whether attacks were made with what was hijacked: "the attacks ... *hijacked* jets"."""
    is_hijacked = lemma_of(other.trigger.token).startswith("hijack")
    return is_hijacked and one.trigger.is_noun and lemma_of(one.trigger.token) == "attack"


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
        child.dep_ == "det" and child.lower_ in _KNOWN for child in trigger.token.lefts
    )


def _is_same_word(one: Draft, other: Draft) -> bool:
    """Say whether two acts go by one word, or are violence against as many."""
    if lemma_of(one.trigger.token) == lemma_of(other.trigger.token):
        return not _adds_another(other)
    names = (one.trigger.token.lower_, other.trigger.token.lower_)
    if not _may_name_any(one, other) or are_arson_and_harm(*names):
        return False
    if one.event_type != "ASSAULT" and not _is_of_one_kind(one.trigger, other.trigger):
        return False
    is_alike = _is_of_many(other.trigger) in {None, bool(_is_of_many(one.trigger))}
    return is_alike and not _adds_another(other)


def _is_of_one_kind(one: Trigger, other: Trigger) -> bool:
    """Say whether two words tell an arrest, a riot or a request: "*arrested* ... is *held*"."""
    if one.event_type == "REQUEST":
        return _is_request_again(one, other)
    return one.mode == other.mode and one.mode in {"arrest", "riot"}


def _is_request_again(one: Trigger, other: Trigger) -> bool:
    """Say whether someone who was told of asks, for a thing: "the firm *applied* for aid"."""
    if not {lemma_of(trigger.token) for trigger in (one, other)} <= _APPLYING:
        return False
    if other.complement is not None or other.clause is None or other.clause.subject is None:
        return False
    return _is_known(other.clause.subject)


def _adds_another(draft: Draft) -> bool:
    """Say whether the sentence tells of one more act: "later another man was shot"."""
    return any(token.lower_ in _ANOTHER for token in draft.trigger.token.sent)


def _is_of_many(trigger: Trigger) -> bool | None:
    """Say whether an act was done to several; None when nobody is said to have suffered it."""
    patient = trigger.clause.object if trigger.clause is not None else None
    return patient.tag_ in {"NNS", "NNPS", "CD"} if patient is not None else None


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
