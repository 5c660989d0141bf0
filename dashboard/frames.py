"""Who stands where in a clause: subject, object, agent and prepositions of a verb or a noun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OBJECTS = frozenset({"dobj", "obj"})
_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECT_CONTROL = words("object_control")
"""Verbs whose object, not subject, does what the clause after them says."""
_SHARING = frozenset({"xcomp", "advcl", "conj", "pcomp", "ccomp", "dep", "prep"})
_COMPLEMENTS = frozenset({"xcomp", "ccomp", "advcl"})
_QUOTING = frozenset({"promise", "pledge", "vow", "threaten"})
"""Verbs whose clause, quoted before them, is theirs as well: ""We will pay," he *vowed*"."""
_CONTROLLED = frozenset({"xcomp", "pcomp", "ccomp"})
_FINITE = frozenset({"VBD", "VBZ"})
_PAST = frozenset({"VBN", "VBD"})
_QUANTITIES = words("quantities") | {"state"}
_WAYS = frozenset({"aside", "away", "back", "down", "off", "out", "over", "up"})
"""Adverbs that are parts of verbs, whose prepositions are then the verb's."""
_CLAUSES = "dateline.clauses"
_DEPTH = 6
_CLOSE = 3
"""Tokens from a verb to the one joined to it within which they share an object."""
CARRYING_VERBS = words("carrying_verbs")
"""Verbs that say little but that the noun beside them is done: "hold talks", "carry out a raid"."""
HAPPENING_VERBS = words("happening_verbs")
"""Verbs whose subject, if it names an act, took place: "talks began", "clashes broke out"."""


@dataclass(slots=True)
class Clause:
    """A verb with its arguments; a passive is turned round, so that `subject` always acts."""

    verb: Token
    subject: Token | None = None
    object: Token | None = None
    complement: Token | None = None
    """The verb of the clause that depends on it: "agreed to *withdraw*"."""
    is_passive: bool = False
    preps: dict[str, list[Token]] = field(default_factory=dict)
    """What follows each preposition; "dative" for "gave *them* food".

    "Given" for what those get who are the subject: "they were given *two days*".
    """


def clause_of(verb: Token, depth: int = 0) -> Clause:
    """Return the arguments of `verb`, those that it shares with a governing verb included.

    Its document remembers them until `forget_clauses`: most verbs are asked for several times.
    """
    known: dict[int, Clause] = verb.doc.user_data.setdefault(_CLAUSES, {})
    clause = known.get(verb.i) or _read(verb, depth)
    if depth == 0:
        known[verb.i] = clause
    return replace(clause)  # who asks may fill in what is missing


def forget_clauses(doc: Doc) -> None:
    """Let go of what `clause_of` remembers: it holds `doc`, which else waits to be collected."""
    doc.user_data.pop(_CLAUSES, None)


def _read(verb: Token, depth: int) -> Clause:
    clause = Clause(verb=verb)
    own_subject = _read_children(verb, clause)
    if clause.object is None and not clause.is_passive:
        clause.object = _counted_object(clause) or _raised_object(verb)
    if not own_subject and depth < _DEPTH:
        _inherit(verb, clause, depth)
    _fill_relative(verb, clause)
    is_short = own_subject and (_is_gapped(verb) or _is_absolute(verb))
    if _is_headline_passive(verb, clause) or is_short:
        clause.subject, clause.object, clause.is_passive = None, clause.subject, True
    return clause


def _counted_object(clause: Clause) -> Token | None:
    """Return the object of "wounded *between* 10 and 15 *people*"."""
    for noun in clause.preps.get("between", ()):
        if any(child.dep_ == "nummod" and list(child.conjuncts) for child in noun.lefts):
            return noun
    return None


def _raised_object(verb: Token) -> Token | None:
    """Return the object that `verb` shares with the verb joined to it: "*shot* and killed X"."""
    joined = next((c for c in verb.rights if c.dep_ == "conj" and c.tag_ == verb.tag_), None)
    if joined is None or joined.i - verb.i > _CLOSE:
        return None
    between = verb.doc[verb.i + 1 : joined.i]
    is_bare = all(word.dep_ in {"cc", "advmod", "punct"} for word in between)
    return next((c for c in joined.rights if c.dep_ in _OBJECTS), None) if is_bare else None


def _is_gapped(verb: Token) -> bool:
    """Say whether a participle shares the auxiliary before: "two were hurt and a dozen *held*"."""
    if verb.tag_ != "VBN" or verb.dep_ != "conj":
        return False
    has_own = any(child.dep_ in {"aux", "auxpass", *_OBJECTS} for child in verb.children)
    return not has_own and any(child.dep_ == "auxpass" for child in verb.head.children)


