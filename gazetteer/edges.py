"""Where a name begins and ends: quotes, articles, possessives, hyphens and commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gazetteer.abbreviations import abbreviations
from gazetteer.lookup import Names, Renown

_EDGES = " \t\r\n\"'\u201c\u201d\u2018\u2019«»()[]{}<>.,;:!?*-\u2013\u2014_/|"
_LEADING = re.compile(r"(?:(?:the|The|THE|a|an)\s+|[a-z][\w-]*\s+)+")
_POSSESSIVE = re.compile(r"['\u2019][sS]?$")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.)+$|\b(?:St|Mt|Ft)\.$")
_HYPHENATED = re.compile(r"(?:-(?:[a-z]+-)*[A-Z]\w+)+")
_LANDS = re.compile(r" (?:states|countries|nations|monarchies|kingdoms|republics)\b")
_LOWER_TAIL = re.compile(r"(?:\s+[a-z]+)+\Z")
_INNER_BREAK = re.compile(
    r"\s*[,\n/\u2013\u2014]\s*|\s+-\s+|-"
    r"|\s+(?:and|near|off|in|at|outside|from|to|through|between|with)\s+(?:the\s+)?"
)
_KIND_OF = re.compile(
    r" (?:district|province|region|state|county|town|city|village|suburb|area|port|governorate)"
    r"s? (?:of|in) (?:the )?(?=[A-Z])"
)
"""What stands between two names of "the Bastar district of Chhattisgarh"."""


class Edges:
    """Finds the edges of names in one text."""

    def __init__(self, text: str, names: Names) -> None:
        self.text = text
        self.names = names

    def without_verb(self, start: int, end: int) -> int:
        """Return the end of a known name that words in lower case follow: "Gulf exploded"."""
        tail = _LOWER_TAIL.search(self.text, start, end)
        if tail is None or self.names.matches(self.text[start:end]):
            return end
        return tail.start() if self.names.matches(self.text[start : tail.start()]) else end

    def extended(self, end: int, start: int) -> int:
        """Return the end of the longer name: "Stratford-upon-Avon", "Gulf states"."""
        for pattern in (_HYPHENATED, _LANDS):
            rest = pattern.match(self.text, end)
            if rest and self.names.matches(self.text[start : rest.end()]):
                return rest.end()
        return end

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Split "Ormara, Pakistan" and "Iran-Iraq", but not a name with a comma or a hyphen."""
        name = self.text[start:end]
        is_one = not (_INNER_BREAK.search(name) or _KIND_OF.search(name))
        if is_one or self.names.matches(name):
            yield start, end
            return
        if kind := _KIND_OF.search(name):
            yield from self.pieces(start, start + kind.start())
            yield from self.pieces(start + kind.end(), end)
            return
        parts = []
        at = start
        for separator in _INNER_BREAK.finditer(name):
            if separator[0] == "-":
                continue  # a hyphen may belong to the name: looked at piece by piece
            parts.append((at, start + separator.start()))
            at = start + separator.end()
        parts.append((at, end))
        for part in parts:
            yield from self._split_at_hyphen(*self.trim(*part))

    def _split_at_hyphen(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        name = self.text[start:end]
        left, hyphen, right = name.partition("-")
        if hyphen and right.islower() and self.names.matches(left):
            yield start, start + len(left)  # "U.S.-led"
            return
        both_known = (
            hyphen
            and min(self.names.renown(left), self.names.renown(right)) >= Renown.KNOWN
            and not self.names.matches(name)
        )
        if both_known:
            yield start, start + len(left)
            yield start + len(left) + 1, end
        elif start < end:
            yield start, end

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """Drop "the", lower-case words, possessive endings, quotes and brackets at the edges."""
        while start < end and self.text[start] in _EDGES:
            start += 1
        leading = _LEADING.match(self.text, start, end)
        if leading and leading.end() < end and not self._is_name(start, end):
            start = leading.end()
        while end > start:
            surface = self.text[start:end]
            possessive = _POSSESSIVE.search(surface)
            if possessive and possessive.start() > 0:
                end = start + possessive.start()
            elif (surface[-1] == "." and _ABBREVIATION_END.search(surface)) or (
                surface[-1] == "." and surface in abbreviations()
            ):
                break
            elif surface[-1] in _EDGES:
                end -= 1
            else:
                break
        if self.text[start : end + 1] in abbreviations() and self.text[end : end + 1] == ".":
            end += 1  # "Ont.", whose period the pipeline leaves out
        return start, end

    def _is_name(self, start: int, end: int) -> bool:
        """Say whether a run with a lower-case first word is a name as it stands: "al-Quds"."""
        name = self.text[start:end]
        return not name.lower().startswith(("the ", "a ", "an ")) and bool(self.names.matches(name))


def split_at(separators: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of the pieces between separators, without the spaces around them."""
    at = start
    for piece in re.split(f"[{re.escape(separators)}]", text[start:end]):
        inner = piece.strip()
        piece_start = at + len(piece) - len(piece.lstrip())
        if inner:
            yield piece_start, piece_start + len(inner)
        at += len(piece) + 1
