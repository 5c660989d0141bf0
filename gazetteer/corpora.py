"""Annotated texts to measure and to train on.

A corpus is JSON Lines of `{doc_id, text, toponyms: [{start, end, phrase, lat, lon}]}`,
offsets in code points, half-open.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import CorpusError, InvalidCoordinatesError, PlaceDataError
from gazetteer.places import Coordinates
from gazetteer.reading import without_surrogates

_FORM = "{doc_id, text, toponyms: [{start, end, phrase, lat, lon}]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldToponym:
    """A toponym as annotated; `coordinates` is None where the corpus gives none."""

    start: int
    end: int
    phrase: str
    coordinates: Coordinates | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldDocument:
    """An annotated text."""

    doc_id: str
    text: str
    toponyms: tuple[GoldToponym, ...]


def read_corpus(path: Path) -> tuple[GoldDocument, ...]:
    """Return the annotated texts of a JSON Lines file; there is one at least.

    Raises: PlaceDataError, with the line, when one is no document or an offset does not fit its
    phrase; CorpusError when the file holds no text at all.
    """
    documents = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    documents.append(_document(line))
                except CorpusError as problem:
                    raise PlaceDataError(path.name, number, str(problem)) from problem
    if not documents:
        raise CorpusError(f"{path.name} holds no annotated text: write one a line as {_FORM}.")
    return tuple(documents)


def half_of(doc_id: str) -> str:
    """Return "tune" or "held-out": a fixed half by the hash of the document's id."""
    return "tune" if hashlib.sha256(doc_id.encode()).digest()[0] % 2 else "held-out"


def _document(line: bytes) -> GoldDocument:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise CorpusError("this is not UTF-8 text") from None
    except json.JSONDecodeError as problem:
        where = f"{problem.msg} at character {problem.pos + 1}"
        raise CorpusError(f"this is no JSON object on one line ({where})") from None
    if not isinstance(row, dict):
        raise CorpusError(f"this is no JSON object: write {_FORM}")
    doc_id, toponyms = row.get("doc_id"), row.get("toponyms")
    if not isinstance(doc_id, str | int):
        raise CorpusError('"doc_id" must be a text that names the document')
    text = _text(row, "text")
    if not isinstance(toponyms, list):
        raise CorpusError('"toponyms" must be a list; of a text without any an empty one')
    return GoldDocument(doc_id=str(doc_id), text=text, toponyms=tuple(_toponyms(toponyms, text)))


def _toponyms(items: Iterable[object], text: str) -> Iterator[GoldToponym]:
    for number, item in enumerate(items, start=1):
        try:
            yield _toponym(item, text)
        except (CorpusError, InvalidCoordinatesError) as problem:
            raise CorpusError(f"toponym {number}: {problem}") from problem


def _toponym(item: object, text: str) -> GoldToponym:
    if not isinstance(item, dict):
        raise CorpusError("not {start, end, phrase, lat, lon}")
    start, end, phrase = _offset(item, "start"), _offset(item, "end"), _text(item, "phrase")
    if text[start:end] != phrase:
        raise CorpusError(
            f"the text from {start} to {end} is {text[start:end]!r}, not {phrase!r}; "
            "offsets count code points from 0"
        )
    return GoldToponym(start=start, end=end, phrase=phrase, coordinates=_point(item))


def _point(item: dict[str, Any]) -> Coordinates | None:
    lat, lon = item.get("lat"), item.get("lon")
    if lat is None and lon is None:
        return None
    if not isinstance(lat, int | float) or not isinstance(lon, int | float):
        raise CorpusError('"lat" and "lon" must both be numbers in degrees, or null')
    return Coordinates(lat=lat, lon=lon)


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if not isinstance(value, str):
        raise CorpusError(f'"{field}" must be a text' + ", but is missing" * (field not in row))
    return without_surrogates(value)


def _offset(row: dict[str, Any], field: str) -> int:
    value = row.get(field)
    if not isinstance(value, int) or value < 0:
        raise CorpusError(f'"{field}" must be a whole number from 0 on')
    return value
