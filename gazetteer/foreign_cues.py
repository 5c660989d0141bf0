"""What the words beside a name tell in other languages: the capital or its country, a person."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.cases import nominative_forms
from gazetteer.rules import table, words

if TYPE_CHECKING:
    from gazetteer.lookup import Names
    from gazetteer.places import Place

_LONGEST_CUE = 16
_LEAST_LETTERS = 4
_NAME_BEFORE = re.compile(r"([^\W\d_][\w'\u2019-]*) \Z")
_NAME_AFTER = re.compile(r" ([^\W\d_][\w'\u2019-]*)")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:\n\u00ab\u201c\"(])\s*\Z")
_COMMON_NOUNS_IN_CAPITALS = frozenset({"de"})
"""Languages where a capital beside a name may be any noun's."""


class ForeignCues:
    """Reads the words beside the names of one text in a language other than English."""

    def __init__(self, text: str, language: str, names: Names) -> None:
        self.text = text
        self.language = language
        self.names = names

    def capital_or_country(self, start: int, end: int, name: str) -> Place | None:
        """Return which of a country and its capital a name means; None when they do not share it.

        The country, unless words beside the name are such as a town has.
        """
        places = [match.place for match in self.names.matches(name)]
        countries = {p.country_code: p for p in places if p.feature_code.startswith("PCL")}
        capitals = [p for p in places if p.feature_code == "PPLC" and p.country_code in countries]
        if not capitals:
            return None
        is_town = self._has_before("town", start) or self._has_after("town", end)
        return capitals[0] if is_town else countries[capitals[0].country_code]

    def capital_abroad(self, name: str) -> Place | None:
        """Return the capital of another country than the one that bears the same name, if any."""
        places = [match.place for match in self.names.matches(name)]
        lands = {p.country_code for p in places if p.feature_code.startswith("PCL")}
        capitals = [p for p in places if p.feature_code == "PPLC" and p.country_code not in lands]
        return capitals[0] if lands and capitals else None

    def speaks_of_country_of(self, place: Place) -> bool:
        """Say whether the text has a name of the place's country, be it in a word of origin."""
        country = self.names.store.country(place.country_code or "")
        known = self.names.store.names_of(country.place_id) if country else ()
        return any(len(name) >= _LEAST_LETTERS and name in self.text for name in known)

    def is_in_place(self, start: int, end: int) -> bool:
        """Say whether "in", "from" and the like stand beside a name."""
        return self._has_before("place", start) or self._has_after("place", end)

    def is_person(self, start: int, end: int) -> bool:
        """Say whether a single word is part of a person's name, or follows a title.

        Another capitalised word right beside it that is no place speaks for it, as a given
        name does; "in" and the like before it speak against.
        """
        if self._has_before("title", start):
            return True
        if self.language in _COMMON_NOUNS_IN_CAPITALS or self.is_in_place(start, end):
            return False
        is_given = is_given_name(self.text[start:end])
        after = _NAME_AFTER.match(self.text, end)
        if after and self._is_part_of_person(after[1], is_given=is_given):
            return True
        before = _NAME_BEFORE.search(self.text, max(0, start - 30), start)
        if before is None:
            return False
        if is_given_name(before[1]):
            return True
        from_ = max(0, before.start() - _LONGEST_CUE)
        is_first = bool(_SENTENCE_START.search(self.text, from_, before.start()))
        return not is_first and self._is_part_of_person(before[1], is_given=is_given)

    def _is_part_of_person(self, word: str, *, is_given: bool) -> bool:
        """Say whether a word beside a name has a capital and means no place by itself."""
        if not word[0].isupper() or word.isupper():
            return False
        return is_given or not any(
            self.names.matches(form) for form in (word, *nominative_forms(word))
        )

    def _has_before(self, cue: str, start: int) -> bool:
        before = self.text[max(0, start - _LONGEST_CUE) : start]
        pattern = _patterns().get((self.language, f"{cue}_before"))
        return bool(pattern and pattern.search(before))

    def _has_after(self, cue: str, end: int) -> bool:
        pattern = _patterns().get((self.language, f"{cue}_after"))
        return bool(pattern and pattern.match(self.text, end))


def is_given_name(word: str) -> bool:
    """Say whether a word is a given name, or a case of one."""
    known = words("given_names")
    return any(form.lower() in known for form in (word, *nominative_forms(word)))


@cache
def _patterns() -> Mapping[tuple[str, str], re.Pattern[str]]:
    patterns = {}
    for language, cue, phrases in table("foreign_cues", 3):
        either = "|".join(re.escape(phrase) for phrase in phrases.split("|"))
        is_before = cue.endswith("_before")
        text = (
            rf"(?i)(?<!\w)(?:{either})[ ,]{{1,2}}\Z"
            if is_before
            else rf"[ ,]{{1,2}}(?:{either})(?!\w)"
        )
        patterns[language, cue] = re.compile(text)
    return patterns
