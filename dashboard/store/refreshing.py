"""Columns brought up to date with a few events that were written since, all others as they were.

Reading a million events takes the database many seconds; a report adds a handful. What comes out
is what reading everything anew would give, but for the order in which values got their numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection

from dashboard.store.reading import (
    SIDES,
    Codes,
    Columns,
    Numbers,
    first_rows,
    latest_first,
    marks_of,
    read_columns,
)


def refreshed(connection: Connection, old: Columns, touched: Collection[int]) -> Columns:
    """Return `old` with the events of the keys `touched` as they are now, or without them."""
    new = read_columns(connection, only=touched)
    stays: Numbers = ~np.isin(old["keys"], np.fromiter(touched, np.int64, len(touched)))
    kept = old["keys"][stays]
    at = np.asarray(np.searchsorted(kept, new["keys"]))
    place_of_old = np.full(len(stays), -1, np.int32)
    place_of_old[stays] = np.arange(len(kept)) + np.searchsorted(new["keys"], kept)
    place_of_new = (at + np.arange(len(at))).astype(np.int32)
    types, type_of = _joined(old["type_names"], new["type_names"])
    articles, article_of = _joined(old["article_ids"], new["article_ids"])
    fresh = new | {"types": type_of[new["types"]], "articles": article_of[new["articles"]]}
    events = {name: np.insert(old[name][stays], at, fresh[name]) for name in _OF_EVENTS}
    return {
        **events,
        "order": latest_first(events["latest"]),
        "type_names": types,
        **_articles(old, new, articles, article_of),
        **_places(connection, old, new, (place_of_old, place_of_new), events["keys"]),
        **_actors(old, new, (place_of_old, place_of_new)),
    }


_NEVER = np.iinfo(np.int64).max
_OF_EVENTS = (
    "keys",
    "types",
    "earliest",
    "latest",
    "modalities",
    "reviews",
    "confidence",
    "articles",
)


def _joined(old: Sequence[Any], new: Sequence[Any]) -> tuple[tuple[Any, ...], Numbers]:
    """Return the values of both, the old ones first, and where each of the new ones stands."""
    known = Codes((value, number) for number, value in enumerate(old))
    codes_of = [known[value] for value in new]
    return tuple(known), np.array(codes_of, np.int32)


def _articles(
    old: Columns, new: Columns, article_ids: tuple[str, ...], article_of: Numbers
) -> Columns:
    sources, source_of = _joined(old["source_names"], new["source_names"])
    datasets, dataset_of = _joined(old["dataset_ids"], new["dataset_ids"])
    fresh = {
        "article_source": source_of[new["article_source"]],
        "article_day": new["article_day"],
        "article_dataset": dataset_of[new["article_dataset"]],
    }
    of_articles = {}
    for name, values in fresh.items():
        of_articles[name] = np.resize(old[name], len(article_ids))
        # One that was there before may have been removed and added again, by another publisher.
        of_articles[name][article_of] = values
    return {
        "article_ids": article_ids,
        "source_names": sources,
        "dataset_ids": datasets,
        **of_articles,
    }


def _places(
    connection: Connection,
    old: Columns,
    new: Columns,
    place_of: tuple[Numbers, Numbers],
    keys: Numbers,
) -> Columns:
    event = place_of[0][old["place_event"]]
    stay = event >= 0
    known = Codes()
    of_old, of_new = (np.array([known[m] for m in _marks(read)], np.int64) for read in (old, new))
    mark = np.concatenate((of_old[old["place_mark"][stay]], of_new[new["place_mark"]]))
    event = np.concatenate((event[stay], place_of[1][new["place_event"]])).astype(np.int64)
    first = np.full(len(known), _NEVER)
    np.minimum.at(first, mark, keys[event])
    facts = _of_marks(connection, old, new, list(known), first)
    there = [number for number in range(len(known)) if first[number] != _NEVER]
    cells, marks = facts["mark_cell"].tolist(), list(known)
    order = sorted(there, key=lambda number: (cells[number], *marks[number]))
    number_of = np.full(len(known), -1, np.int64)
    number_of[order] = np.arange(len(order))
    size = max(1, len(keys))
    # Nearly in order already: a stable sort has little to do.
    pairs = np.sort(number_of[mark] * size + event, kind="stable")
    place_mark, place_event = (part.astype(np.int32) for part in np.divmod(pairs, size))
    is_placed = np.zeros(len(keys), np.bool_)
    is_placed[place_event] = True
    ordered = np.array(order, np.int64)
    return {
        **{
            name: values[ordered]
            if isinstance(values, np.ndarray)
            else tuple(values[number] for number in order)
            for name, values in facts.items()
        },
        "place_mark": place_mark,
        "place_event": place_event,
        "is_placed": is_placed,
    }


def _of_marks(
    connection: Connection,
    old: Columns,
    new: Columns,
    marks: list[tuple[str, int]],
    first: Numbers,
) -> Columns:
    """Return what `marks_of` tells of all marks, each as the event `first` names it.

    What another event than before is the first to name may lie elsewhere by it.
    """
    before = {mark: number for number, mark in enumerate(_marks(old))}
    added = [number for number, mark in enumerate(_marks(new)) if mark not in before]
    facts: Columns = {
        name: np.concatenate((values, new[name][added]))
        if isinstance(values, np.ndarray)
        else [*values, *(new[name][number] for number in added)]
        for name, values in old.items()
        if name in marks_of(())
    }
    moved: Numbers = (first != facts["mark_row"][:, 0]) | np.isin(first, new["keys"])
    names = {marks[n]: int(first[n]) for n in np.flatnonzero(moved & (first != _NEVER)).tolist()}
    rows = first_rows(connection, names)
    number_of = {mark: number for number, mark in enumerate(marks)}
    for name, values in marks_of(rows).items():
        for row, value in zip(rows, values, strict=True):
            facts[name][number_of[row.place_id, row.precision]] = value
    return facts


def _marks(columns: Columns) -> list[tuple[str, int]]:
    return list(zip(columns["place_ids"], columns["mark_precision"].tolist(), strict=True))


def _actors(old: Columns, new: Columns, place_of: tuple[Numbers, Numbers]) -> Columns:
    ids, id_of = _joined(old["actor_ids"], new["actor_ids"])
    event: Numbers = place_of[0][old["actor_event"]]
    gone = np.asarray(np.searchsorted(np.flatnonzero(event < 0), old["actor_start"]))
    runs = len(ids) * len(SIDES)
    start = np.full(runs + 1, len(event) - gone[-1], np.int64)
    start[: len(gone)] = old["actor_start"] - gone
    event = event[event >= 0]
    run: Numbers = np.repeat(np.arange(len(new["actor_start"]) - 1), np.diff(new["actor_start"]))
    run = id_of[run // len(SIDES)] * len(SIDES) + run % len(SIDES)
    fresh = place_of[1][new["actor_event"]]
    order: Numbers = np.lexsort((fresh, run))
    run, fresh = run[order], fresh[order]
    at = [
        start[one] + np.searchsorted(event[start[one] : start[one + 1]], place)
        for one, place in zip(run.tolist(), fresh.tolist(), strict=True)
    ]
    return {
        "actor_ids": ids,
        "actor_event": np.insert(event, np.array(at, np.int64), fresh),
        "actor_start": start + np.searchsorted(run, np.arange(runs + 1)),
    }
