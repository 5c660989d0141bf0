"""When an event happened: which of a text's dates belongs to its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.date_expressions import number_of
from dashboard.dates import DateMention
from dashboard.partial_dates import PartialDate
from dashboard.spans import SpanFinder
from dashboard.vocabulary import lemma_of, words
from gazetteer.datelines import find_datelines

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SAYING = words("event_dates_saying")
_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "acl"})
_LONGEST_PATH = 14
_DIRECTIONS = {"after": 1, "before": -1}
_UNIT_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}
_NOT_AT_ONCE = frozenset({"after", "before", "since", "until", "once"})
_PEOPLE = words("crowd_nouns") | {"suspect", "victim", "survivor", "witness", "killer", "leader"}
_AFTER_WHAT = frozenset({"after", "following", "over", "despite", "since", "before", "amid"})
_NOT_THE_DAY = frozenset({"before", "until", "till", "by", "ahead", "prior"})
"""Prepositions that bound the time of an act instead of naming it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate:
    """A date with how it was found; `weight` in [0, 1] is how surely it belongs to the event."""

    when: PartialDate
    weight: float
    reason: str


class Calendar:
    """The dates of one text, asked for by event."""

    def __init__(self, doc: Doc, dates: Sequence[DateMention], published: date | None) -> None:
        self._published = published
        self._by_sentence: dict[int, list[tuple[Token, PartialDate]]] = {}
        spans = SpanFinder(doc)
        self.datelines = tuple(find_datelines(doc.text))
        for mention in dates:
            root = spans.root(mention.start, mention.end)
            if mention.when is None or root is None or _measures(root):
                continue
            if not any(line.holds(mention.start) for line in self.datelines):
                self._by_sentence.setdefault(root.sent.start, []).append((root, mention.when))

    def date_of(self, token: Token, carrier: Token | None, *, is_future: bool) -> EventDate | None:
        """Return the date that belongs to the act that `token` names, from its own sentence.

        Of two acts with so many days between them ("resigned on Monday, six days after a
        blast") the one that has no date takes its day from the other's.
        """
        gap = _gap(token)
        if gap is None:
            return self._own_date(token, carrier, is_future=is_future)
        beside = {
            _belongs_below(root, gap.word): when
            for root, when in self._by_sentence.get(token.sent.start, [])
            if when.days == 1 and root != gap.word.nbor(-1)
        }
        if not beside and not gap.is_below:  # "the day before the raid", dated further up
            return self._own_date(token, carrier, is_future=is_future)
        if gap.is_below in beside:
            return EventDate(when=beside[gap.is_below], weight=0.9, reason="the act's own date")
        if not beside:
            return None
        day = beside[not gap.is_below].earliest + timedelta(days=gap.days)
        when = PartialDate(iso=day.isoformat(), earliest=day, latest=day, expression=gap.expression)
        return EventDate(when=when, weight=0.6, reason="so many days from the other act's date")

    def _own_date(
        self, token: Token, carrier: Token | None, *, is_future: bool
    ) -> EventDate | None:
        found = self._by_sentence.get(token.sent.start, [])
        best: EventDate | None = None
        for root, when in found:
            if not is_future and self._is_ahead(when):
                continue
            if is_future and self._is_over(when) and _looks_ahead(carrier or token):
                continue  # "took it down in May *and will sell it*"
            weight, reason = _closeness(root, token, carrier)
            if weight and (best is None or weight > best.weight):
                best = EventDate(
                    when=self._cut(when, is_future=is_future), weight=weight, reason=reason
                )
        return best

    def _is_ahead(self, when: PartialDate) -> bool:
        return self._published is not None and when.earliest > self._published + timedelta(days=1)

    def _is_over(self, when: PartialDate) -> bool:
        return self._published is not None and when.latest < self._published

    def _cut(self, when: PartialDate, *, is_future: bool) -> PartialDate:
        today = self._published
        if is_future or today is None or not when.earliest <= today < when.latest:
            return when
        return replace(when, latest=today)


