"""The dates that a text names, as exactly as it gives them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.date_expressions import EXPRESSION, Phrase, read
from dashboard.partial_dates import PartialDate
from dashboard.spans import SpanFinder
from dashboard.vocabulary import lemma_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """Words of a text that name a time; `when` is None when it cannot be told from the text."""

    start: int
    end: int
    when: PartialDate | None


def find_dates(doc: Doc, published: date | None) -> tuple[DateMention, ...]:
    """Return the dates that `doc` names, in the order of the text.

    Relative and partial expressions are reckoned from `published`; without it they stay
    unresolved. A past sense is taken unless the words or their verb point to the future.
    """
    finder = _Finder(published)
    spans = SpanFinder(doc)
    found = []
    for match in EXPRESSION.finditer(doc.text):
        root = spans.root(match.start(), match.end())
        if root is None or _is_name(match, root):
            continue
        when = finder.resolve(match, is_future=_is_future(root))
        if when is not None and published is not None and _is_arranged(root):
            to_come = finder.resolve(match, is_future=True)
            if to_come is not None and _is_nearer(to_come, when, published):
                when = to_come
        found.append(DateMention(start=match.start(), end=match.end(), when=when))
    return tuple(found)


_LEADS_A_MONTH = re.compile(
    r"\b(?:in|since|during|of|by|until|through|from|to|early|late|mid|last|this|next|between|and)"
    r"[ -]$",
    re.IGNORECASE,
)


class _Finder:
    """Resolves expressions of one text in their order, remembering the last day that was named."""

    def __init__(self, published: date | None) -> None:
        self._published = published
        self._named_day: date | None = None

    def resolve(self, match: re.Match[str], *, is_future: bool) -> PartialDate | None:
        """Return what an expression means, None when the text does not settle it."""
        when = read(Phrase(match, self._published, self._named_day, is_future))
        today = self._published
        if when is None:
            return None
        if match["since"] and today and when.earliest <= today:
            when = replace(when, latest=today)
        elif when.days == 1:
            self._named_day = when.earliest
        elif not is_future and today and when.earliest <= today < when.latest:
            when = replace(when, latest=today)  # what is told has happened
        return replace(when, expression=match[0].strip())


def _is_name(match: re.Match[str], token: Token) -> bool:
    """Say whether the words name a person, a verb or a number rather than a time."""
    if match["m_month"] and not match["m_year"] and not match["m_rel"] and not match["m_shade"]:
        is_led = bool(match["since"]) or _LEADS_A_MONTH.search(
            match.string[max(0, match.start() - 12) : match.start()]
        )
        return not is_led or token.ent_type_ not in {"DATE", ""}
    if match["year"] and not match["y_lead"] and not match["since"] and not match["y_shade"]:
        return token.ent_type_ != "DATE"
    return False


def _is_future(token: Token) -> bool:
    """Say whether the verb that the words belong to looks ahead."""
    verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return False
    if lemma_of(verb) in _LOOKS_AHEAD - {"be", "go", "set"} and verb.tag_ in {"VBZ", "VBP", "VBN"}:
        return True
    return any(
        child.lower_ in {"will", "'ll", "shall"}
        or (child.lower_ == "to" and lemma_of(verb.head) in _LOOKS_AHEAD)
        for child in verb.children
        if child.dep_ == "aux"
    )


def _is_arranged(token: Token) -> bool:
    """Say whether words for a time hang on a verb of arranging: "*invited* him for early May"."""
    verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and lemma_of(verb) in _ARRANGING


def _is_nearer(to_come: PartialDate, gone: PartialDate, today: date) -> bool:
    return timedelta() <= to_come.earliest - today < today - gone.latest


_ARRANGING = frozenset(
    {"invite", "agree", "propose", "call", "promise", "pledge", "vow", "announce", "arrange"}
    | {"appoint", "urge", "ask", "postpone", "delay", "move", "offer"}
)
"""Verbs of which a month that is near at hand is rather the one to come."""
_LOOKS_AHEAD = frozenset({"be", "plan", "expect", "schedule", "set", "due", "intend", "hope", "go"})
