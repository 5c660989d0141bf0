"""How many people an event concerned: killed, wounded, arrested, in a crowd, with the words for it.

"At least 27" sets only the lower bound, "up to 30" only the upper, "some 3,000" neither;
"dozens" runs from two dozen to below a hundred. A person told by a bare article ("a soldier")
counts as one; people without a number ("protesters") count as nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dashboard.events import Size, SizeKind
from dashboard.frames import clause_of
from dashboard.vocabulary import lemma_of, words

if TYPE_CHECKING:
    from spacy.tokens import Token

_VERBS = {
    lemma: kind
    for kind in (SizeKind.KILLED, SizeKind.WOUNDED, SizeKind.ARRESTED, SizeKind.CROWD)
    for lemma in words(f"size_{kind}")
}
_BY_SUBJECT = words("size_by_subject")
"""Verbs whose subject is counted, not their object: die, march."""
_STATES = {
    "dead": SizeKind.KILLED,
    "killed": SizeKind.KILLED,
    "wounded": SizeKind.WOUNDED,
    "injured": SizeKind.WOUNDED,
    "hurt": SizeKind.WOUNDED,
    "detained": SizeKind.ARRESTED,
}
"""What "left 27 dead" says of those counted."""
_SAID_OF = frozenset({"oprd", "acomp", "amod", "acl", "ccomp", "conj"})
_NOUNS = {
    "death": SizeKind.KILLED,
    "killing": SizeKind.KILLED,
    "arrest": SizeKind.ARRESTED,
    "detention": SizeKind.ARRESTED,
    "crowd": SizeKind.CROWD,
    "march": SizeKind.CROWD,
    "rally": SizeKind.CROWD,
    "demonstration": SizeKind.CROWD,
    "protest": SizeKind.CROWD,
}
"""Nouns whose "of ..." says how many: "the deaths of 14 sailors", "a crowd of 500"."""
_NOT_PEOPLE = words("size_not_people")
_GROUPS = words("quantities") | {"crowd", "group", "family"}
_NUMBER_NOUNS = frozenset(
    {"dozen", "score", "hundred", "thousand", "million", "ten", "number", "total", "couple"}
)
_ONE = frozenset({"a", "an", "another"})
_CONCERNS: dict[str, frozenset[SizeKind]] = {
    "ASSAULT": frozenset({SizeKind.KILLED, SizeKind.WOUNDED}),
    "COERCE": frozenset({SizeKind.ARRESTED, SizeKind.KILLED, SizeKind.WOUNDED}),
    "PROTEST": frozenset(SizeKind),
}
"""What the size of each type of event may count."""

_SMALL = {
    "a": 1, "an": 1, "another": 1, "both": 2, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_VAGUE = {
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
    "several thousand": (2_000, 9_999),
    "several hundred": (200, 999),
    "several dozen": (24, 99),
    "a couple": (2, 3),
    "a few": (2, 5),
    "dozens": (24, 99),
    "scores": (40, 199),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "millions": (2_000_000, 9_999_999),
    "several": (3, 9),
}
"""The least and the most that a vague number means; the least is the best guess."""

_WORD = "|".join(sorted((*_SMALL, *_TENS), key=len, reverse=True))
_NUMBER = (
    rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{_WORD})(?:-(?:{_WORD}))?)"
    rf"(?:[ ](?:{'|'.join(_SCALES)})\b)*"
)
_EXPRESSION = re.compile(
    rf"""\b(?:
      between[ ](?P<low>{_NUMBER})[ ]and[ ](?P<high>{_NUMBER})
    | (?P<from>{_NUMBER})(?:[ ](?:to|or)[ ]|(?<=\d)[-\u2013](?=\d))(?P<to>{_NUMBER})
    | (?P<vague>{"|".join(_VAGUE).replace(" ", "[ ]")})
    | (?:(?P<least>at[ ]least|more[ ]than|over|no[ ](?:fewer|less)[ ]than|a[ ]minimum[ ]of
          |upwards[ ]of|a[ ]total[ ]of[ ]at[ ]least)[ ]
        |(?P<most>up[ ]to|at[ ]most|as[ ]many[ ]as|no[ ]more[ ]than|fewer[ ]than|less[ ]than
          |nearly|almost|close[ ]to)[ ]
        |(?P<about>about|some|around|roughly|approximately|an[ ]estimated|estimated)[ ])?
      (?:the[ ])?(?P<number>{_NUMBER})
    )(?![\w%])""",
    re.VERBOSE | re.IGNORECASE,
)
_Bounds = tuple[int | None, int, int | None]
_LEAD_WORDS = 4
"""How far before a noun phrase the words may begin that bound its number."""


def sizes_of(token: Token, event_type: str, others: Sequence[Token] = ()) -> tuple[Size, ...]:
    """Return how many people the act that `token` names concerned, one size of each kind.

    `others` are the words of further acts of the sentence: what is counted belongs to the
    act that it stands nearest to in the parse.
    """
    kinds = _CONCERNS.get(event_type, frozenset())
    found: dict[SizeKind, Size] = {}
    for kind, at, noun in _counts(token):
        if kind not in kinds or kind in found:
            continue
        if any(_steps(at, other) < _steps(at, token) for other in others):
            continue
        size = _size(kind, noun)
        if size is not None:
            found[kind] = size
    return tuple(found[kind] for kind in SizeKind if kind in found)


def _counts(token: Token) -> Iterator[tuple[SizeKind, Token, Token]]:
    """Yield what is counted in the sentence: the kind, the word that says so, those counted."""
    for word in token.sent:
        lemma = lemma_of(word)
        if lemma == "shoot" and any(child.lower_ == "dead" for child in word.children):
            yield from ((SizeKind.KILLED, word, noun) for noun in _concerned(word, lemma))
        elif word.pos_ == "VERB" and lemma in _VERBS:
            yield from ((_VERBS[lemma], word, noun) for noun in _concerned(word, lemma))
        elif word.lower_ in _STATES and word.dep_ in _SAID_OF:
            described = _described(word)
            if described is not None:
                yield _STATES[word.lower_], word, described
        elif word.pos_ == "NOUN" and lemma in _NOUNS:
            yield from ((_NOUNS[lemma], word, noun) for noun in _of(word))


def _concerned(verb: Token, lemma: str) -> Iterator[Token]:
    clause = clause_of(verb)
    is_short_passive = verb.dep_ == "conj" and clause.object is None  # "and dozens *wounded*"
    noun = clause.subject if lemma in _BY_SUBJECT or is_short_passive else clause.object
    if noun is not None and not any(child.dep_ == "neg" for child in verb.children):
        yield noun


def _described(state: Token) -> Token | None:
    """Return those of whom "dead" or "wounded" is said: "left *27* dead", "*27* wounded"."""
    head = state.head
    if head.pos_ in {"NOUN", "NUM", "PROPN"}:
        return head
    own = (child for child in state.children if child.dep_ in {"nsubj", "nsubjpass"})
    left = (child for child in head.children if child.dep_ == "dobj" and child.i < state.i)
    return next(own, None) or next(left, None)


def _of(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")


def _size(kind: SizeKind, noun: Token) -> Size | None:
    """Return the number of those whom `noun` and the nouns joined to it name, if one is told."""
    parts = [_number_of(one) for one in (noun, *noun.conjuncts)]
    told = [part for part in parts if part is not None]
    if not told:
        return None
    lows, bests, highs = zip(*(bounds for bounds, _, _ in told), strict=True)
    start = min(first for _, first, _ in told)
    end = max(last for _, _, last in told)
    is_whole = len(told) == len(parts)
    return Size(
        kind=kind,
        low=None if None in lows else sum(lows),
        best=sum(bests),
        high=None if None in highs or not is_whole else sum(highs),
        words=noun.sent.text[start - noun.sent.start_char : end - noun.sent.start_char],
        start=start,
        end=end,
    )


def _number_of(head: Token) -> tuple[_Bounds, int, int] | None:
    """Return the number that stands with a noun, and where its words begin and end."""
    for noun in _counted(head):
        if lemma_of(noun) in _NOT_PEOPLE:
            continue
        sent, end = noun.sent, noun.idx + len(noun)
        start = noun.doc[max(sent.start, noun.left_edge.i - _LEAD_WORDS)].idx
        base = sent.start_char
        for match in _EXPRESSION.finditer(sent.text, start - base):
            first, last = match.start() + base, match.end() + base
            if first >= end or last <= noun.left_edge.idx:
                continue
            at = max(match.start(part) for part in ("number", "low", "from", "vague")) + base
            number = next((token for token in sent if token.idx == at), None)
            bounds = _bounds(match)
            if number is None or bounds is None or not _counts_people(number, noun):
                continue
            if match[0].casefold() not in _ONE:
                return bounds, first, last
            if noun.tag_ == "NN" and lemma_of(noun) not in _GROUPS:
                return bounds, first, end
    return None


def _counted(head: Token) -> Iterator[Token]:
    """Yield a noun and what it counts: "dozens", "protesters" of "dozens of protesters"."""
    inner: Token | None = head
    while inner is not None:
        yield inner
        is_number = inner.pos_ == "NUM" or lemma_of(inner) in _NUMBER_NOUNS
        inner = next(_of(inner), None) if is_number else None


def _counts_people(number: Token, noun: Token) -> bool:
    """Say whether a number counts the noun itself, not an age, a date or another noun before."""
    if number == noun:
        return True
    step = number
    while step.dep_ in {"quantmod", "compound", "nummod", "det", "amod", "advmod", "predet"}:
        step = step.head
        if step == noun:
            return True
        if step.pos_ not in {"NUM", "NOUN", "ADJ", "ADV", "ADP", "SCONJ"}:
            return False
        if step.pos_ == "NOUN" and lemma_of(step) not in _NUMBER_NOUNS:
            return False
    return False


def _bounds(match: re.Match[str]) -> _Bounds | None:
    if match["vague"]:
        low, high = _VAGUE[match["vague"].casefold()]
        return low, low, high
    if match["number"]:
        number = _value(match["number"])
        if match["about"]:
            return None, number, None
        return None if match["most"] else number, number, None if match["least"] else number
    low = _value(match["low"] or match["from"])
    high = _value(match["high"] or match["to"])
    return (low, (low + high) // 2, high) if low < high else None


def _value(text: str) -> int:
    first, *scales = text.casefold().split()
    if first[0].isdigit():
        number = float(first.replace(",", ""))
    else:
        number = float(sum((_SMALL | _TENS)[part] for part in first.split("-")))
    for scale in scales:
        number *= _SCALES[scale]
    return int(number)


def _steps(one: Token, other: Token) -> int:
    """Return how many links of the parse lie between two words of a sentence."""
    above = {token.i: number for number, token in enumerate((one, *one.ancestors))}
    for number, token in enumerate((other, *other.ancestors)):
        if token.i in above:
            return number + above[token.i]
    return len(one.doc)
