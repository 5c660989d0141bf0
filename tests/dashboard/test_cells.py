"""Cells of the map: nesting, neighbourhood, and the same numbers as Leaflet's tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.cells import LEVELS, cell_of, parent

places = st.tuples(st.floats(-85, 85), st.floats(-180, 179.99))


@given(places, st.integers(1, LEVELS))
def test_a_cell_lies_in_its_parent(place, level):
    cell = cell_of(*place)
    assert parent(cell, level) >> 2 == parent(cell, level - 1)


@pytest.mark.parametrize(
    ("lat", "lon", "x", "y"),
    # Tiles of OpenStreetMap's scheme at zoom 3, by its published formula.
    [(51.5, -0.1, 3, 2), (35.7, 51.4, 5, 3), (-33.9, 18.4, 4, 4), (90.0, 179.99, 7, 0)],
)
def test_a_cell_is_the_tile_of_its_level(lat, lon, x, y):
    cell = parent(cell_of(lat, lon), 3)
    assert sum((cell >> 2 * bit & 1) << bit for bit in range(3)) == x
    assert sum((cell >> 2 * bit + 1 & 1) << bit for bit in range(3)) == y