def _is_absolute(verb: Token) -> bool:
    """Say whether a participle after "with" is passive: "*with* officers *deployed*"."""
    is_after_with = verb.dep_ == "pcomp" and verb.head.lower_ == "with"
    has_own = any(child.dep_ in {"aux", "auxpass", *_OBJECTS} for child in verb.children)
    return is_after_with and verb.tag_ in _PAST and not has_own


def _is_headline_passive(verb: Token, clause: Clause) -> bool:
    """Say whether a participle without an auxiliary is passive: "*Three held* over blast"."""
    if verb.tag_ not in _PAST or clause.object is not None or clause.subject is None:
        return False
    is_told = verb.tag_ == "VBD" or verb.sent[-1].text == "."
    if is_told and lemma_of(verb) not in words("transitive"):
        return False  # no headline, but a past tense
    has_auxiliary = any(child.dep_ in {"aux", "auxpass"} for child in verb.children)
    return not has_auxiliary and verb.dep_ == "ROOT" and clause.subject.head == verb


def prep_objects(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield (preposition, noun) for the prepositions that depend on `token`."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ != "NOUN":
            name = "dative" if child.dep_ == "dative" and child.pos_ != "ADP" else child.lower_
            for inner in child.children:
                is_said = name == "as" and inner.pos_ == "ADJ"  # "described it as *illegal*"
                if inner.dep_ in {"pobj", "pcomp"} or is_said:
                    yield name, inner
                elif inner.dep_ == "prep":  # "out of", "up to"
                    for noun in inner.children:
                        if noun.dep_ == "pobj":
                            yield inner.lower_, noun
                            yield f"{child.lower_} {inner.lower_}", noun
                            if child.lower_ == "out":
                                yield "from", noun  # "pulled *out of* the pact"


def counted(noun: Token) -> Iterator[Token]:
    """Yield a noun, those joined to it, and what they count: "10 days of war *games*"."""
    for head in (noun, *noun.conjuncts):
        yield head
        inner: Token | None = head
        while inner is not None and (lemma_of(inner) in _QUANTITIES or inner.tag_ == "CD"):
            inner = next((n for name, n in prep_objects(inner) if name == "of"), None)
            if inner is not None:
                yield inner


def _read_children(verb: Token, clause: Clause) -> bool:
    """Note the arguments that `verb` has itself; say whether a subject is among them."""
    has_subject = False
    for child in verb.children:
        dep = child.dep_
        if dep in _SUBJECTS:
            clause.subject, has_subject = _described(child), True
        elif dep in _PASSIVE_SUBJECTS:
            clause.object, clause.is_passive, has_subject = _described(child), True, True
        elif dep == "auxpass":
            clause.is_passive = True
        elif dep in _OBJECTS:
            _take_object(child, clause)
        elif dep in {"xcomp", "ccomp"} and (child.i > verb.i or lemma_of(verb) in _QUOTING):
            clause.complement = clause.complement or child
        else:
            _read_adjunct(child, clause)
    for name, noun in (*_below(verb), *_asked_of(verb)):
        clause.preps.setdefault(name, []).append(noun)
        is_clause = noun.dep_ == "pcomp" and noun.pos_ == "VERB"
        if is_clause and clause.complement is None and name in {"to", "of", "from", "on"}:
            clause.complement = noun
    if clause.object is None and clause.complement is not None:
        clause.object = _controlled_object(verb, clause.complement)
    return has_subject


def _take_object(noun: Token, clause: Clause) -> None:
    if clause.is_passive and clause.object is not None:  # "they were *given two days*"
        clause.preps.setdefault("given", []).append(noun)
    clause.object = clause.object or noun


def _below(verb: Token) -> Iterator[tuple[str, Token]]:
    """Yield what prepositions say of a verb, and of what one is under: "under fire *from* him"."""
    for name, noun in prep_objects(verb):
        yield name, noun
        if name == "under" or noun.lower_ in {"odds", "loggerheads"}:
            yield from prep_objects(noun)


def _described(subject: Token) -> Token:
    """Return whom a participle that is parsed as a subject describes: "*those* accused fled"."""
    if subject.dep_ not in {"csubj", "csubjpass"} or subject.tag_ not in {"VBN", "VBG"}:
        return subject
    return next((child for child in subject.lefts if child.dep_ in _SUBJECTS), subject)


def _asked_of(verb: Token) -> Iterator[tuple[str, Token]]:
    """Yield ("for", subject) of the clause in "called *for the minister* to resign"."""
    for clause in verb.rights:
        inner = next((c for c in clause.rights if c.dep_ == "pcomp"), None)
        if inner is not None and clause.dep_ == "prep":  # "called *on the court* to act"
            yield from ((clause.lower_, c) for c in inner.lefts if c.dep_ in _SUBJECTS)
        lefts = list(clause.lefts) if clause.dep_ in _COMPLEMENTS else []
        if any(child.dep_ == "mark" and child.lower_ == "for" for child in lefts):
            subjects = _SUBJECTS | _PASSIVE_SUBJECTS
            yield from (("for", child) for child in lefts if child.dep_ in subjects)


def _controlled_object(verb: Token, complement: Token) -> Token | None:
    """Return whom "asked *the envoy* to leave" acts on: the parse makes it a subject.

    So it does in "found *him* guilty".
    """
    is_told = any(child.dep_ == "mark" or child.tag_ == "MD" for child in complement.lefts)
    is_asked = lemma_of(verb) in _OBJECT_CONTROL and (
        complement.tag_ in {"VB", "VBP"} or _is_passive_infinitive(complement)
    )
    is_asked = is_asked and not is_told  # "warned that prices would rise"
    is_particle = complement.tag_ == "RP"  # "wants *the troops* out"
    if not is_asked and not is_particle and complement.pos_ != "ADJ":
        return None
    subjects = _SUBJECTS | _PASSIVE_SUBJECTS
    return next((child for child in complement.lefts if child.dep_ in subjects), None)


def _is_passive_infinitive(verb: Token) -> bool:
    """Say whether a participle is what is wanted of a thing: "asked for the ban *to be lifted*"."""
    is_to_be = any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.lefts)
    return verb.tag_ == "VBN" and is_to_be


