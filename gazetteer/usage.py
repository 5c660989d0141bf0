"""How a place name is used: for the place itself, or for its government, people or team."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.rules import table, words
from gazetteer.toponyms import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_NOUN_LINKS = frozenset({"poss", "compound", "amod", "nmod", "nn"})
_OPENING = frozenset({"in", "at", "near", "outside", "around"})
_LONGEST_CHAIN = 4


def kind_of_use(span: Span, standing: str) -> MentionKind:
    """Return METONYM where `span` stands for a government, a people or a team, else LITERAL.

    The evidence is the word that governs it: what says, decides or blames is a government;
    where one goes, lives or meets is a place. `standing` says what the name's best bearer
    is ("country", "capital", "town", ...): waters and airports never speak.
    """
    if standing == "site" or _opens_the_sentence(span):
        return MentionKind.LITERAL
    is_metonym = metonym_probability(span, standing) > 0.5
    return MentionKind.METONYM if is_metonym else MentionKind.LITERAL


def _opens_the_sentence(span: Span) -> bool:
    """Say whether the subject follows what seems to belong to it: "In *Basra* police fired"."""
    root, first = span.root, span.doc[max(0, span.start - 1)]
    if root.dep_ not in _NOUN_LINKS or not first.is_sent_start or first.lower_ not in _OPENING:
        return False
    if root.head.dep_ in _SUBJECTS:
        return True
    has_subject = any(child.dep_ in _SUBJECTS for child in first.head.children)
    return root.head.head == first and first.head.pos_ == "VERB" and not has_subject


def metonym_probability(span: Span, standing: str) -> float:
    """Return the probability in [0, 1] that `span` does not stand for the place itself."""
    weights = _weights()
    total = sum(weights.get(feature, 0.0) for feature in usage_features(span, standing))
    role, word = governor(span)
    total += _along(word, _directions().get(role, ()))
    return 1 / (1 + math.exp(-total))


def governor(span: Span) -> tuple[str, Token]:
    """Return the word that governs `span`, and as what: words of like meaning weigh alike.

    The role is "subject", "modifier" (of a noun: "Iran's army"), "preposition" (the word
    that the prepositional phrase hangs on), or "other".
    """
    token = span.root
    chain = 0
    while token.dep_ in {"conj", "appos"} and chain < _LONGEST_CHAIN:
        token = token.head
        chain += 1
    dep, head = token.dep_, token.head
    if dep == "pobj":
        return "preposition", head.head.head if head.head.pos_ == "ADP" else head.head
    if dep in _SUBJECTS:
        return "subject", head
    return ("modifier" if dep in _NOUN_LINKS else "other"), head


def _along(word: Token, direction: Sequence[float]) -> float:
    """Return how far the word's vector, at length 1, goes along `direction`; 0 without one."""
    vector = word.vocab[word.lower_].vector
    length = math.sqrt(float(vector @ vector))
    if not length or len(vector) != len(direction):
        return 0.0  # a pipeline without vectors, or with others: the features alone decide
    return float(sum(map(operator.mul, direction, vector.tolist()))) / length


def usage_features(span: Span, standing: str) -> Iterator[str]:
    """Yield the names of the features that hold for `span`; the weights' table lists them."""
    yield "any"
    yield f"is_{standing}"
    token = span.root
    yield from _governor_features(token, "", standing)
    yield from _surroundings(span)


def word_classes(word: Token) -> tuple[str, ...]:
    """Return the classes of words that `word` belongs to: "say", "assault", "body" ..."""
    return _classes().get(word.lemma_.lower(), ())


def _governor_features(token: Token, prefix: str, standing: str) -> Iterator[str]:
    chain = 0
    while token.dep_ in {"conj", "appos"} and chain < _LONGEST_CHAIN:
        prefix = prefix or f"{token.dep_}:"
        token = token.head
        chain += 1
    if chain:
        yield prefix.rstrip(":")
    dep, head = token.dep_, token.head
    if dep == "pobj":
        yield from _preposition_features(head)
        if head.lower_ == "between" and "talk" not in word_classes(head.head):
            yield f"prep=between+is_{standing}"  # two towns play or talk, but seldom fight
    elif dep in _SUBJECTS or dep in {"dobj", "dative", "agent"}:
        yield f"{dep}"
        yield from _word_features(f"{dep}", head)
        if dep in _SUBJECTS:
            yield from _predicate_features(dep, head)
    elif dep in _NOUN_LINKS:
        yield dep
        yield from _word_features(dep, head)
        if head.ent_type_:
            yield f"{dep}+ent={head.ent_type_}"
    else:
        yield f"dep={dep}"