def _closeness(root: Token, token: Token, carrier: Token | None) -> tuple[float, str]:
    """Return how surely the date at `root` dates `token`, from the parse between them."""
    anchors = {token.i, carrier.i} if carrier is not None else {token.i}
    path = _path(root)
    if any(step.pos_ == "ADP" and step.lower_ in _NOT_THE_DAY for step in path):
        return 0.0, ""
    if _is_parted(root, token):
        return 0.0, ""
    reached = next((n for n, step in enumerate(path) if step.i in anchors), None)
    if reached is not None:
        crossed = [step for step in path[1:reached] if step.dep_ in _CLAUSES]
        if any(step.dep_ == "relcl" or _is_finite_adverbial(step) for step in crossed):
            return 0.0, ""  # it dates what the clause tells, not the act
        joined = [step for step in path[1:reached] if step.dep_ == "conj" and step.pos_ == "VERB"]
        if any(map(_has_subject, joined)):
            return 0.0, ""  # "police fled *and rebels took the town on Friday*"
        if crossed:
            return 0.45, "the date stands in a clause below"
        return 1.0, "the date stands with the act"
    noun = _dated_noun(root)
    verb = _clause_verb(token)
    if noun is not None and not _is_argument(noun, token, verb):
        return 0.0, ""
    return _between_clauses(root, token, verb, _clause_verb(root))


@dataclass(frozen=True, slots=True)
class _Gap:
    """How many days later than another act of its sentence an act was."""

    word: Token
    """The "after" or "before" between them."""
    days: int
    is_below: bool
    """The act is what "after" or "before" brings in."""

    @property
    def expression(self) -> str:
        """Return the words that measure: "six days after"."""
        return self.word.doc[self.word.i - 2 : self.word.i + 1].text


def _gap(token: Token) -> _Gap | None:
    """Return the act from which "six days after" or "a week before" measures `token`."""
    for word in token.sent:
        if word.lower_ not in _DIRECTIONS or word.i < token.sent.start + 2:
            continue
        unit = _UNIT_DAYS.get(word.nbor(-1).lower_)
        count = _count_before(word)
        if unit is None or count is None:
            continue
        below = _act_below(word)
        above = _clause_verb(below) if below is not None and below.dep_ == "pobj" else None
        if below is not None and above is None:
            above = _clause_verb(below.head)
        if below is None or above is None or above == below:
            continue
        days = unit * count * _DIRECTIONS[word.lower_]
        if token == below or below in token.ancestors:
            return _Gap(word, -days, is_below=True)
        if token == above or _clause_verb(token) == above:
            return _Gap(word, days, is_below=False)
    return None


def _count_before(word: Token) -> int | None:
    """Return how many days stand before "after": six in "six days after", one in "the day"."""
    if word.nbor(-2).lower_ == "the" and word.nbor(-1).lower_ == "day":
        return 1
    return number_of(word.nbor(-2).lower_)


def _belongs_below(root: Token, word: Token) -> bool:
    """Say whether a date is that of what "after" brings in, by where it stands."""
    start = min(token.i for token in (root, root.head if root.dep_ == "pobj" else root))
    return start > word.i and root.doc[start - 1].text != ","


def _measures(root: Token) -> bool:
    """Say whether "six days" is the stretch between two acts: "six days *after* a blast"."""
    word = root if root.lower_ in _DIRECTIONS else root.doc[min(root.i + 1, len(root.doc) - 1)]
    if word.i < 2 or word.nbor(-1).lower_ not in _UNIT_DAYS:
        return False
    if number_of(word.nbor(-2).lower_) is None:
        return False  # "the day before the raid" is itself a day
    return word.lower_ in _DIRECTIONS and _act_below(word) is not None


def _act_below(word: Token) -> Token | None:
    """Return the noun or the verb that "after" or "before" brings in."""
    if word.dep_ == "mark":
        return word.head
    return next((child for child in word.children if child.dep_ in {"pobj", "pcomp"}), None)


def _is_finite_adverbial(verb: Token) -> bool:
    """Say whether a clause has a time of its own: "after rebels *seized* the town in May"."""
    return verb.dep_ == "advcl" and _has_subject(verb)


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.lefts)


def _is_parted(root: Token, token: Token) -> bool:
    """Say whether a semicolon stands between a date and an act."""
    first, last = sorted((root.i, token.i))
    return any(word.text == ";" for word in root.doc[first:last])


