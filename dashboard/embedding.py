"""The map for another page's frame: small, read-only, without list and filters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import numpy as np

from dashboard.credits import BOUNDARIES_NOTE
from dashboard.disclosure import BLUR_KM, PLAINLY, Care
from dashboard.layers import map_layers, script_json
from dashboard.permalink import Permalink, unknown_actors
from dashboard.picture import static_map
from dashboard.sharing import disclosure_of
from dashboard.snapshot import head, map_scripts, map_styles, static_text
from dashboard.summary import coverage

if TYPE_CHECKING:
    from dashboard.store import EventStore
    from gazetteer.store import PlaceStore

LONGEST_TITLE = 120

_KEYS = ("embed", "title", "blur", "mask")
"""Of the link, beside a permalink's."""

MOST_EMBEDDED = 5_000
"""How many events the page carries: a browser draws so many in seconds."""

_SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"


def embed_html(query: Mapping[str, str], events: EventStore, places: PlaceStore) -> str:
    """Return the page of a link's query: `title`, `blur` and `mask` besides a permalink's.

    What of the link could not be understood is said on the page, and the rest is shown. Of more
    events than MOST_EMBEDDED it is the latest, and that is said too.
    """
    link, problems = Permalink.from_query(query, beside=_KEYS)
    problems += unknown_actors(link.event_filter, events.columns().actor_ids)
    care, of_care = _care_of(query)
    mask = events.mask(link.event_filter)
    left_out = int(np.count_nonzero(mask)) - MOST_EMBEDDED
    reports = (
        events.reports_by_key(events.columns().page(mask, start=0, count=MOST_EMBEDDED))
        if left_out > 0
        else events.reports(link.event_filter)
    )
    shown = disclosure_of(reports, events, care)
    layers = map_layers(shown.reports, places)
    view, selected = link.view, link.event_id
    if selected and selected not in {report.event.event_id for report in shown.reports}:
        problems, selected = (*problems, "the event that it points at is not shown here"), None
    options = {
        "view": [view.center.lat, view.center.lon, view.zoom]
        if view.center and view.zoom is not None
        else None,
        "selected": selected,
    }
    embedded = script_json({"layers": layers, "options": options})
    scripts = (
        *map_scripts(),
        f"window.DATELINE_EMBEDDED = {embedded};",
        static_text("embed.js"),
    )
    styles = (map_styles(), static_text("snapshot.css") + static_text("embed.css"))
    title = " ".join(query.get("title", "").split())[:LONGEST_TITLE] or "Events in the news"
    withheld = shown.in_words()
    lines = (
        coverage(shown.reports, len(events.columns())),
        f"The latest {MOST_EMBEDDED:,}; {left_out:,} more are left out." if left_out > 0 else "",
        f"Withheld: {'; '.join(withheld)}." if withheld else "",
        *(
            f"The link could not be restored in full: {problem}."
            for problem in (*problems, *of_care)
        ),
        BOUNDARIES_NOTE,
    )
    return "\n".join(
        (
            *head(title, scripts=scripts, styles=styles),
            "<body>",
            f'<header class="embed"><h1><bdi>{escape(title)}</bdi></h1>',
            *(f"<p>{escape(line)}</p>" for line in lines if line),
            "</header>",
            '<div id="map" role="region" aria-label="Map of the events"></div>',
            f'<noscript><div class="still">{static_map(layers)}</div></noscript>',
            *(f"<script>{script}</script>" for script in scripts),
            "</body>",
            "</html>",
            "",
        )
    )


def iframe_html(address: str, link: Permalink, *, title: str, care: Care = PLAINLY) -> str:
    """Return the HTML to copy into another page; `address` is that of the app."""
    shown = replace(link, panel=None, reading=None)
    query = {"embed": "1"} | shown.to_query() | {"title": title[:LONGEST_TITLE]}
    query |= {"blur": str(care.blur_km)} if care.blur_km else {}
    query |= {"mask": "1"} if care.mask_names else {}
    return (
        f'<iframe src="{escape(f"{address}?{urlencode(query)}")}" title="{escape(title)}" '
        f'width="100%" height="480" style="border:0" loading="lazy" '
        f'referrerpolicy="no-referrer" sandbox="{_SANDBOX}"></iframe>'
    )


def _care_of(query: Mapping[str, str]) -> tuple[Care, tuple[str, ...]]:
    """Return what the link withholds; a radius that is none withholds as much as can be."""
    blur, mask_names = query.get("blur", ""), query.get("mask", "") not in {"", "0"}
    known = {str(km): km for km in BLUR_KM}
    if not blur or blur in known:
        return Care(blur_km=known.get(blur), mask_names=mask_names), ()
    problem = f"blur is not one of {', '.join(known)} km: the coarsest is taken"
    return Care(blur_km=max(BLUR_KM), mask_names=mask_names), (problem,)
