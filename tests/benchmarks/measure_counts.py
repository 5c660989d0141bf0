"""Compare counting in columns with counting in SQL: `python .../measure_counts.py STORE`.

STORE is an SQLite file of `make_events.py`. Each question is asked for three filters, in columns
(warm, as while somebody works) and in SQL on the indexed columns; processor time, the median.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
import time
from collections.abc import Callable

from dashboard.facets import Facets
from dashboard.filters import EventFilter
from dashboard.map_data import family_of_types
from dashboard.store import EventStore
from dashboard.timeline import timeline_of

TYPES = (("ASSAULT",), ("ASSAULT", "CONSULT"), ("AID", "PROTEST", "THREATEN"))
STANDINGS = "('denied', 'hypothetical', 'said not to have happened')"
WHERE = "head_key IS NULL AND modality NOT IN {0} AND event_type IN ({1})"
QUESTIONS = {
    "marks by cell and type": "SELECT cell >> 34, event_type, count(*) FROM event_locations"
    " JOIN events USING (event_key) WHERE {where} GROUP BY 1, 2",
    "actors": "SELECT substr(actor_id, 1, 3), actor_id, count(DISTINCT event_key) FROM event_actors"
    " JOIN events USING (event_key) WHERE {where} GROUP BY 1, 2",
    "timeline": "SELECT substr(earliest, 1, 7), event_type, count(*) FROM events WHERE {where}"
    " GROUP BY 1, 2",
    "coverage": "SELECT count(*), count(DISTINCT article_id) FROM events WHERE {where}",
}


def main() -> None:
    path = sys.argv[1]
    store = EventStore(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    columns = store.columns()
    families = family_of_types(columns)[columns.types]

    def in_columns(wanted: EventFilter) -> dict[str, Callable[[], object]]:
        facets = Facets(store=store, wanted=wanted)
        return {
            "marks by cell and type": lambda: columns.mark_counts(
                store.mask(wanted), "family", families, families.max() + 1
            ),
            "actors": facets.actors,
            "timeline": lambda: timeline_of(store, wanted, without="dates"),
            "coverage": facets.coverage,
        }

    print(f"{len(columns):,} events")
    for question, sql in QUESTIONS.items():
        own, other = [], []
        for types in TYPES:
            ask = in_columns(EventFilter(event_types=types))[question]
            ask()
            own.append(timed(ask))
            marks = ", ".join("?" * len(types))
            text = sql.format(where=WHERE.format(STANDINGS, marks))
            other.append(
                timed(lambda text=text, types=types: connection.execute(text, types).fetchall())
            )
        print(
            f"  {question:24} {statistics.median(own) * 1000:8.1f} ms in columns"
            f" {statistics.median(other) * 1000:8.0f} ms in SQL",
            flush=True,
        )


def timed(ask: Callable[[], object]) -> float:
    start = time.process_time()
    ask()
    return time.process_time() - start


if __name__ == "__main__":
    main()
