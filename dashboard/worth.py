"""Whether an act, as far as a text tells it, is an event that an analyst would code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.act_likelihood import LIKELY, UNLIKELY, UNLIKELY_WORD
from dashboard.acts import Trigger
from dashboard.drafts import OWN_DATE, OWN_PLACE, Draft, has_own_frame, is_general, will_of
from dashboard.events import Modality
from dashboard.frames import HAPPENING_VERBS, prep_objects
from dashboard.needs import SPEAKING_THINGS, happens, speaks
from dashboard.noun_triggers import is_held_on_charge
from dashboard.ontology import word_lists
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_WORDS = frozenset(
    {
        "AGREE",
        "SUPPORT",
        "CONCEDE",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "CONSULT",
        "COOPERATE",
        "AID",
        "SANCTION",
    }
)
"""Types that mean nothing without who did it."""


_MEET = frozenset({"gov", "mil", "state", "igo", "leg", "reb", "spy", "rel", "pty", "opp", "ngo"})
"""Kinds of actors whose meetings and journeys are world news."""


_PACTS = frozenset({"AGREE", "SUPPORT"})
"""Types that a pact which is signed or reached is of."""


_SAID = frozenset(
    {
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "SUPPORT",
        "AGREE",
        "CONCEDE",
        "SANCTION",
        "RETREAT",
    }
)
"""Types of which a plain telling is enough, whoever they are."""


_ORGANISED = frozenset({"BUS", "MED", "EDU", "JRN"})
"""Sectors whose members speak and act for a body even when the text does not name it."""


_PLURAL = frozenset({"NNS", "NNPS"})
_EXPLOSIVE = frozenset({"explosives", "heavy-weapons"})
"""Modes of violence that is told of a thing: a car, a shell."""
_WORKING = frozenset({"AID", "COOPERATE"})
"""Types of work that is done for, or with, somebody."""
_FACE_TO_FACE = frozenset({"REQUEST", "ACCUSE", "THREATEN", "REJECT"})
"""Types of words that people whom the text does not place say to each other."""
_PLEADING = frozenset({"plead", "confess", "admit", "deny"})
"""Verbs by which people whom nobody knows still answer a charge."""


_CHARGED_WITH = words("charged_with")
"""Words that tell of an act only as what somebody is charged with."""


_PROVEN = frozenset({"guilty", "convict", "jail", "sentence"})
"""Words of a verdict, which says that a deed was done."""
_SOME = frozenset({"it", "many", "several", "some", "others", "few", "both", "all"})
"""Words for a body, or for people of whom no more is said, that speak: "*many* praised"."""
_STIRRING = frozenset(
    {"lead", "spark", "prompt", "trigger", "provoke", "cause", "draw", "greet", "meet"}
)
"""Verbs by which something met with, or set off, protests."""
_LEGAL = frozenset({"ACCUSE", "SANCTION"})
"""Types that are news by whom they hit, even if nobody says who did it."""


_DONE_BY_OFFICE = frozenset({"SANCTION", "REJECT", "AID", "CONCEDE", "RETREAT", "SUPPORT", "AGREE"})
"""Types of which "was done" is enough: an office does it, though nobody names it."""
_SEALING = frozenset({"sign", "initial", "reach", "conclude", "strike", "clinch", "ratify"})
_BECOMING = frozenset(
    {"violate", "breach", "agree", "announce", "declare", "hold", "collapse", "expire", "broker"}
    | {"implement", "unravel"}
    | {"fail", "stall", "falter", "founder", "yield", "produce"}
)
"""Verbs that say what became of a truce or of talks."""
_SURE_DEEDS = words("sure_deeds")
_ONE = frozenset({"a", "an", "the", "this", "that", "these", "those", "another"})
_NEW = frozenset({"recent", "latest", "several", "numerous", "repeated", "successive"})
"""Adjectives that say that deeds were done."""
_SUPPOSING = frozenset({"after", "following", "since", "during", "before", "over", "for"})
"""Prepositions that suppose that the deed after them was done."""
_UPON = frozenset({"after", "following", "since", "despite", "amid", "amidst"})
"""Prepositions by which something goes on upon what others did."""
_DONE_IN = frozenset({"by", "in", "during", "after", "following", "from"})
"""Prepositions by which a verb tells that deeds were done: "was hit *by* attacks"."""
_DEEDS = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "ACCUSE", "MOBILIZE", "RETREAT"})
"""Types whose verbs tell an event even when all in it are strangers."""


_SEEN = frozenset({"ACCUSE", "ASSAULT", "PROTEST", "REQUEST"})
"""Types that a gerund after a noun for people tells as well as a finite verb."""
_HOSTING = frozenset({"host", "convene", "attend", "negotiate", "hold"})
"""Verbs of meetings that need nobody besides whoever does it."""
_ROUNDS = frozenset({"talk", "talks", "negotiation", "summit"})
"""Nouns of meetings that are held between parties, whoever is not named."""
_GATHERINGS = _ROUNDS | {"meeting", "consultation"}
_HIGH_LEVEL = frozenset(
    {"emergency", "crisis", "cabinet", "level", "closed-door", "urgent", "peace"}
)
"""Words that make a meeting one of those in power."""
_OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "REB", "OPP", "PTY"})
"""Sectors whose meetings are news, whatever their country."""


_SIDES = _OFFICIAL | _ORGANISED | {"LAB", "REL", "NGO", "AGR"}
"""Sectors that meet as sides of a dispute, or to decide what to do."""
_DECIDING = frozenset(
    {"consider", "discuss", "decide", "debate", "vote", "negotiate", "plan", "work", "draft"}
    | {"agree", "prepare", "finalise", "finalize", "approve", "resolve", "settle", "review"}
)


def _is_charge(draft: Draft) -> bool:
    """Say whether a noun is only what somebody is charged with: "guilty of *murder*"."""
    token = draft.trigger.token
    if not draft.trigger.is_noun or token.dep_ not in {"pobj", "conj"}:
        return False
    preposition = token.head if token.dep_ == "pobj" else token.head.head
    above = preposition.head
    if above.dep_ in {"dobj", "nsubjpass"}:
        above = above.head  # "suspected *the guard* of spying"
    if preposition.lower_ == "for" and any(child.lower_ in _ONE for child in token.lefts):
        return False  # "charged for *the* shooting"
    if lemma_of(above) in _PROVEN and draft.event_type == "ASSAULT":
        return False  # "was convicted of *the murder*"
    if preposition.lower_ in {"after", "during", "before", "since", "following", "in", "over"}:
        return False  # "charged *in* the shooting"
    return lemma_of(above) in _CHARGED_WITH


def _is_wording(draft: Draft) -> bool:
    """Say whether a war is no more than the wording of a charge: "charged with *waging war*"."""
    token = draft.trigger.token
    near = [*token.lefts, token.head] if draft.trigger.is_noun else [token]
    waging = next((word for word in near if word.lower_ in {"waging", "levying"}), None)
    if draft.event_type != "ASSAULT" or waging is None:
        return False
    preposition = waging.head if waging.dep_ == "pcomp" else token.head
    above = lemma_of(preposition.head)
    return above in _CHARGED_WITH and above != "accuse"


def is_event(draft: Draft) -> bool:
    """Say whether a draft is kept: it says enough, or what little it says makes it likely."""
    if draft.event_type == "ACCUSE" and _is_charged(draft.trigger.token):
        return False  # "charged with *insulting* the king"
    if _is_wording(draft):
        return False
    if says_enough(draft):
        trigger = draft.trigger
        is_word = trigger.is_declared or draft.event_type != trigger.event_type
        return draft.likelihood >= (UNLIKELY_WORD if is_word else UNLIKELY) or _is_agreed(draft)
    is_aside = _is_charge(draft) or _is_described(draft.trigger)
    return not is_aside and draft.likelihood >= LIKELY


def _is_agreed(draft: Draft) -> bool:
    """Say whether a pact says what somebody will do: "*under the deal*, Peru will reopen"."""
    clause = draft.trigger.clause
    pacts = clause.preps.get("under", ()) if clause is not None else ()
    return any(lemma_of(noun) in word_lists()["deal"] for noun in pacts)


def _is_described(trigger: Trigger) -> bool:
    """Say whether a noun is only what something is said of: "her *attacks* were convincing"."""
    is_subject = trigger.is_noun and trigger.token.dep_ == "nsubj"
    return is_subject and lemma_of(trigger.token.head) == "be"


def says_enough(draft: Draft) -> bool:
    """Say whether a draft tells who did something, to whom or where, well enough to be kept."""
    if _came_about(draft) or _is_word_to_act(draft):
        return True
    if _is_signed(draft) or (draft.trigger.mode == "resign" and draft.source.is_named):
        return True
    if _is_told_of_somebody(draft) or _is_there(draft) or _is_supposed(draft):
        return True
    for answer in (_as_legal, _as_kind):
        is_enough = answer(draft)
        if is_enough is not None:
            return is_enough
    if draft.trigger.is_noun and draft.event_type in _WORDS and _is_noun_of_note(draft):
        return True
    if draft.event_type in _WORDS and not draft.trigger.is_noun:
        token = draft.trigger.token
        is_to_come = draft.modality is Modality.PLANNED and will_of(token) is not None
        if draft.trigger.is_declared or is_to_come or not is_general(token):
            return True
        if token.dep_ == "pcomp" and not (draft.source.actors and draft.target.actors):
            return False  # "hurdles *in strengthening* relations"
    is_known = bool(draft.source.actors or draft.target.actors)
    is_known = is_known or _is_noun_of_somebody(draft)
    return is_known or _has_place(draft) or _is_plain_deed(draft)


def _is_noun_of_somebody(draft: Draft) -> bool:
    """Say whether a noun names hard words, or help, of somebody: "her *denials*"."""
    source = draft.source
    is_of_one = source.is_named or source.is_public
    return draft.trigger.is_noun and draft.event_type in _FACE_TO_FACE | {"SUPPORT"} and is_of_one


def _is_word_to_act(draft: Draft) -> bool:
    """Say whether a noun tells what somebody said that they, or others, will do.

    "The farmers' *threat* to block the road", "a *pledge* by the bishop to resign".
    """
    noun = draft.trigger.token
    is_said = draft.trigger.is_noun and draft.event_type in _SAID and draft.source.is_somebody
    return is_said and any(c.dep_ == "acl" and c.tag_ == "VB" for c in noun.rights)


def _is_there(draft: Draft) -> bool:
    """Say whether a noun tells what there was, and for or by whom: "there were *calls* for"."""
    noun, verb = draft.trigger.token, draft.trigger.token.head
    is_there = draft.trigger.is_noun and noun.dep_ == "attr" and not is_general(verb)
    is_there = is_there and any(child.dep_ == "expl" for child in verb.children)
    is_of_any = any(prep_objects(noun))
    if is_there and lemma_of(noun) in _ROUNDS:
        return any(name in {"between", "with"} for name, _ in prep_objects(noun))
    return is_there and is_of_any and draft.event_type in _SAID | {"PROTEST", "COERCE", "ASSAULT"}


def _is_supposed(draft: Draft) -> bool:
    """Say whether a noun names a known party of what was done: "*after* threats by Niger"."""
    noun = draft.trigger.token
    is_after = noun.dep_ in {"pobj", "dobj"} and noun.head.lower_ in _UPON
    is_known = bool(draft.source.actors or draft.target.actors)
    is_of_some = draft.event_type in _FACE_TO_FACE and any(prep_objects(noun))
    is_known = is_known or is_of_some  # "after *criticism of* his role"
    return draft.trigger.is_noun and is_after and is_known and draft.event_type in _WORDS


def _is_told_of_somebody(draft: Draft) -> bool:
    """Say whether a finite verb tells a deed, or hard words, by or to somebody."""
    source, is_praise = draft.source, draft.event_type == "SUPPORT"
    is_known = source.is_public or source.is_named
    is_of_one = is_known if is_praise else source.is_somebody or draft.target.is_somebody
    is_told = not draft.trigger.is_noun and not is_general(draft.trigger.token)
    is_told = is_told and draft.event_type in _SAID | _DEEDS
    return (is_told and is_of_one) or _is_seen(draft)


def _is_seen(draft: Draft) -> bool:
    """Say whether a gerund tells what people are seen doing: "students *protesting* the fees"."""
    token = draft.trigger.token
    is_gerund = token.dep_ == "acl" and token.tag_ == "VBG" and not draft.trigger.is_noun
    return is_gerund and draft.source.is_somebody and draft.event_type in _SEEN


def _came_about(draft: Draft) -> bool:
    """Say whether a truce or talks were held somewhere, or a verb tells what became of a deal."""
    noun, verb = draft.trigger.token, draft.trigger.token.head
    if draft.event_type in _FACE_TO_FACE and happens(noun) and lemma_of(verb) != "be":
        return draft.trigger.is_noun and not is_general(verb)  # "*calls* grew for her to go"
    is_round = draft.trigger.mode == "ceasefire" or lemma_of(draft.trigger.token) in _ROUNDS
    if is_round and _has_place(draft):
        return True
    return (is_round or draft.event_type == "AGREE") and _took_place(draft)


def _took_place(draft: Draft) -> bool:
    """Say whether a noun's verb says that it came about, or what became of it."""
    token = draft.trigger.token
    is_subject = draft.trigger.is_noun and token.dep_ in {"nsubj", "nsubjpass"}
    verb = token.head
    is_told = lemma_of(verb) in HAPPENING_VERBS | _BECOMING
    return is_subject and is_told and not is_general(verb)


