"""The normal form of a place name: what two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import compress

_LETTERS = {
    # Letters that Unicode does not decompose, though writers of English drop the difference.
    "\N{LATIN SMALL LETTER L WITH STROKE}": "l",
    "\N{LATIN SMALL LETTER O WITH STROKE}": "o",
    "\N{LATIN SMALL LETTER D WITH STROKE}": "d",
    "\N{LATIN SMALL LETTER ETH}": "d",
    "\N{LATIN SMALL LETTER H WITH STROKE}": "h",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    "\N{LATIN SMALL LETTER ENG}": "n",
    "\N{LATIN SMALL LETTER T WITH STROKE}": "t",
    "\N{LATIN SMALL LETTER AE}": "ae",
    "\N{LATIN SMALL LIGATURE OE}": "oe",
    "\N{LATIN SMALL LETTER THORN}": "th",
    "\N{LATIN SMALL LETTER SCHWA}": "a",
    "&": " and ",
    # Arabic letters that Persian, Urdu and Kurdish write with other code points.
    "\N{ARABIC LETTER KAF}": "\N{ARABIC LETTER KEHEH}",
    "\N{ARABIC LETTER ALEF MAKSURA}": "\N{ARABIC LETTER FARSI YEH}",
    "\N{ARABIC LETTER YEH}": "\N{ARABIC LETTER FARSI YEH}",
    "\N{ARABIC LETTER E}": "\N{ARABIC LETTER FARSI YEH}",
    "\N{ARABIC LETTER YEH BARREE}": "\N{ARABIC LETTER FARSI YEH}",
    "\N{ARABIC LETTER TEH MARBUTA}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH GOAL}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER AE}": "\N{ARABIC LETTER HEH}",
    "\N{ARABIC LETTER ALEF WASLA}": "\N{ARABIC LETTER ALEF}",
    "\N{ARABIC TATWEEL}": "",
}
_APOSTROPHES = (
    "'\u2018\u2019\u02bb\u02bc\u02bd\u02be\u02bf\u02b9\u02ba\u2032`\u00b4\u05f3\u05f4\ua78c\u055a"
)
_KEPT_MARKS = "\u3099\u309a"
"""The Japanese voicing marks: without them, two different syllables would be one."""

_REPLACED = _LETTERS | dict.fromkeys(_APOSTROPHES, "")
_ASCII_TABLE = bytes(
    ord(" ") if not chr(code).isalnum() and chr(code) not in "\n." else code for code in range(128)
).ljust(256, b"?")
_PERIOD_AS_SPACE = re.compile(r"\.(?<=[^\W\d_]{2}\.)(?=[^\W\d_]{2})")
_PUNCTUATION = re.compile(r"[^\w\n .\u3099\u309a\u0900-\u1fff]|_")
_SPACES = re.compile("  +")
_SHORT_WORDS = re.compile(r"(?:saint(?<!\wsaint)|mount(?<!\wmount)|fort(?<!\wfort))(?!\w)")
_WEAK_LETTERS = re.compile("[aeiouyh ]+")
"""Letters in which spellings of one name from another script differ."""
_ARABIC_ARTICLE = re.compile(r"\A(?:a(?:[ln]|[rst]|sh|dh?|z|th) (?=.)|el (?=.))")
_LEAST_CONSONANTS = 3
_SHORT_FORMS = {"saint": "st", "mount": "mt", "fort": "ft"}


def is_spelling_of(name: str, own: str) -> bool:
    """Say whether two names differ in vowels and h only, as spellings of one do: Derna, Darnah.

    An Arabic article before either is passed over: Qamishli, Al Qāmishlī.
    """
    keys = [_ARABIC_ARTICLE.sub("", name_key(spelling)) for spelling in (name, own)]
    if keys[0][:1] != keys[1][:1]:
        return False
    bones = [_WEAK_LETTERS.sub("", key) for key in keys]
    return bones[0] == bones[1] and _LEAST_CONSONANTS <= len(bones[0]) < len(keys[0])


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
    lines = names
    if any("\n" in name for name in names):
        lines = [name.replace("\n", " ") for name in names]
    are_plain = list(map(str.isascii, lines))
    plain = iter(_keys(list(compress(lines, are_plain))))
    others = iter(
        _keys([line for line, is_plain in zip(lines, are_plain, strict=True) if not is_plain])
    )
    return [next(plain) if is_plain else next(others) for is_plain in are_plain]


def _keys(lines: Sequence[str]) -> list[str]:
    return _keys_of_lines("\n".join(lines)).split("\n")


def _keys_of_lines(lines: str) -> str:
    if lines.isascii():
        plain = lines.lower().replace("&", " and ").encode("ascii")
        lines = plain.translate(_ASCII_TABLE, delete=b"'`").decode("ascii")
    else:
        lines = _unified(_folded(lines))
    if "." in lines:
        lines = _PERIOD_AS_SPACE.sub(" ", lines).replace(".", "")
    lines = _SHORT_WORDS.sub(_short_form, lines)
    if "  " in lines:
        lines = _SPACES.sub(" ", lines)
    return _without_articles(lines.replace(" \n", "\n").replace("\n ", "\n").strip(" "))


def _short_form(word: re.Match[str]) -> str:
    return _SHORT_FORMS[word[0]]


def _without_articles(lines: str) -> str:
    if "the " not in lines:
        return lines
    lines = "\n" + lines
    while "\nthe " in lines:
        lines = lines.replace("\nthe ", "\n")
    return lines[1:]


def _folded(lines: str) -> str:
    folded = unicodedata.normalize("NFKD", lines).casefold()
    # Decomposing may bring back capitals, and folding composed letters: once more.
    return unicodedata.normalize("NFKD", folded).casefold()


def _unified(lines: str) -> str:
    return lines.translate(_plain_forms)


class _PlainForms(dict[int, str]):
    """What becomes of each character, the unchanged ones too, once it has been met."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        return plain


_plain_forms = _PlainForms()


def _plain(character: str) -> str:
    """Return nothing for a mark on a letter and what is unseen, one letter for its variants."""
    is_mark = unicodedata.combining(character) and character not in _KEPT_MARKS
    if is_mark or unicodedata.category(character) == "Cf":
        return ""
    if character in _REPLACED:
        return _REPLACED[character]
    return _PUNCTUATION.sub(" ", character)
