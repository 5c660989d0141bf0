"""The normal form of a place name: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = {
    # Letters that Unicode does not decompose, though writers of English drop the difference.
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ı": "i",
    "ŋ": "n",
    "ŧ": "t",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ə": "a",
    "&": " and ",
    # Arabic letters that Persian, Urdu and Kurdish write with other code points.
    "ك": "ک",
    "ى": "ی",
    "ي": "ی",
    "ې": "ی",
    "ے": "ی",
    "ة": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ە": "ه",
    "ٱ": "ا",
    "ـ": "",
}
_APOSTROPHES = (
    "'\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u02ba\u2032`\u00b4\u05f3\u05f4\ua78c\u055a"
)
_KEPT_MARKS = "\u3099\u309a"
"""The Japanese voicing marks: without them, two different syllables would be one."""

_TABLE = str.maketrans(_LETTERS | dict.fromkeys(_APOSTROPHES, ""))
_ASCII_TABLE = str.maketrans(
    {chr(code): " " for code in range(128) if not chr(code).isalnum() and chr(code) not in "\n.'`"}
    | {"'": "", "`": ""}
)
_PERIOD_AS_SPACE = re.compile(r"\.(?<=[^\W\d_]{2}\.)(?=[^\W\d_]{2})")
_PUNCTUATION = re.compile(r"[^\w\n .\u3099\u309a\u0900-\u1fff]|_")
_SHORT_WORDS = re.compile(r"\b(?:saint|mount|fort)\b")
_SHORT_FORMS = {"saint": "st", "mount": "mt", "fort": "ft"}


def name_key(name: str) -> str:
    """Return the form under which `name` is looked up; "" when no letter or digit is left.

    Case, accents, vowel points, apostrophes and a leading "the" are dropped; hyphens,
    commas and other punctuation become one space; a period is dropped ("U.S." and "US"
    are one); "Saint", "Mount" and "Fort" are shortened as newspapers do. A key is its
    own key.
    """
    return _keys_of_lines(name.replace("\n", " "))


def name_keys(names: Sequence[str]) -> list[str]:
    """Return `name_key` of each name, several times faster for many.

    The names are folded as two texts of lines: plain ASCII takes a shorter way.
    """
    keys = [""] * len(names)
    plain: list[int] = []
    others: list[int] = []
    for number, name in enumerate(names):
        (plain if name.isascii() else others).append(number)
    for numbers in (plain, others):
        lines = [names[number].replace("\n", " ") for number in numbers]
        for number, key in zip(numbers, _keys_of_lines("\n".join(lines)).split("\n"), strict=False):
            keys[number] = key
    return keys


def _keys_of_lines(lines: str) -> str:
    if lines.isascii():
        lines = lines.lower().replace("&", " and ").translate(_ASCII_TABLE)
    else:
        lines = _without_marks(_folded(lines))
        lines = _PUNCTUATION.sub(" ", lines)
    lines = _PERIOD_AS_SPACE.sub(" ", lines).replace(".", "")
    lines = _SHORT_WORDS.sub(lambda word: _SHORT_FORMS[word[0]], lines)
    lines = re.sub("  +", " ", lines).replace(" \n", "\n").replace("\n ", "\n").strip(" ")
    return _without_articles(unicodedata.normalize("NFC", lines))


def _without_articles(lines: str) -> str:
    lines = "\n" + lines
    while "\nthe " in lines:
        lines = lines.replace("\nthe ", "\n")
    return lines[1:]


def _folded(lines: str) -> str:
    folded = unicodedata.normalize("NFKD", lines).casefold()
    # Decomposing may bring back capitals, and folding composed letters: once more.
    return unicodedata.normalize("NFKD", folded).casefold()


def _without_marks(lines: str) -> str:
    """Drop marks that sit on a letter and unseen format characters, and unify letters."""
    marks = {
        ord(character): None
        for character in set(lines)
        if character not in _KEPT_MARKS
        and (unicodedata.combining(character) or unicodedata.category(character) == "Cf")
    }
    return lines.translate(_TABLE | marks)