def _looks_ahead(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.lower_ in {"will", "shall"} for child in verb.children)


def _is_circumstance(token: Token) -> bool:
    """Say whether an act is only what another followed or came of: "met *after the raid*"."""
    return (token.dep_ == "pobj" and token.pos_ == "NOUN" and token.head.lower_ in _AFTER_WHAT) or (
        token.dep_ == "pobj" and token.head.lower_ == "at" and _has_owner(token)
    )


def _has_owner(noun: Token) -> bool:
    return any(child.dep_ == "poss" for child in noun.lefts)


def _is_within_another(token: Token) -> bool:
    """Say whether an act only tells who somebody is: "suspects in the *murder* died on Friday"."""
    if token.dep_ != "pobj" or token.pos_ != "NOUN":
        return False
    noun = token.head.head
    return noun.pos_ in {"NOUN", "PROPN"} and lemma_of(noun) in _PEOPLE


def _has_own_time(root: Token, verb: Token, other: Token) -> bool:
    """Say whether a clause below another does not share the date that stands in the other.

    What comes "after" it does not, nor one that is joined to it with a subject of its own,
    unless the date stands before them both: "On Friday police fled and rebels came".
    """
    step = verb
    while step != other:
        marks = {child.lower_ for child in step.children if child.dep_ in {"mark", "prep"}}
        if step.dep_ == "advcl" and not marks.isdisjoint(_NOT_AT_ONCE):
            return True
        if step.dep_ == "conj" and _has_subject(step) and root.i > other.i:
            return True
        step = step.head
    return False


def _path(root: Token) -> list[Token]:
    """Return `root` and what it hangs on, up to the clause's verb and a little beyond."""
    path = [root]
    while path[-1].head != path[-1] and len(path) < _LONGEST_PATH:
        path.append(path[-1].head)
    return path


def _between_clauses(
    root: Token, token: Token, verb: Token | None, other: Token | None
) -> tuple[float, str]:
    """Weigh a date that hangs on the verb `other` for an act under the verb `verb`."""
    if other is None or verb is None:
        return 0.4, "a date of the same sentence"
    if verb.i == other.i:
        if _is_within_another(token) or _is_circumstance(token):
            return 0.0, ""
        return 0.9, "the date stands with the verb of the act's clause"
    if lemma_of(other) in _SAYING:
        return (0.3, "the date of the report of it") if _is_below(token, other) else (0.0, "")
    if _is_below(verb, other):
        if _has_own_time(root, verb, other):
            return 0.0, ""
        # "killed ... when a bomb went off on Sunday" and its mirror image share one time
        return 0.6, "the date stands in the clause above"
    if _is_below(other, verb) and other.dep_ in {"advcl", "conj", "xcomp", "acl"}:
        if other.dep_ == "conj" and _has_subject(other):
            return 0.0, ""
        return 0.45, "the date stands in a clause below"
    return 0.0, ""


def _dated_noun(root: Token) -> Token | None:
    """Return the noun that a date qualifies from before: "the *Sept. 14* attacks"."""
    if root.dep_ in {"nmod", "compound", "poss", "amod"} and root.head.pos_ in {"NOUN", "PROPN"}:
        return root.head
    return None


def _is_argument(noun: Token, token: Token, verb: Token | None) -> bool:
    """Say whether the dated noun is the act's cause: "the Sunday *attack* killed ten"."""
    if verb is None or token.i != verb.i:
        return False
    is_near = noun.head.i == verb.i or (noun.head.pos_ == "ADP" and noun.head.head.i == verb.i)
    return (
        is_near
        and noun.dep_ in {"nsubj", "pobj", "nsubjpass"}
        and noun.head.lower_ not in {"after", "since", "over", "following"}
    )


def _clause_verb(token: Token) -> Token | None:
    step = token
    if step.pos_ in {"VERB", "AUX"}:
        return step
    while step.head != step:
        step = step.head
        if step.pos_ in {"VERB", "AUX"}:
            return step
    return None


def _is_below(token: Token, verb: Token) -> bool:
    return any(ancestor.i == verb.i for ancestor in token.ancestors)