def _read_adjunct(child: Token, clause: Clause) -> None:
    if child.dep_ == "advmod" and child.lower_ in _WAYS:  # "fell *back from* the town"
        for name, noun in prep_objects(child):
            clause.preps.setdefault(name, []).append(noun)
        return
    if child.dep_ == "dative" and child.pos_ in {"NOUN", "PROPN", "PRON"}:
        clause.preps.setdefault("dative", []).append(child)
    elif child.dep_ == "agent":
        for noun in child.children:
            if noun.dep_ in {"pobj", "pcomp"}:
                if clause.subject is not None and clause.subject.dep_ in _SUBJECTS:
                    clause.object = clause.object or clause.subject  # "soldier *killed* by Isis"
                clause.subject, clause.is_passive = noun, True


def _inherit(verb: Token, clause: Clause, depth: int) -> None:
    """Give `verb` the arguments that it shares with the word on which it depends."""
    head, dep = verb.head, verb.dep_
    if dep == "acl" or (dep == "amod" and verb.tag_ in _PAST):
        _inherit_from_noun(verb, clause)
        return
    while dep == "conj" and verb.tag_ in _FINITE and head.tag_ == "VB" and head.dep_ in _CONTROLLED:
        head = head.head  # "ordered him to return and *demanded* an apology"
    if dep == "conj":
        head = _told_before(verb, head) or head
    while dep == "pcomp" and head.dep_ == "conj" and head.head.pos_ == "ADP":
        head = head.head  # "blamed for X and *for threatening*"
    if dep == "pcomp" or (dep in {"xcomp", "ccomp", "conj"} and head.pos_ == "ADJ"):
        head = head.head  # past the preposition, or past "ready", "willing", "is sorry and *left*"
    if head.pos_ in {"NOUN", "PROPN"} and dep == "pcomp":
        owner = next((child for child in head.lefts if child.dep_ == "poss"), None)
        clause.subject = clause.subject or owner
    elif head != verb and head.pos_ in {"VERB", "AUX"} and dep in _SHARING:
        _inherit_from_verb(verb, clause, clause_of(head, depth + 1))


def _told_before(verb: Token, saying: Token) -> Token | None:
    """Return what goes on after a "said" in between: "it *denied* that, aides said, and then fled".

    The parse joins what follows to the verb of saying.
    """
    is_between = lemma_of(saying) in words("saying") and saying.nbor(1).text == ","
    if not is_between or verb.i < saying.i or lemma_of(verb) in words("saying"):
        return None
    if saying.dep_ == "parataxis":
        return saying.head
    return next((child for child in saying.lefts if child.dep_ == "ccomp"), None)


