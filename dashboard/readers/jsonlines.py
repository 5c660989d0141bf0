"""JSON Lines: one article a line, its text left as it stands so that offsets count it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dashboard.articles import Article, article_id
from dashboard.publication_dates import publication_date
from dashboard.readers.cleaning import clean_line
from gazetteer.language import MAX_CHARACTERS
from gazetteer.other_languages import detect_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """An article of a JSON Lines file, with its line's number and its id in that file."""

    number: int
    key: str | int
    article: Article


@dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that is no article, and why."""

    number: int
    problem: str


class _LineError(ValueError):
    """What is wrong with a line."""


def read_json_lines(lines: Iterable[bytes]) -> Iterator[ArticleLine | BadLine]:
    """Yield each line's article, or what is wrong with it; blank lines are passed over.

    A line is an object with "id" (text or number) and "text", and may have "title",
    "published" (a day: 2019-11-25) and "source". Other keys are not read. The day is
    taken from a date line near the top of the text when "published" is missing.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _article_line(number, line)
            except _LineError as error:
                yield BadLine(number=number, problem=str(error))


def _article_line(number: int, line: bytes) -> ArticleLine:
    values = _object(line)
    key = values.get("id")
    if isinstance(key, bool) or not isinstance(key, str | int):
        raise _LineError('"id" must be text or a whole number')
    text = _optional_text(values, "text")
    if text is None:
        raise _LineError('"text" is missing')
    _check_text(text)
    title = clean_line(_optional_text(values, "title") or "")
    article = Article(
        article_id=article_id(text),
        title=title or clean_line(text.strip().partition("\n")[0]),
        text=text,
        published=_day(values) or publication_date(text),
        source=_optional_text(values, "source"),
        language=_optional_text(values, "language") or detect_language(text),
    )
    return ArticleLine(number=number, key=key, article=article)


def _object(line: bytes) -> dict[str, Any]:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _LineError("not UTF-8") from error
    except json.JSONDecodeError as error:
        raise _LineError(f"not JSON: {error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise _LineError("not JSON that can be read: nested too deeply") from error
    if not isinstance(values, dict):
        raise _LineError("not a JSON object")
    return values


def _optional_text(values: dict[str, Any], key: str) -> str | None:
    value = values.get(key)
    if value is not None and not isinstance(value, str):
        raise _LineError(f'"{key}" must be text')
    return value


def _check_text(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise _LineError(
            f'"text" has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read at once'
        )
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise _LineError('"text" holds half of a surrogate pair')


def _day(values: dict[str, Any]) -> date | None:
    given = _optional_text(values, "published")
    if not given:
        return None
    try:
        return date.fromisoformat(given[:10])
    except ValueError as error:
        raise _LineError(f'"published" must be a day such as 2019-11-25, not {given!r}') from error