def _is_signed(draft: Draft) -> bool:
    """Say whether a pact was signed or reached by officials, or by whomever at a place or day."""
    clause, token = draft.trigger.clause, draft.trigger.token
    if draft.event_type not in _PACTS or draft.trigger.is_noun or clause is None:
        return False
    if is_general(token) or lemma_of(token) not in _SEALING:
        return False
    is_framed = has_own_frame(draft) and (clause.is_passive or draft.source.is_somebody)
    return is_framed or draft.source.sector in _OFFICIAL


def _as_legal(draft: Draft) -> bool | None:
    """Judge charges, inquiries, verdicts and pleas; None for all else."""
    source, target = draft.source, draft.target
    if lemma_of(draft.trigger.token) in _PLEADING and source.is_somebody:
        return not is_general(draft.trigger.token)
    if draft.trigger.mode == "investigate" and not draft.trigger.is_noun and not source.actors:
        is_by_one = source.is_somebody or target.is_somebody
        is_of_one = is_by_one and not is_general(draft.trigger.token)
        is_known = source.is_public or source.is_named
        return is_known or is_of_one or _is_told_passive(draft)
    if is_held_on_charge(draft.trigger.token):
        return True
    if _is_charge(draft) and not target.actors:
        return False
    if draft.event_type in _LEGAL and not source.actors:
        is_done = _is_told_passive(draft) and lemma_of(draft.trigger.token) != "blame"
        is_said = draft.event_type == "ACCUSE" and _is_told(draft)  # "the *bloc* condemned"
        is_told = is_done or is_said or is_to_come(draft)
        return bool(target.actors) or is_told or _is_plain_deed(draft)
    is_let_off = draft.event_type == "CONCEDE" and (target.is_somebody or _has_place(draft))
    is_let_off = is_let_off and _is_told_passive(draft)
    return True if is_let_off else None


