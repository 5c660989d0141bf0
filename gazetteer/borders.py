"""The shared border of two countries as a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.countries import countries
from gazetteer.places import Geometry, Place

if TYPE_CHECKING:
    from gazetteer.store import PlaceStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Border:
    """A border as a place of its own, with its line.

    The line is that of a 1:10 million map: its length is not the border's length.
    """

    place: Place
    line: Geometry


def shared_border(store: PlaceStore, a: str, b: str) -> Border | None:
    """Return the border of two countries by their codes, in either order; None without one."""
    place = store.border(a, b)
    line = store.geometry(place.place_id) if place else None
    return Border(place=place, line=line) if place and line else None


def borders_of(store: PlaceStore, code: str) -> tuple[Border, ...]:
    """Return the borders of one country, in the order of its neighbours' codes."""
    country = countries().get(code)
    neighbours = country.neighbours if country else ()
    found = (shared_border(store, code, neighbour) for neighbour in neighbours)
    return tuple(border for border in found if border)
