"""Fill a store with made-up events: `python tests/benchmarks/make_events.py STORE COUNT`.

The same count always gives the same events: at real towns, provinces and countries (the larger a
town, the more), among some hundreds of actors, over twelve years. Rows go in by the driver's own
bulk insert: this measures nothing but what reads them.
"""

from __future__ import annotations

import json
import random
import sqlite3
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from dashboard.cells import cell_of
from dashboard.events import Modality
from dashboard.ontology import event_types
from dashboard.store import EventStore
from gazetteer.build import open_place_store
from gazetteer.countries import countries
from gazetteer.place_json import place_to_json
from gazetteer.places import BoundingBox, GeoPrecision, Place

ARTICLES = 5_000
AT_ONCE = 20_000
SECTORS = ("", "", "", ".GOV", ".MIL", ".CVL", ".REB", ".COP")
FIRST_DAY = date(2012, 1, 1)
DAYS = 12 * 365


def main() -> None:
    path, count = sys.argv[1], int(sys.argv[2])
    EventStore(f"sqlite:///{path}").close()
    make_events(path, count)


def make_events(path: str, count: int) -> None:
    """Add `count` events to the store at `path`."""
    chance = random.Random(count)
    places, weights = towns_and_countries(chance)
    rows = some_rows(chance, places, weights, count)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        articles = [
            (f"{n:016x}", f"Report {n}", "", f"2024-{n % 12 + 1:02d}-01", f"Paper {n % 40}")
            for n in range(ARTICLES)
        ]
        connection.executemany(
            "INSERT INTO articles (article_id, title, text, published, source, language,"
            " problems, added_on) VALUES (?, ?, ?, ?, ?, 'en', '[]', '2024-12-31')",
            articles,
        )
        while batch := list(islice(rows, AT_ONCE)):
            insert(connection, batch)
        connection.execute("UPDATE store_state SET value = value + 1 WHERE key = 'revision'")
        connection.execute("UPDATE store_state SET value = ? WHERE key = 'stamp'", (count,))


def insert(connection: sqlite3.Connection, batch: list[tuple]) -> None:
    connection.executemany(
        "INSERT INTO events (event_key, article_id, event_id, event_type, when_iso, earliest,"
        ' latest, quote, start, "end", trigger_start, trigger_end, modality, confidence, coder,'
        " searchable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 40, 10, 20, ?, ?, 'made-up', ?)",
        [row[0] for row in batch],
    )
    connection.executemany(
        "INSERT INTO event_actors (event_key, role, position, actor_id, name, kind, aliases,"
        " member_of) VALUES (?, ?, 0, ?, ?, 'state', '[]', '[]')",
        [actor for row in batch for actor in row[1]],
    )
    connection.executemany(
        "INSERT INTO event_locations (event_key, position, place_id, lat, lon, precision, reason,"
        " place, mention, cell) VALUES (?, 0, ?, ?, ?, ?, 'made up', ?, ?, ?)",
        [row[2] for row in batch if row[2]],
    )


def towns_and_countries(chance: random.Random) -> tuple[list[Place], list[float]]:
    """Return some twenty thousand towns and every country, with how often each is drawn."""
    with open_place_store() as store:
        towns = [
            place
            for south in range(-60, 75, 5)
            for west in range(-180, 180, 5)
            for place in store.in_box(
                BoundingBox(south=south, west=west, north=south + 5, east=west + 5), limit=60
            )
        ]
        whole = [place for code in countries() if (place := store.country(code))]
    chosen = [*whole, *chance.sample(towns, min(20_000, len(towns)))]
    return chosen, [(place.population or 2_000) ** 0.5 for place in chosen]


def some_rows(
    chance: random.Random, places: list[Place], weights: list[float], count: int
) -> Iterator[tuple]:
    """Yield each event's row, those of its actors, and that of its place if it has one."""
    types, modalities = sorted(event_types()), [m.value for m in Modality]
    states = [country.code3 for country in countries().values()]
    values = [_place_values(place) for place in places]
    where = chance.choices(values, weights, k=count)
    for key in range(1, count + 1):
        day = FIRST_DAY + timedelta(chance.randrange(DAYS))
        place = where[key - 1]
        quote = f"Something happened in {place[0]} on {day}."
        event = (
            key,
            f"{key % ARTICLES:016x}",
            f"{key:016x}",
            chance.choice(types),
            *(day.isoformat(),) * 3,
            quote,
            "reported" if chance.random() < 0.9 else chance.choice(modalities),
            chance.randrange(20, 96) / 100,
            quote.lower(),
        )
        actors = [
            (key, role, actor, actor)
            for role in ("source", "target")
            for actor in [chance.choice(states) + chance.choice(SECTORS)]
        ]
        located = (key, *place[1:]) if chance.random() < 0.97 else None
        yield event, actors, located


def _place_values(place: Place) -> tuple:
    lat, lon = place.coordinates.lat, place.coordinates.lon
    mention = {"start": 22, "end": 30, "surface": place.name, "kind": "literal", "place_id": None}
    precision = min(place.precision, GeoPrecision.COUNTRY)
    return (
        place.name,
        place.place_id,
        lat,
        lon,
        int(precision),
        json.dumps(place_to_json(place)),
        json.dumps(mention),
        cell_of(lat, lon),
    )


if __name__ == "__main__":
    main()