def is_to_come(draft: Draft) -> bool:
    """Say whether a verb tells what somebody will do or face: "the mill *will cut* 90 jobs"."""
    is_of_one = draft.source.is_somebody or draft.target.is_somebody
    return is_of_one and not draft.trigger.is_noun and will_of(draft.trigger.token) == "will"


def _as_kind(draft: Draft) -> bool | None:
    """Judge words, help, praise and meetings by who speaks to whom; None if that is enough."""
    kind = draft.event_type
    if kind == "RETREAT" and not _is_word_of_note(draft):
        return _is_plain_deed(draft)
    if kind in _WORDS and not _is_word_of_note(draft):
        return False
    known = len(draft.source.actors) + len(draft.target.actors)
    is_praise = lemma_of(draft.trigger.token) in words("praise")
    is_for_whom = known > 1 or draft.target.is_somebody or _is_of_matter(draft)
    if kind == "SUPPORT" and not is_for_whom and not is_praise:
        return False
    if kind == "CONSULT":
        is_gathering = draft.trigger.is_noun and _is_noun_of_meeting(draft.trigger)
        is_meeting = is_gathering or _is_meeting(draft, has_place=_has_place(draft))
        return is_gathering or (None if is_meeting else False)
    return None


def _is_of_matter(draft: Draft) -> bool:
    """Say whether a known actor stands by a plan or a deed: "Spain supports his plan"."""
    clause = draft.trigger.clause
    if clause is None or not draft.source.is_public:
        return False
    is_of_one = clause.object is not None or "with" in clause.preps
    is_apart = draft.trigger.token.dep_ == "advcl"  # "*backed* by the ministry, it opened"
    return is_of_one and not is_apart and not is_general(draft.trigger.token)


