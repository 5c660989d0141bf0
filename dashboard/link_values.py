"""The values of a link: read one by one, and told in a reader's words when they are none."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from dashboard.datasets import OWN
from dashboard.ontology import QUAD_CLASSES, event_types
from gazetteer.places import BoundingBox, Coordinates, GeoPrecision

MAX_VALUES = 100
"""How many actors, types or articles a link may name."""

MAX_TEXT = 200
"""Longest search text of a link, in characters."""

MAX_ZOOM = 20

MAP_LAYERS = ("heat", "mentions", "datasets", "countries", "divisions")
"""What a map may show in place of the events one by one."""

ALL = "all"
"""Every value, in a link."""

MOST_DAYS = 9999

MOST_CORNERS = 60
"""How many corners a drawn area may have."""

_ACTOR_ID = re.compile(r"\w[\w.' -]{0,79}|\*\.[A-Z]{3}")
_ARTICLE_ID = re.compile(r"[0-9a-f]{16}")
_PLACE_ID = re.compile(r"[\w:.' -]{1,80}")
_DEGREE_DIGITS = 5
"""A hundred-thousandth of a degree is about a metre."""

_Value = TypeVar("_Value")
_Member = TypeVar("_Member", bound=StrEnum)


@dataclass
class QueryReader:
    """Reads the values of a query, and notes in words which are none."""

    query: Mapping[str, str]
    problems: list[str] = field(default_factory=list)

    def value(self, key: str, read: Callable[[str], _Value], otherwise: str) -> _Value | None:
        """Return the value of a key, None without one; `otherwise` says what a wrong one is not."""
        given = self.query.get(key, "")
        if not given:
            return None
        try:
            return read(given)
        except ValueError:
            self.problems.append(f"{key}={shown_value(given)} {otherwise}")
            return None

    def values(
        self, key: str, read: Callable[[str], _Value], *, separator: str = ","
    ) -> tuple[_Value, ...]:
        """Return the values of a key, without those that are none."""
        given = [value for value in self.query.get(key, "").split(separator) if value]
        if len(given) > MAX_VALUES:
            self.problems.append(f"{key} names more than {MAX_VALUES}; the rest is left out")
        found = []
        for value in given[:MAX_VALUES]:
            try:
                found.append(read(value))
            except ValueError as error:
                self.problems.append(f"{key}: {shown_value(value)} {error}")
        return tuple(found)

    def members(self, key: str, kind: type[_Member]) -> tuple[_Member, ...]:
        """Return the members of `kind` that a key names."""
        if self.query.get(key) == ALL:
            return tuple(kind)

        def member(value: str) -> _Member:
            if value not in set(kind):
                raise ValueError(f"is none of {', '.join(kind)}")
            return kind(value)

        return self.values(key, member)


def shown_value(value: str) -> str:
    """Return a value of a link as a message shows it."""
    printable = "".join(char if char.isprintable() else "?" for char in value)
    return f"“{printable[:40]}{'…' if len(printable) > 40 else ''}”"


def actor_id(value: str) -> str:
    """Return an actor's id, or a sector's of any country."""
    if not _ACTOR_ID.fullmatch(value):
        raise ValueError("is not an actor such as IRN or IRN.MIL")
    return value


def pair(value: str) -> str:
    """Return the two ids of a pair such as PAK~IRN."""
    one, tilde, other = value.partition("~")
    if not tilde:
        raise ValueError("is not two actors such as PAK~IRN")
    return f"{actor_id(one)}~{actor_id(other)}"


def quad_class(value: str) -> str:
    """Return the name of a quad class."""
    if value not in QUAD_CLASSES:
        raise ValueError(f"is none of {', '.join(QUAD_CLASSES)}")
    return value


def place_id(value: str) -> str:
    """Return a place's id."""
    if not _PLACE_ID.fullmatch(value):
        raise ValueError("is not a place's id")
    return value


def share(value: str) -> float:
    """Return a number from 0 to 1."""
    share = number(value)
    if not 0 <= share <= 1:
        raise ValueError(value)
    return share


def polygon(value: str) -> tuple[Coordinates, ...]:
    """Return the corners of a drawn area, at most MOST_CORNERS."""
    corners = [corner.split() for corner in value.split(",")]
    if not 3 <= len(corners) <= MOST_CORNERS:
        raise ValueError(value)
    return tuple(Coordinates(lat=number(lat), lon=number(lon)) for lat, lon in corners)


def corner(corner: Coordinates) -> str:
    """Return a corner of a drawn area as a link has it."""
    return f"{degrees(corner.lat)} {degrees(corner.lon)}"


def event_type(value: str) -> str:
    """Return the name of an event type."""
    if value not in event_types():
        raise ValueError("is not an event type such as ASSAULT")
    return value


def article_id(value: str) -> str:
    """Return an article's id."""
    if not _ARTICLE_ID.fullmatch(value):
        raise ValueError("is not an article's id")
    return value


def dataset(value: str) -> str:
    """Return a data set's id, or OWN."""
    if value != OWN and not _ARTICLE_ID.fullmatch(value):
        raise ValueError(f"is neither a data set's id nor {OWN}")
    return value


def days(value: str) -> int:
    """Return a number of days from 1 to MOST_DAYS."""
    days = int(value)
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(value)
    return days


def precision(value: str) -> GeoPrecision:
    """Return a class of precision from its number."""
    return GeoPrecision(int(value))


def text(value: str) -> str:
    """Return a text with one space between words."""
    if len(value) > MAX_TEXT:
        raise ValueError(value)
    return value


def box(value: str) -> BoundingBox:
    """Return a box from its south, west, north and east."""
    south, west, north, east = (number(edge) for edge in value.split(","))
    return BoundingBox(south=south, west=west, north=north, east=east)


def box_to_query(box: BoundingBox) -> str:
    """Return a box as a link has it."""
    return ",".join(degrees(edge) for edge in (box.south, box.west, box.north, box.east))


def latitude(value: str) -> float:
    """Return a latitude."""
    return Coordinates(lat=number(value), lon=0.0).lat


def longitude(value: str) -> float:
    """Return a longitude."""
    return Coordinates(lat=0.0, lon=number(value)).lon


def zoom(value: str) -> int:
    """Return a zoom level from 0 to MAX_ZOOM."""
    zoom = round(number(value))
    if not 0 <= zoom <= MAX_ZOOM:
        raise ValueError(value)
    return zoom


def layer(value: str) -> str:
    """Return what a map draws in place of the events."""
    kind, _, measure = value.partition(".")
    is_measured = kind in {"countries", "divisions"} and measure in {"last", *event_types()}
    if not (value in MAP_LAYERS or is_measured):
        raise ValueError(value)
    return value


def number(value: str) -> float:
    """Return a finite number."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(value)
    return number


def degrees(value: float) -> str:
    """Return degrees as a link has them."""
    return f"{round(value, _DEGREE_DIGITS) + 0.0:.{_DEGREE_DIGITS}f}".rstrip("0").rstrip(".")