def _preposition_features(preposition: Token) -> Iterator[str]:
    word = preposition.lower_
    yield f"prep={word}"
    governor = preposition.head
    if governor.dep_ == "prep" or governor.pos_ == "ADP":
        yield f"prep={governor.lower_}_{word}"
        governor = governor.head
    yield f"prep={word}+{governor.pos_}"
    yield from _word_features(f"prep={word}", governor)
    for child in governor.children:
        if child.dep_ in {"dobj", "nsubjpass"}:  # "impose sanctions on", "were imposed on"
            yield from _class_features(f"prep={word}+object", child)


def _predicate_features(dep: str, verb: Token) -> Iterator[str]:
    lemma = verb.lemma_.lower()
    if not any(child.dep_ == "dobj" for child in verb.children):
        yield from _class_features(f"{dep}+alone", verb)
    if lemma in {"be", "seem", "remain", "appear", "become", "stay"}:
        for child in verb.children:
            if child.dep_ in {"acomp", "attr", "oprd"}:
                yield from _word_features(f"{dep}+{child.dep_}", child)
                yield f"{dep}+{child.dep_}"
    for child in verb.children:
        if child.dep_ in {"ccomp", "xcomp"}:
            yield f"{dep}+{child.dep_}"
        elif child.dep_ == "dobj":
            yield f"{dep}+dobj"
            yield from _class_features(f"{dep}+dobj", child)


def _word_features(prefix: str, word: Token) -> Iterator[str]:
    yield from _class_features(prefix, word)
    yield f"{prefix}={word.lemma_.lower()}"


def _class_features(prefix: str, word: Token) -> Iterator[str]:
    for name in word_classes(word):
        yield f"{prefix}+{name}"


def _surroundings(span: Span) -> Iterator[str]:
    doc = span.doc
    after = doc[span.end] if span.end < len(doc) else None
    before = doc[span.start - 1] if span.start else None
    if after is not None:
        if after.text == "," and span.end + 1 < len(doc) and doc[span.end + 1].text[:1].isupper():
            yield "comma_name"
        elif after.text in {"'s", "\u2019s", "'", "\u2019"}:
            yield "possessive"
        elif after.text in {"-", "\u2013"}:
            yield "hyphen"
        elif after.text.isdigit():
            yield "digits_after"
    if (
        before is not None
        and before.text == ","
        and span.start > 1
        and doc[span.start - 2].text[:1].isupper()
    ):
        yield "name_comma"
    if before is not None and before.dep_ == "compound":
        yield from (f"after_{name}" for name in word_classes(before))  # "RAINS LASH INDIA"
    sentence = span.sent
    if any(_is_sport(token) for token in sentence):
        yield "sport"
    if span.start == sentence.start:
        yield "sentence_start"


def _is_sport(token: Token) -> bool:
    return token.lower_ in words("sport_words")


@cache
def _classes() -> dict[str, tuple[str, ...]]:
    classes: dict[str, tuple[str, ...]] = {}
    for name, lemmas in table("word_classes", 2):
        for lemma in lemmas.split():
            classes[lemma] = (*classes.get(lemma, ()), name)
    return classes


@cache
def _weights() -> dict[str, float]:
    weights: dict[str, float] = {}
    for name in ("usage_weights", "usage_priors"):
        for feature, weight in table(name, 2):
            weights[feature] = weights.get(feature, 0.0) + float(weight)
    return weights


@cache
def _directions() -> Mapping[str, Sequence[float]]:
    return {
        role: [float(number) for number in numbers.split()]
        for role, numbers in table("usage_vectors", 2)
    }