def _has_place(draft: Draft) -> bool:
    return draft.places is not None and draft.places.weight >= OWN_PLACE


def _is_told_passive(draft: Draft) -> bool:
    """Say whether a verb tells what was done, by whomever: "was acquitted"."""
    clause, token = draft.trigger.clause, draft.trigger.token
    is_told = not is_general(token) or will_of(token) == "will"  # "*will be* handed out"
    return clause is not None and clause.is_passive and is_told


def _is_word_of_note(draft: Draft) -> bool:
    """Say whether words are spoken, or help is given, by or to somebody in public life."""
    source, target = draft.source, draft.target
    if source.is_public or source.sector in _ORGANISED:
        return True
    if draft.event_type == "CONSULT":
        return _is_meeting_of_note(draft)
    if draft.trigger.is_noun and _is_noun_told(draft):
        return True
    if draft.event_type == "CONCEDE" and source.is_named:
        return True  # "all but conceded defeat"
    if draft.event_type in _SAID and _is_told(draft):
        return True
    if draft.event_type in _WORKING and _is_work_for_somebody(draft):
        return True
    is_heard = bool(target.actors) or target.is_public
    is_told = not draft.trigger.is_noun and not is_general(draft.trigger.token)
    if draft.event_type in _FACE_TO_FACE and source.is_somebody and target.is_somebody and is_told:
        return True  # "bosses *threatened* the drivers"
    if draft.trigger.is_noun and _is_noun_of_note(draft):
        return True
    if not source.is_somebody and _is_told_passive(draft):
        # "the envoy was summoned", "his appeal was rejected"
        return is_heard or draft.event_type in _DONE_BY_OFFICE or _is_asked_of_many(draft)
    return source.is_somebody and (is_heard or (source.is_named and target.is_somebody))


