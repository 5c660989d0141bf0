"""Whether a text tells an act as done, planned, possible, claimed, denied or not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.events import Modality
from dashboard.frames import CARRYING_VERBS, HAPPENING_VERBS
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_MAYBE = frozenset({"could", "may", "might", "can", "would", "should", "ca", "'d"})
_PERHAPS = frozenset({"may", "might"})
_USUAL = frozenset(
    {"frequent", "common", "rare", "likely", "unlikely", "possible", "inevitable", "commonplace"}
)
_CAUSING = frozenset({"lead", "result", "cause", "bring", "trigger", "spark", "provoke"})
_RULINGS = frozenset({"rule", "order", "decree"})
"""Verbs of those whose "should" is law: "ruled that he *should stay* in custody"."""
_ANNOUNCING = frozenset({"say", "announce", "declare", "confirm", "state", "tell", "add"})
"""Verbs by which a "would" is no more than a "will" of the time of speaking."""
_THE = frozenset({"the", "this", "that", "these", "those"})
_ENDS = frozenset({"end", "halt", "cessation"})
_BREAKS = frozenset({"adjournment", "suspension", "continuation", "extension", "prolongation"})
"""Nouns that suppose that what they are of goes on."""
_NOBODY = frozenset({"nobody", "none", "no-one"})
_FUTURE = frozenset({"will", "shall", "'ll", "wo"})
_BESIDE = frozenset({"after", "since", "upon"})
"""Prepositions by which what was done stands beside the verb: "failed *after* leaving"."""
_UP = frozenset({"xcomp", "ccomp", "pcomp"})
_CONDITIONS = frozenset({"if", "unless", "whether", "until", "lest"})
_PLANS = words("plans")
_BEGUN = frozenset({"attempt", "bid", "campaign", "effort"})
"""Nouns that say that what follows was begun, whatever came of it: "a *bid* to impeach him"."""
_INTENDED = frozenset({"plan"})
_MANAGING = frozenset({"able", "fast", "first", "last", "late", "prompt", "quick", "slow", "swift"})
"""Adjectives that say how or when somebody did what follows: "was *quick* to blame"."""
_RANKS = frozenset({"first", "last", "few", "latest"})
_HESITATING = frozenset({"hesitate", "flinch", "shrink", "shy"})
_PAST = frozenset({"VBD", "VBN"})
_FACTUAL = words("factual")
_AIMS = frozenset(
    {
        "mobilize",
        "mobilise",
        "prepare",
        "plan",
        "call",
        "push",
        "ready",
        "arrange",
        "hope",
        "brace",
        "wait",
    }
)
_BACKING = frozenset({"support", "backing", "case", "appetite", "enthusiasm", "pretext", "excuse"})
"""Nouns of what speaks for an act that may be none: "seek *support* for an attack"."""
_OWN_SUBJECT = frozenset({"nsubj", "nsubjpass", "mark"})
_TRYING = frozenset({"try", "seek", "hope", "aim", "attempt", "want", "look", "struggle"})
_JOURNEYS = frozenset(
    {"fly", "arrive", "return", "visit", "send", "convene", "assemble", "sit", "head", "travel"}
)
"""Verbs whose purpose is as good as done: "flew to Geneva *to meet* the envoy"."""
_CLAIMS = frozenset(
    [
        "believe",
        "think",
        "claim",
        "allege",
        "accuse",
        "charge",
        "suspect",
        "blame",
        "boast",
        "indict",
    ]
)
DENIALS = frozenset({"deny", "refute"})
"""Verbs by which somebody denies an act, which is told all the same, as denied."""
_REPORTS = frozenset({"accusation", "allegation", "claim", "report", "rumour", "rumor"})
"""What others say: "denied *reports* that it had", "*allegations* that he had"."""
_REFUTING = DENIALS | {"reject", "dismiss", "rebut", "rubbish"}
_FEARS = words("fears")
HOPES = frozenset({"hope", "wish", "pray"})
"""Verbs by which somebody wants others to act: "*hopes* that Iran will yield"."""
_TELLING = frozenset({"tell"})
"""Verbs of asking that with a finite clause only report."""
_GUESSED = frozenset({"likely", "unlikely", "sure", "bound", "certain", "liable"})
"""Adjectives of what is only expected: "is *likely* to provoke protests"."""
_GUESSING = frozenset({"suggest", "speculate"})
"""Verbs of supposing that with a finite clause claim: "suggested that he had fled"."""
_NEGATIONS = words("negations")
_ESCAPING = frozenset({"escape", "evade", "dodge", "elude"})
_ESCAPED = frozenset(
    {"arrest", "capture", "conviction", "deportation", "jail", "prison", "prosecution"}
    | {"punishment", "sanction", "sentence", "detention"}
)
"""What was not done to those who escaped it, where who escapes an attack was attacked."""
_SPANS = frozenset({"hour", "day", "night", "week", "month", "year", "decade"})
_ENDING = frozenset({"end", "stop", "halt", "quell"})
"""Verbs that suppose what went on for a while: "to *end* weeks of shelling"."""
_NO_TIMES = {
    "at": {"time", "point", "stage"},
    "in": {"way", "circumstance"},
    "on": {"account"},
    "under": {"circumstance", "condition"},
}
_DOUBTS = words("doubts")
_UNREAL_NOUNS = words("unreal_nouns")
_ABOUT_DEEDS = frozenset({"concern", "fear", "warning", "talk"})
"""Unreal nouns that may as well be about what was done."""
_ASKED = words("asked")
_WANTED = frozenset(
    {
        "want",
        "demand",
        "need",
        "desire",
        "risk",
        "fear",
        "practise",
        "practice",
        "rehearse",
        "simulate",
    }
)
"""Verbs whose object, if it names an act, is none: "does not want *a war*"."""
_GOVERNED = (
    (frozenset({"xcomp", "ccomp"}), _ASKED, Modality.HYPOTHETICAL),
    (frozenset({"ccomp"}), HOPES, Modality.HYPOTHETICAL),
    (frozenset({"dobj"}), _WANTED, Modality.HYPOTHETICAL),
    (frozenset({"xcomp", "ccomp", "pcomp", "dobj"}), _PLANS, Modality.PLANNED),
    (frozenset({"dobj", "xcomp", "nsubjpass", "pcomp"}), _NEGATIONS, Modality.NEGATED),
    (frozenset({"ccomp", "xcomp", "pcomp", "oprd"}), _CLAIMS, Modality.CLAIMED),
    (frozenset({"ccomp", "xcomp", "pcomp", "dobj"}), DENIALS, Modality.DENIED),
    (frozenset({"ccomp", "xcomp", "pcomp", "dobj"}), _FEARS, Modality.HYPOTHETICAL),
)
"""What a verb says of an act below it: how the act hangs on it, which verbs, what they mean."""
_ORDER = (
    Modality.NEGATED,
    Modality.DENIED,
    Modality.HYPOTHETICAL,
    Modality.PLANNED,
    Modality.CLAIMED,
)


def modality_of(token: Token) -> Modality:
    """Return the standing of the act that `token` names: the strongest doubt on its way up.

    The way leads from the word through the verbs that govern it to the top of the sentence.
    """
    found = set(_own(token))
    while token.head != token and not is_ended(token):
        head, dep = token.head, token.dep_
        if dep == "pcomp" and head.head != head:
            head = head.head  # "accused of *attacking*": the verb above speaks, not "of"
        if _is_apart(token):
            break
        if dep == "conj":
            found |= {Modality.HYPOTHETICAL} if _is_joined_to_wish(token, head) else set()
            if is_finite(token):
                break
            token = head
            continue
        found |= set(_from_head(token, head, dep))
        if dep in {"acl", "amod"} and token.tag_ in {"VBN", "VBG"}:
            break  # "an appeal against the order *rejecting* it": the order stands
        if head.pos_ in {"VERB", "AUX"} and not _carries(token, head, dep):
            break
        below, token = token, head
        if token.pos_ in {"VERB", "AUX"}:
            if _is_only_said(below, token):
                break  # what is said to be said: the saying's tense does not count
            found |= set(_own_verb(token))
    return _strongest(found)


def _is_apart(token: Token) -> bool:
    """Say whether a clause stands for itself, whatever the verb above says."""
    dep = token.dep_
    if dep == "pcomp" and token.head.lower_ in _BESIDE:
        return True
    is_relative = dep == "relcl" and not _is_sought(token)  # but "new ways *to attack*"
    return is_relative or (dep == "advcl" and not _condition(token)) or stands_beside(token)


def _is_joined_to_wish(token: Token, head: Token) -> bool:
    """Say whether what an act is joined to makes it a condition or a wish.

    "*Whether* anyone was hurt or *arrested*", "*if* he denies it and *rejects* the report", "asked
    him to go and *to lift* the ban".
    """
    if is_finite(token) and any(c.dep_ in _OWN_SUBJECT for c in token.lefts):
        return False
    is_asked = _is_sought(token) and lemma_of(head) in _ASKED and not _has_to(head)
    return is_asked or _condition(head)


def _is_sought(verb: Token) -> bool:
    """Say whether a verb is the infinitive of what is to be done: "ways *to attack*"."""
    return verb.tag_ == "VB" and _has_to(verb)


def _is_only_said(below: Token, verb: Token) -> bool:
    """Say whether `below` is what `verb` says, without a claim or a doubt."""
    is_whole = below.pos_ not in {"VERB", "AUX"} or is_finite(below)
    is_said = below.dep_ == "ccomp" and is_whole
    return is_said and lemma_of(verb) not in _CLAIMS | DENIALS | _FEARS


def _strongest(found: set[Modality]) -> Modality:
    if {Modality.CLAIMED, Modality.PLANNED} <= found:
        return Modality.HYPOTHETICAL  # "accused of *plotting a coup*"
    return next((modality for modality in _ORDER if modality in found), Modality.REPORTED)


def speaker_verb(token: Token) -> Token | None:
    """Return the verb by which somebody claims, denies or plans the act that `token` names.

    None when no such verb governs it: "will meet" is planned, and no other verb says so.
    """
    step = token
    while step.head != step:
        head, dep = step.head, step.dep_
        if dep == "pcomp" and head.head != head:
            head = head.head
        if dep in {"relcl", "advcl"}:
            return None
        if head.pos_ in {"VERB", "AUX"} and lemma_of(head) in _CLAIMS | DENIALS | _PLANS:
            return head
        step = head
    return None


def is_purpose(token: Token) -> bool:
    """Say whether the act is only what another is done for: "met *to discuss*"."""
    while token.head != token:
        if _is_purpose(token):
            if is_brought_off(token.head):
                return False
            is_step = any(c.dep_ == "dobj" and lemma_of(c) in _FACTUAL for c in token.head.children)
            return not is_step and lemma_of(token.head) not in _FACTUAL | _JOURNEYS
        if token.dep_ not in {"conj", "xcomp"}:
            return False
        token = token.head
    return False


def _is_purpose(token: Token) -> bool:
    verb = token.head
    if token.dep_ == "acl" and lemma_of(verb) in _BEGUN | _INTENDED:
        return False  # "an attempt *to storm* the palace", "plans *to send* troops"
    is_tried = token.dep_ == "xcomp" and verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"}
    if is_tried and lemma_of(verb) in _TRYING and _has_to(token):
        return True  # "shut the port, *trying to end* the revolt"
    return token.dep_ in {"advcl", "acl"} and token.tag_ == "VB" and _has_to(token)


def _own(token: Token) -> list[Modality]:
    if token.pos_ in {"VERB", "AUX"}:
        return _own_verb(token)
    found = []
    for child in token.children:
        word = child.lower_
        if word == "no" and child.dep_ == "det":
            found.append(Modality.NEGATED)
        elif word in _DOUBTS and child.dep_ == "amod":
            found.append(Modality.CLAIMED if word == "alleged" else Modality.HYPOTHETICAL)
    return found


def is_of_neither(subject: Token) -> bool:
    """Say whether a subject is "neither side", "neither X nor Y"."""
    is_subject = subject.dep_ in {"nsubj", "nsubjpass"}
    return is_subject and any(child.lower_ == "neither" for child in subject.lefts)


def is_no_longer(word: Token) -> bool:
    """Say whether a word is the "longer" of "no longer"."""
    return word.dep_ == "advmod" and word.lower_ == "longer" and _is_none(word)


def _own_verb(verb: Token) -> list[Modality]:
    found = []
    is_ruled = verb.dep_ == "ccomp" and lemma_of(verb.head) in _RULINGS
    is_unshaken = _is_unshaken(verb)
    for child in verb.children:
        word = child.lower_
        is_nobody = word in _NOBODY and child.dep_ in {"nsubj", "nsubjpass", "dobj"}
        is_nobody = is_nobody or is_of_neither(child)
        is_not = (child.dep_ == "neg" and not is_unshaken) or is_no_longer(child)
        is_not = is_not or _is_at_no_time(child)
        if is_not or word == "never" or is_nobody:
            found.append(Modality.NEGATED)
        elif child.dep_ == "aux" and word == "would" and _is_announced(verb):
            found.append(Modality.PLANNED)  # "said that he *would* resign"
        elif child.dep_ == "aux" and word in _PERHAPS and _has_been(verb):
            found.append(Modality.CLAIMED)  # "more people *may have* died"
        elif child.dep_ == "aux" and word in _MAYBE and not is_ruled:
            found.append(Modality.HYPOTHETICAL)
        elif child.dep_ == "aux" and word in _FUTURE:
            found.append(Modality.PLANNED)
        elif child.dep_ == "mark" and word in _CONDITIONS:
            found.append(Modality.HYPOTHETICAL)
        elif child.dep_ == "mark" and word == "before" and _is_present(verb):
            found.append(Modality.HYPOTHETICAL)  # "days *before* it leaves"
        elif child.dep_ == "advmod" and word == "allegedly":
            found.append(Modality.CLAIMED)
    return found


def _is_at_no_time(child: Token) -> bool:
    """Say whether a verb has "*at no time*", "*under no circumstances*" before it."""
    times = _NO_TIMES.get(child.lower_, ())
    nouns = [noun for noun in child.rights if noun.dep_ == "pobj" and lemma_of(noun) in times]
    return any(word.lower_ == "no" for noun in nouns for word in noun.lefts)


def _is_present(verb: Token) -> bool:
    """Say whether a verb, or the auxiliary of a passive, stands in the present."""
    first = next((c for c in verb.lefts if c.dep_ in {"aux", "auxpass"}), verb)
    return first.tag_ in {"VBZ", "VBP"}


def _has_been(verb: Token) -> bool:
    """Say whether a verb tells of what is past: "may *have* died"."""
    return any(child.dep_ == "aux" and child.lower_ == "have" for child in verb.children)


def _is_announced(verb: Token) -> bool:
    """Say whether somebody says that an act is to come, whatever else may happen."""
    is_said = verb.dep_ == "ccomp" and lemma_of(verb.head) in _ANNOUNCING
    return is_said and verb.head.i < verb.i and not any(_condition(c) for c in verb.children)


def _from_head(token: Token, head: Token, dep: str) -> list[Modality]:
    """Return what the word above says of an act: a preposition, a noun or a verb."""
    if dep in {"compound", "nmod"}:
        return []  # "the *coup* attempt" was made
    if head.lower_ == "for" and _is_of_aim(head):
        return [Modality.HYPOTHETICAL]  # "mobilising *for an attack*"
    if head.pos_ == "ADP":
        return [Modality.NEGATED] if head.lower_ == "without" else []
    if head.pos_ == "NOUN" and dep in {"acl", "ccomp"} and _is_none(head):
        return [Modality.NEGATED]  # "no sign *that troops had left*"
    if head.pos_ == "NOUN" and dep in {"acl", "ccomp"} and lemma_of(head) in _REPORTS:
        return [Modality.DENIED if lemma_of(head.head) in _REFUTING else Modality.CLAIMED]
    is_clause = any(child.dep_ in {"mark", "aux", "auxpass"} for child in token.children)
    if dep == "acl" and token.tag_ == "VBN" and not is_clause:
        return []  # "the plan *backed* by Egypt" is backed
    if dep == "prep" and lemma_of(head) in _ABOUT_DEEDS and is_definite(token):
        return []  # "concerns about *the crackdown*": there is one
    if dep == "pobj" or head.pos_ in {"NOUN", "PROPN"}:
        return _from_noun(token, lemma_of(head), dep)
    if dep == "nsubj" and lemma_of(head) == "be" and _is_usual(head):
        return [Modality.HYPOTHETICAL]
    return _from_verb(token, head, dep, _meant(head))


def _is_of_aim(preposition: Token) -> bool:
    """Say whether what a preposition hangs on makes what follows an aim: "*support* for a raid"."""
    if lemma_of(preposition.head) in _BACKING:
        return not is_definite(preposition)
    return lemma_of(_governor(preposition)) in _AIMS


def _from_noun(token: Token, noun: str, dep: str) -> list[Modality]:
    """Return what the noun above says of an act: "*threat* of war", "an *attempt* to kill"."""
    is_sought = dep in {"acl", "relcl"} and token.tag_ == "VB"
    if is_sought and noun in _INTENDED:
        return [Modality.PLANNED]
    if is_sought and noun in _BEGUN:
        return []
    return [Modality.HYPOTHETICAL] if noun in _UNREAL_NOUNS else []


def _governor(preposition: Token) -> Token:
    """Return what a preposition hangs on, past those joined to it: "*call* for X and for Y"."""
    above = preposition.head
    while above.pos_ == "ADP" and above.head != above:
        above = above.head
    return above


def is_definite(preposition: Token) -> bool:
    """Say whether a preposition is followed by "the ..."."""
    nouns = (child for child in preposition.children if child.dep_ == "pobj")
    return any(word.lower_ == "the" for noun in nouns for word in noun.lefts)


def _is_known(noun: Token) -> bool:
    """Say whether a noun speaks of an act that the reader knows: "*the* attack", "*his* visit"."""
    return any(child.dep_ == "poss" or child.lower_ in _THE for child in noun.lefts)


def _is_none(word: Token) -> bool:
    return any(child.lower_ == "no" for child in word.lefts)


def _meant(verb: Token) -> str:
    """Return the lemma of a verb, or of one that means the same as verb and particle."""
    lemma = lemma_of(verb)
    if lemma == "call" and any(child.lower_ == "off" for child in verb.children):
        return "cancel"
    if lemma == "set" and any(child.dep_ == "prt" for child in verb.children):
        return "cause"  # "set off *expulsions*", where "set talks for May" would be a plan
    return lemma


def _from_verb(token: Token, head: Token, dep: str, lemma: str) -> list[Modality]:
    if lemma in _ESCAPING and dep == "dobj" and lemma_of(token) in _ESCAPED:
        return [Modality.NEGATED]
    if lemma in _CAUSING and dep in {"dobj", "prep"}:
        is_guess = head.head.lower_ in _GUESSED and head.dep_ == "xcomp"
        own = _own_verb(head)  # "will lead to his *extradition*"
        return [*own, Modality.HYPOTHETICAL] if is_guess else own
    is_infinitive = token.tag_ == "VB" and _has_to(token)
    if dep == "dobj" and token.pos_ == "NOUN" and not _is_known(token):
        # "could ease *a rapprochement*": what may come of something has not
        unreal = {Modality.HYPOTHETICAL, Modality.PLANNED}
        own = [modality for modality in _own_verb(head) if modality in unreal]
        if own:
            return own
    found = [modality for deps, lemmas, modality in _GOVERNED if dep in deps and lemma in lemmas]
    if lemma in _GUESSING and dep == "ccomp" and is_finite(token) and token.tag_ != "VBP":
        found = [Modality.CLAIMED]
    if lemma in _TELLING and not is_infinitive:
        found = []  # "told reporters that X had left": not asked, but told
    if lemma == "be" and dep == "xcomp" and is_infinitive and head.tag_ in {"VBZ", "VBP"}:
        return [Modality.PLANNED]  # "is *to visit* Prague on Monday"
    is_done = is_brought_off(head) or (lemma == "have" and head.tag_ == "VBD")  # "*had* to leave"
    if dep in _UP and is_infinitive and not is_done and lemma not in _FACTUAL | _PLANS | _ASKED:
        found.append(Modality.HYPOTHETICAL)
    return found


def is_brought_off(word: Token) -> bool:
    """Say whether what follows was done: "*went* on to win", "was *able* to leave"."""
    if lemma_of(word) in _MANAGING:
        return word.head.tag_ in {"VBD", "VBN"}
    if lemma_of(word) == "be" and word.tag_ == "VBD":  # "*was* among the first to leave"
        among = (c for c in word.rights if c.lower_ == "among")
        return any(noun.lower_ in _RANKS for prep in among for noun in prep.children)
    if _is_unshaken(word):
        return True
    has_on = any(child.dep_ == "prt" and child.lower_ == "on" for child in word.children)
    return lemma_of(word) == "go" and word.tag_ == "VBD" and has_on


def _is_unshaken(verb: Token) -> bool:
    """Say whether somebody "did not *hesitate* to" do what follows: they did it."""
    is_past = verb.tag_ in _PAST or any(c.lower_ == "did" for c in verb.lefts)
    is_not = any(child.dep_ == "neg" for child in verb.lefts)
    return lemma_of(verb) in _HESITATING and is_past and is_not


def is_ended(noun: Token) -> bool:
    """Say whether a noun is what should end, so that it goes on: "an end to *the fighting*".

    "To end weeks of *shelling*" tells of it, too.
    """
    if noun.dep_ == "pobj" and lemma_of(noun.head.head) in _SPANS:
        return lemma_of(noun.head.head.head) in _ENDING
    ending = lemma_of(noun.head.head) if noun.dep_ == "pobj" else ""
    return ending in _BREAKS or (ending in _ENDS and is_definite(noun.head))


def _is_usual(verb: Token) -> bool:
    """Say whether a sentence tells how things are: "clashes *are frequent*"."""
    return any(child.dep_ == "acomp" and child.lower_ in _USUAL for child in verb.children)


def _carries(token: Token, head: Token, dep: str) -> bool:
    """Say whether the standing of the verb `head` is also that of `token` below it."""
    if token.pos_ in {"VERB", "AUX"}:
        return dep in {"xcomp", "ccomp", "pcomp", "advcl", "conj", "acl", "relcl"}
    if dep in {"nsubj", "attr"}:
        return lemma_of(head) in HAPPENING_VERBS
    return dep in {"dobj", "nsubjpass"} and lemma_of(head) in CARRYING_VERBS


def stands_beside(clause: Token) -> bool:
    """Say whether a clause parsed as what a verb says stands beside it: "X *fled*; Y left"."""
    is_first = clause.dep_ == "ccomp" and clause.i < clause.head.i
    return is_first and any(word.text == ";" for word in clause.doc[clause.i : clause.head.i])


def _condition(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ in _CONDITIONS for child in token.children)


def _has_to(token: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in token.children)


def is_finite(token: Token) -> bool:
    """Say whether a verb stands for itself: "left", "has left", not "to leave" or "leaving"."""
    return token.tag_ in {"VBD", "VBZ", "VBP"} or any(
        child.dep_ in {"aux", "auxpass"} and child.tag_ in {"VBD", "VBZ", "VBP", "MD"}
        for child in token.children
    )