def _inherit_from_noun(verb: Token, clause: Clause) -> None:
    """Read "attacks *carried* out by ..." and "men *attacking* ..."."""
    if _is_main(verb):
        clause.subject = verb.head
        return
    if verb.dep_ == "amod" and clause.subject is not None:
        clause.object = verb.head  # "says *soldiers tortured* deserters", parsed as "tortured ones"
        return
    is_headline = verb.tag_ == "VBD" and clause.object is None  # "three *held* over blast"
    if verb.tag_ == "VBN" or is_headline:
        clause.object, clause.is_passive = clause.object or verb.head, True
    elif verb.tag_ == "VBG":
        clause.subject = verb.head
    elif any(child.dep_ == "poss" for child in verb.head.lefts):  # "*Chad's* decision to leave"
        owner = next(child for child in verb.head.lefts if child.dep_ == "poss")
        clause.subject = clause.subject or owner
    elif verb.head.dep_ in _OBJECTS and verb.head.head.pos_ == "VERB":
        clause.subject = clause.subject or clause_of(verb.head.head).subject  # "took steps *to*"


def _is_main(verb: Token) -> bool:
    """Say whether a finite verb is its sentence's, though parsed as if it described a noun.

    "The minister, Ann Berg, *pledged* ...".
    """
    noun = verb.head
    is_sentence = noun.dep_ == "ROOT" and verb.sent[-1].text == "."
    if verb.tag_ == "VBD" and is_sentence and lemma_of(verb) not in words("transitive"):
        return True  # "The ministry *called* on Friday for a boycott"
    is_named = any(child.dep_ == "appos" and child.i < verb.i for child in noun.rights)
    return verb.tag_ == "VBD" and is_named and verb.nbor(-1).text == ","


def _inherit_from_verb(verb: Token, clause: Clause, outer: Clause) -> None:
    patient = outer.object if outer.is_passive else outer.subject
    if any(child.dep_ == "auxpass" for child in verb.children):
        clause.is_passive = True
        clause.object = clause.object or patient
        return
    if _is_bare_passive(verb, clause, outer):
        clause.is_passive = True
        clause.object = patient
        if verb.dep_ == "conj":
            clause.subject = clause.subject or outer.subject
        return
    if clause.subject is not None:
        return
    is_controlled = verb.dep_ in _CONTROLLED and lemma_of(outer.verb) in _OBJECT_CONTROL
    is_shared = outer.is_passive and verb.dep_ in {"xcomp", "advcl", "conj"}
    takes_object = outer.object is not None and (is_controlled or is_shared)
    clause.subject = outer.object if takes_object else outer.subject


def _is_bare_passive(verb: Token, clause: Clause, outer: Clause) -> bool:
    """Say whether a participle without its own auxiliary is passive: "arrested and *charged*"."""
    if verb.tag_ != "VBN" or clause.object is not None:
        return False
    if any(child.dep_ == "aux" for child in verb.children):
        return False
    return verb.dep_ == "advcl" or (verb.dep_ == "conj" and outer.is_passive)


def _fill_relative(verb: Token, clause: Clause) -> None:
    """Let the noun before a relative clause stand where the clause has a gap."""
    if verb.dep_ == "xcomp" and verb.head.dep_ == "relcl" and clause.object is None:
        outer = clause_of(verb.head)  # "the pact that they plan *to sign*"
        if outer.object == verb.head.head and clause.complement is None:
            clause.object = outer.object
    if verb.dep_ != "relcl":
        return
    noun = verb.head
    if verb.tag_ == "VB" and clause.subject is None and _is_ranked(noun):
        is_said = noun.dep_ == "attr"  # "Mali was the *first country* to recognise it"
        clause.subject = clause_of(noun.head).subject if is_said else noun
        return
    has_gap = not any(_is_relative(token) for nouns in clause.preps.values() for token in nouns)
    if clause.subject is not None and _is_relative(clause.subject) and clause.subject.i < verb.i:
        clause.subject, has_gap = noun, False
    if clause.object is not None and _is_relative(clause.object) and clause.object.i < verb.i:
        clause.object, has_gap = noun, False
    is_full = clause.is_passive or clause.object is not None or clause.complement is not None
    is_adverbial = any(child.lower_ in {"where", "when"} for child in verb.children)
    if has_gap and not is_full and not is_adverbial and clause.subject != noun:
        clause.object = noun
    for nouns in clause.preps.values():
        nouns[:] = [noun if _is_relative(token) else token for token in nouns]


def _is_ranked(noun: Token) -> bool:
    """Say whether a noun did what the infinitive after it tells: "the *last* to leave"."""
    return any(word.lower_ in {"first", "last", "only", "latest"} for word in (noun, *noun.lefts))


def _is_relative(token: Token) -> bool:
    return token.tag_ in {"WDT", "WP"}