def _is_asked_of_many(draft: Draft) -> bool:
    """Say whether countries, companies or the like are asked: "*states* were urged to act"."""
    patient = draft.trigger.clause.object if draft.trigger.clause is not None else None
    if draft.event_type != "REQUEST" or patient is None:
        return False
    return lemma_of(patient) in SPEAKING_THINGS


def is_of_sides(draft: Draft) -> bool:
    """Say whether two sides meet, or those who decide together: "*bosses and unions* will meet"."""
    clause, trigger = draft.trigger.clause, draft.trigger
    subject = clause.subject if clause is not None else None
    if draft.event_type != "CONSULT" or trigger.mode == "visit" or subject is None:
        return False
    if lemma_of(subject) in {"side", "delegation"} and subject.tag_ in _PLURAL:
        return True  # "the two *sides* are to hold talks"
    if trigger.is_noun or draft.source.sector not in _SIDES:
        return False
    is_other = bool(draft.target.actors) or draft.target.sector in _SIDES
    if is_other and not is_general(trigger.token):
        return True  # "the airline is *negotiating* with the pilots' union"
    purposes = (c for c in trigger.token.rights if c.dep_ in {"advcl", "xcomp"})
    is_to_decide = any(lemma_of(verb) in _DECIDING for verb in purposes)
    is_body = subject.tag_ in _PLURAL or speaks(subject) or draft.source.sector in _OFFICIAL
    return bool(subject.conjuncts) or (is_to_decide and is_body)


