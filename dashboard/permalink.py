"""A link to a view: filters, part of the world, selected event, open panels, as plain values.

`v` is the version of the link's form. A link without it is of form 1, as all were before it was
written; a newer form's unknown keys are left alone, and the reader is told.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self

from dashboard.actors import known_actors
from dashboard.filters import FILTER_KEYS, EventFilter, is_member
from dashboard.link_values import shown_value
from dashboard.map_view import VIEW_KEYS, MapView
from gazetteer.countries import countries

VERSION = 1

PANELS = ("timeline", "events", "unplaced", "map")
"""What may stand open under the map: timeline, events, those without a place, or nothing."""

READINGS = ("read", "why", "correct")
"""How the reader may stand open beside the map: at the article, or at what its places rest on."""

_KEYS = frozenset({"v", "event", "panel", "reader", *FILTER_KEYS, *VIEW_KEYS})

_EVENT_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Permalink:
    """What a link restores."""

    event_filter: EventFilter = field(default_factory=EventFilter)
    view: MapView = field(default_factory=MapView)
    event_id: str | None = None
    """The selected event."""
    panel: str | None = None
    """What of PANELS is open; None: as the page opens by itself."""
    reading: str | None = None
    """How the reader shows the selected event, one of READINGS; None: it is closed."""

    def to_query(self) -> dict[str, str]:
        """Return what is set as the values of a link's query; nothing for the plain page."""
        query = self.event_filter.to_query() | self.view.to_query()
        if self.event_id:
            query["event"] = self.event_id
        if self.panel:
            query["panel"] = self.panel
        if self.reading:
            query["reader"] = self.reading
        return {"v": str(VERSION)} | query if query else {}

    @classmethod
    def from_query(
        cls, query: Mapping[str, str], *, beside: Collection[str] = ()
    ) -> tuple[Self, tuple[str, ...]]:
        """Return the link's values, and what of them could not be understood, for a reader.

        `beside` are keys that a page has besides a link's.
        """
        wanted, of_filter = EventFilter.from_query(query)
        view, of_view = MapView.from_query(query)
        event_id = query.get("event") or None
        problems = [*(_of_version(query) or _unknown(query, beside)), *of_filter, *of_view]
        if event_id and not _EVENT_ID.fullmatch(event_id):
            problems.append("the selected event is not an event's id")
            event_id = None
        panel = query.get("panel") or None
        if panel and panel not in PANELS:
            problems.append(f"the open panel is none of {', '.join(PANELS)}")
            panel = None
        reading = query.get("reader") or None
        if reading and reading not in READINGS:
            problems.append(f"the open reader is none of {', '.join(READINGS)}")
            reading = None
        link = cls(
            event_filter=wanted,
            view=view,
            event_id=event_id,
            panel=panel,
            reading=reading if event_id else None,
        )
        return link, tuple(problems)


def unknown_actors(wanted: EventFilter, present: Collection[str]) -> tuple[str, ...]:
    """Return a line for each actor asked for that neither Dateline nor any event knows.

    `present` are the actors of the events.
    """
    asked = dict.fromkeys((*wanted.actors, *(one for p in wanted.pairs for one in p.split("~"))))
    listed = {country.code3 for country in countries().values()} | known_actors().keys()
    return tuple(
        f"no event and no list of actors has {shown_value(actor)}"
        for actor in asked
        if actor not in present and not any(is_member(known, actor) for known in listed)
    )


def _unknown(query: Mapping[str, str], beside: Collection[str]) -> list[str]:
    """Return a line for each key that no link has; a newer one's are told by its version."""
    return [f"{shown_value(key)} is unknown" for key in query if key not in _KEYS | set(beside)]


def _of_version(query: Mapping[str, str]) -> list[str]:
    given = query.get("v", "") or str(VERSION)
    if not (given.isascii() and given.isdigit() and len(given) < 5):
        return ["its version is not a number"]
    if int(given) > VERSION:
        return [f"it was made by a newer Dateline (form {int(given)}); this one knows {VERSION}"]
    return []
