"""From bytes to characters, and what is no text at all."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from operator import itemgetter

from dashboard.errors import UnreadableInputError

_BYTE_ORDER_MARKS = (
    # The 32-bit marks begin with the 16-bit ones.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHIFTS_TO_JAPANESE = re.compile(rb"\x1b\$[@B]")
"""RFC 1468: how ISO-2022-JP, all of seven bits, begins what is not ASCII."""
_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_FORMATS = (
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (as DOCX, XLSX and EPUB files are)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound or film file"),
    (b"fLaC", "a sound file"),
    (b"{\\rtf", "a rich text document"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
)
_INNER_FORMATS = (
    (b"RIFF", 8, b"WEBP", "a WebP picture"),
    (b"RIFF", 8, b"WAVE", "a sound file"),
    (b"", 4, b"ftyp", "a film or HEIC picture"),
)
_CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})
_TOO_MANY = 0.05
"""A share of control bytes that no text has, whatever its encoding; noise has 0.1."""

_ADVICE = "Give a text or HTML file, or paste the text"


_MOSTLY_ASCII = 0.4
"""Share of bytes beyond ASCII under which a text is taken for one in Latin letters: too few for a
guess by statistics, which reads the one umlaut of a report as Greek or as a superscript."""

_FEW = 0.2
"""Share of what is beyond ASCII that may stand oddly in the right encoding."""

_WESTERN = (
    "àâæçèéêëîïôœùûüÿ", "äöüß", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìíîòóùú", "åäöé", "æøåéó",
    "áàäëéèêïíóòöúü", "áðéíóúýþæö", "áðíóúýæø", "àçèéíïòóúü",
)  # fmt: skip
_CENTRAL = (
    "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž",
)  # fmt: skip
_LATIN = {
    "cp1252": _WESTERN,
    "cp1250": _CENTRAL,
    "cp1254": ("çğıöşüâîû",),
    "cp1258": ("àáâãèéêìíòóôõùúýăđĩũơư",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
    "iso8859-2": _CENTRAL,
    "mac_roman": _WESTERN,
}
"""Encodings of Latin letters, the likeliest first, with the letters beyond ASCII of each of the
languages that are written in them."""

_OTHERS = (
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1253", "iso8859_7", "cp1255",
    "iso8859_8", "cp1256", "iso8859_6", "cp874", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip
"""Encodings of other letters; of all that there are, a rare one would be guessed for a common."""

_MARGIN = 0.05
"""By what share of what is beyond ASCII another encoding must read better than the likeliest one:
a report names people and towns of several languages."""

_SIGNS = frozenset({"Cc", "Cn", "No", "Sc", "Sk", "Sm", "So"})
"""Unicode's categories of what does not stand beside a letter: in “zatrzyma³a” a ³."""


def refuse_binary(name: str, data: bytes) -> None:
    """Raise UnreadableInputError, naming the format, when `data` is not text."""
    kind = _format_of(data)
    if kind is None and not _marked_encoding(data) and _has_binary(data):
        kind = "a binary file"
    if kind:
        raise UnreadableInputError(name, f"it is {kind}, not text. {_ADVICE}")


def is_text(data: bytes) -> bool:
    """Say whether `data` is the bytes of a text, in whatever encoding."""
    try:
        refuse_binary("", data)
    except UnreadableInputError:
        return False
    return True


def decode(data: bytes, named: str | None = None) -> str:
    """Return the characters of `data`; what its encoding cannot read is replaced."""
    return data.decode(encoding_of(data, named), errors="replace")


def charset_of(content_type: str | None) -> str | None:
    """Return the encoding that a Content-Type header names; None when it names none."""
    message = Message()
    message["Content-Type"] = content_type or ""
    return message.get_content_charset()


def encoding_of(data: bytes, named: str | None = None) -> str:
    """Return the name of the encoding of a text.

    In this order: the byte order mark, UTF-16 by its zeros, ISO-2022-JP by its escapes, UTF-8
    when it is valid, the encoding that whoever sent it `named`, the one that the file declares,
    the most likely one, Windows-1252.
    """
    marked = _marked_encoding(data)
    if marked:
        return marked
    if _SHIFTS_TO_JAPANESE.search(data):
        return "iso2022_jp"
    for encoding in ("utf-8", named, _declared_encoding(data)):
        try:
            if encoding:
                data.decode(encoding)
                return encoding.lower()
        except (LookupError, UnicodeDecodeError):
            continue
    return _guess(data)


def _format_of(data: bytes) -> str | None:
    for start, kind in _FORMATS:
        # "BM" alone begins many a word; a picture's second field holds zeros.
        if data.startswith(start) and (start != b"BM" or b"\0\0" in data[:14]):
            return kind
    for start, offset, inner, kind in _INNER_FORMATS:
        if data.startswith(start) and data[offset:].startswith(inner):
            return kind
    return None


def _marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark gives, or UTF-16 by where its zeros lie."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding
    sample = data[:4096]
    half = len(sample) // 2
    if half < 8:
        return None
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    if even > 0.7 and odd < 0.1:
        return "utf-16-be"
    return None


def _has_binary(data: bytes) -> bool:
    sample = data[:65536]
    stray = len(sample) - len(sample.translate(None, _CONTROLS))
    return stray > max(8, len(sample) * _TOO_MANY)


def _declared_encoding(data: bytes) -> str | None:
    match = _DECLARED.search(data[:4096])
    return match[1].decode("ascii", errors="ignore") if match else None


def _guess(data: bytes) -> str:
    beyond = sum(byte > 0x7F for byte in data)
    if beyond < _MOSTLY_ASCII * len(data):
        margin = max(1, _MARGIN * beyond)
        read = [
            (misplaced + _foreign(text, _LATIN[encoding]) + (margin if at else 0), encoding)
            for at, (encoding, text) in enumerate(_readings(data))
            if (misplaced := _misplaced(text)) <= _FEW * beyond
        ]
        if read:
            return min(read, key=itemgetter(0))[1]
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_OTHERS)).best()
    return best.encoding if best else "cp1252"


def _readings(data: bytes) -> Iterator[tuple[str, str]]:
    """Yield what each of _LATIN reads that can read it."""
    for encoding in _LATIN:
        with suppress(UnicodeDecodeError):
            yield encoding, data.decode(encoding)


def _foreign(text: str, alphabets: tuple[str, ...]) -> int:
    """Return how many letters beyond ASCII the language that fits best does not have."""
    letters = Counter(char.lower()[0] for char in text if char > "\x7f" and char.isalpha())
    return min(letters.total() - sum(letters[one] for one in own) for own in alphabets)


def _misplaced(text: str) -> int:
    """Return how many characters beyond ASCII stand where no word has them."""
    return sum(
        (unicodedata.category(char) in _SIGNS and (before.isalpha() or after.isalpha()))
        or (char.isupper() and before.islower())
        for before, char, after in zip(" " + text, text, text[1:] + " ", strict=False)
        if char > "\x7f"
    )