def _is_meeting_of_note(draft: Draft) -> bool:
    """Say whether somebody met an official, or somebody known by name met anybody."""
    source, target = draft.source, draft.target
    if is_of_sides(draft):
        return True
    if draft.trigger.is_noun:
        is_with = any(name == "with" for name, _ in prep_objects(draft.trigger.token))
        return (is_with and bool(target.actors)) or _is_noun_of_meeting(draft.trigger)
    is_official = target.sector in _OFFICIAL or (source.is_named and _is_told(draft))
    return source.is_somebody and is_official


def _is_noun_told(draft: Draft) -> bool:
    """Say whether a noun tells work with somebody known, or one charge or sanction.

    "A *partnership* with two Kenyan firms", "under *the embargo*".
    """
    if draft.event_type == "COOPERATE":
        return bool(draft.target.actors)
    return draft.event_type in _LEGAL and _is_one_deed(draft.trigger.token)


def _is_noun_of_note(draft: Draft) -> bool:
    """Say whether a noun is given to somebody, or set off: "*sparked* calls for reform"."""
    trigger = draft.trigger
    is_answer = draft.event_type in {"ACCUSE", "REJECT"}
    if _is_carried(trigger) and (draft.target.is_somebody or is_answer):
        return True  # "the drivers were given *an ultimatum*", "issued *a denial*"
    return lemma_of(_governor(trigger.token)) in _STIRRING


def _is_work_for_somebody(draft: Draft) -> bool:
    """Say whether a verb tells of help for people, or of work with somebody in public life.

    "The villagers were evacuated", "*volunteers* handed out blankets".
    """
    if draft.trigger.is_noun or is_general(draft.trigger.token):
        return False
    target = draft.target
    is_for_people = target.is_somebody or _is_by_several(draft) or _is_by_a_body(draft)
    is_known = bool(target.actors) or target.is_public
    return is_known or (draft.event_type == "AID" and is_for_people)


def _is_by_a_body(draft: Draft) -> bool:
    """Say whether what does it is a body of which no more is known: "the *foundation* gave"."""
    clause = draft.trigger.clause
    subject = clause.subject if clause is not None else None
    return subject is not None and lemma_of(subject) in SPEAKING_THINGS


def _is_by_several(draft: Draft) -> bool:
    clause = draft.trigger.clause
    return clause is not None and clause.subject is not None and clause.subject.tag_ in _PLURAL


def _is_told(draft: Draft) -> bool:
    """Say whether a verb tells that somebody spoke to somebody or of something."""
    clause, token = draft.trigger.clause, draft.trigger.token
    is_said = will_of(token) is not None or draft.trigger.is_declared
    is_only_named = is_general(token) and not is_said  # but "the cabinet *will ban* kites"
    if clause is None or draft.trigger.is_noun or is_only_named:
        return False
    is_heard = clause.subject is not None and (
        clause.subject.lower_ in _SOME or speaks(clause.subject)
    )
    speaks_up = draft.source.is_somebody or is_heard
    is_spoken_to = clause.is_passive and (
        draft.target.is_somebody or (clause.object is not None and speaks(clause.object))
    )
    return is_spoken_to or (speaks_up and bool(clause.object or clause.complement or clause.preps))


def _is_plain_deed(draft: Draft) -> bool:
    """Say whether a verb tells what was done to or by people whom the text does not place."""
    trigger = draft.trigger
    if draft.event_type not in _DEEDS:
        return False
    if draft.is_told:
        return True
    if trigger.mode in _EXPLOSIVE and not trigger.is_noun:
        return not is_general(trigger.token)  # "a car *exploded* outside"
    if trigger.is_noun:
        is_dated = draft.when is not None and draft.when.weight >= OWN_DATE
        if draft.event_type == "PROTEST" and lemma_of(_governor(trigger.token)) in _STIRRING:
            return True
        is_told = is_dated or draft.target.is_somebody or draft.source.is_public
        return is_told or _is_carried(trigger) or _is_one_deed(trigger.token)
    is_told = draft.source.is_somebody or draft.target.is_somebody
    if _is_charged(trigger.token) and draft.target.is_somebody:
        return True  # "accused *of beating* the inmates"
    if (
        draft.event_type in {"COERCE", "ASSAULT", "PROTEST", "MOBILIZE"}
        and trigger.clause is not None
    ):
        # "the farm was quarantined", "the town came *under* fire"
        is_told = is_told or trigger.clause.object is not None or "under" in trigger.clause.preps
    return is_told and not is_general(trigger.token)


def _is_charged(verb: Token) -> bool:
    """Say whether a gerund is what somebody is charged with, or seen doing."""
    if verb.dep_ != "pcomp" or verb.tag_ != "VBG":
        return False
    return lemma_of(verb.head.head) in _CHARGED_WITH


def _is_carried(trigger: Trigger) -> bool:
    """Say whether a verb tells that what the noun names was done: "*issued* a ban"."""
    return trigger.carrier is not None and not is_general(trigger.carrier)


def _is_one_deed(noun: Token) -> bool:
    """Say whether a noun tells one deed of violence, or several, as having been done.

    "After *the shelling*", "*a raid* that", "the *siege* survivors", "the Lyon *attack*"; not
    "wary of *attacks*", nor what a verb that only looks ahead or back speaks of.
    """
    if lemma_of(noun) not in _SURE_DEEDS or noun.dep_ in {"attr", "oprd"}:
        return False
    phrase = noun.head if noun.dep_ == "compound" else noun
    is_called = any(child.pos_ == "PROPN" for child in (*noun.lefts, *phrase.lefts))
    if is_called or _are_deeds(noun):
        return True
    is_one = any(child.lower_ in _ONE | _NEW or _counts(child) for child in phrase.lefts)
    if is_one and noun.dep_ == "pobj" and noun.head.lower_ in _SUPPOSING:
        return True  # "hours *after the shooting*"
    above = (a for a in phrase.ancestors if a.pos_ in {"VERB", "AUX"} and a.dep_ != "prep")
    verb = next(above, None)
    return is_one and noun.dep_ != "appos" and verb is not None and not is_general(verb)


def _counts(child: Token) -> bool:
    """Say whether a word counts or dates deeds: "*two* raids", "last *month's* failed coup"."""
    return child.dep_ == "nummod" or (child.dep_ == "poss" and child.ent_type_ == "DATE")


def _are_deeds(noun: Token) -> bool:
    """Say whether a plural tells deeds that were done: "killed in *raids*", "*clashes* spread"."""
    if noun.tag_ != "NNS":
        return False
    is_after = noun.dep_ == "pobj" and noun.head.lower_ in _DONE_IN
    verb = noun.head.head if is_after else noun.head
    is_told = verb.tag_ in {"VBD", "VBN"} and lemma_of(verb) != "be" and not is_general(verb)
    return is_told and (is_after or noun.dep_ in {"nsubj", "nsubjpass"})


def _governor(noun: Token) -> Token:
    """Return the word on which a noun hangs, past a preposition and what it is joined to."""
    while noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        noun = noun.head
    return noun.head.head if noun.dep_ == "pobj" else noun.head


def _is_meeting(draft: Draft, *, has_place: bool) -> bool:
    if not any(actor.kind in _MEET for actor in draft.source.actors):
        return is_of_sides(draft) or _is_told_meeting(draft, has_place=has_place)
    if draft.trigger.mode == "visit" and draft.source.sector == "OPP":
        return False  # protesters on their way
    clause = draft.trigger.clause
    is_to_somewhere = draft.trigger.destination is not None or has_place
    is_to_somewhere = is_to_somewhere or (clause is not None and clause.object is not None)
    if draft.trigger.mode == "visit" and not (is_to_somewhere or draft.target.actors):
        return False
    between = [n for name, n in prep_objects(draft.trigger.token) if name == "between"]
    if any(noun.conjuncts or noun.tag_ == "NNS" for noun in between):
        return True
    is_told = not draft.trigger.is_noun and draft.source.sector != "CVL"
    if is_told and draft.target.sector not in {None, "CVL"}:
        return True  # "met security advisers", of whatever country
    actors = {actor.actor_id for actor in (*draft.source.actors, *draft.target.actors)}
    is_with = any(name == "with" for name, _ in prep_objects(draft.trigger.token))
    is_with = is_with and (draft.target.is_somebody or lemma_of(draft.trigger.token) in _GATHERINGS)
    if is_with and draft.source.sector != "CVL":
        return True  # "his talks *with* foreign leaders"
    is_body = any(actor.kind == "igo" for actor in draft.source.actors)
    if is_told and draft.trigger.mode != "visit" and _is_by_several(draft):
        return True  # "the island's two *leaders met*"
    is_framed = has_place or (draft.when is not None and draft.when.weight >= OWN_DATE)
    is_seen = draft.trigger.mode == "visit" and clause is not None and clause.object is not None
    return (
        len(actors) > 1
        or (has_place and lemma_of(draft.trigger.token) in _ROUNDS)
        or (is_told and lemma_of(draft.trigger.token) in _HOSTING)
        or (is_told and is_seen and not is_general(draft.trigger.token))  # "toured *the camp*"
        or (is_body and (is_framed or not draft.trigger.is_noun))
        or (has_place and (not draft.trigger.is_noun or draft.trigger.mode == "visit"))
    )


def _is_told_meeting(draft: Draft, *, has_place: bool) -> bool:
    """Say whether a verb tells a meeting of officials of no known country."""
    source, target = draft.source, draft.target
    is_planned = draft.modality is Modality.PLANNED and lemma_of(draft.trigger.token) != "host"
    is_told = not is_general(draft.trigger.token) or is_planned
    if is_told and any(actor.kind in _MEET for actor in target.actors):
        if source.actors and not draft.trigger.is_noun and draft.trigger.mode != "visit":
            return True
        is_round = lemma_of(draft.trigger.token) in _GATHERINGS  # "the *talks* with the minister"
        is_official = source.sector in _OFFICIAL | {"REL"}  # "the *pope* visited"
        return is_round or source.is_named or (is_official and not draft.trigger.is_noun)
    if draft.trigger.is_noun:
        is_with = any(name == "with" for name, _ in prep_objects(draft.trigger.token))
        # "after *talks with* the ministry"
        return is_with and target.sector in _OFFICIAL | {"REL"}
    if not is_told:
        return False
    clause = draft.trigger.clause
    if clause is not None and "with" in clause.preps and source.is_somebody and target.is_named:
        return True  # "met *with* the lobbyist"
    if source.sector in _OFFICIAL and lemma_of(draft.trigger.token) in _HOSTING:
        return True
    is_with_people = source.sector in _OFFICIAL and target.is_somebody
    if is_with_people and draft.trigger.mode != "visit":
        return True  # "the mayor *met* miners"
    is_said = is_planned or _is_told(draft)
    if source.sector in _OFFICIAL and _is_by_several(draft) and is_said:
        return True  # "the *ministers discussed* the border"
    is_by_known = (source.is_named or source.is_public) and _is_told(draft)  # "she *met* him"
    is_to_office = source.is_somebody and target.sector in _OFFICIAL  # "the banker *met* ministers"
    if draft.trigger.mode != "visit" and (is_by_known or is_to_office):
        return True
    is_seen = draft.trigger.mode == "visit" and clause is not None and clause.object is not None
    return source.sector in _OFFICIAL | {"REL"} and (has_place or is_seen)  # "*toured* the camp"


def _is_noun_of_meeting(trigger: Trigger) -> bool:
    """Say whether a noun tells a meeting, whoever met: "*called* a meeting", "at the summit"."""
    noun = trigger.token
    if lemma_of(noun) not in _GATHERINGS:
        return False
    is_high = any(lemma_of(child) in _HIGH_LEVEL for child in noun.lefts)
    return _is_carried(trigger) or is_high or lemma_of(noun) in {"summit", "negotiation"}
