"""Saving snapshots, with a small picture of each."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from dashboard.errors import PictureError
from dashboard.evidence import read_snapshot
from dashboard.picture import map_png
from dashboard.store.snapshots import SavedSnapshot

if TYPE_CHECKING:
    from dashboard.store import EventStore

THUMBNAIL_ZOOM = 0.45
"""Of the page's own still map, 800 pixels across."""

_STILL = re.compile(r'<div class="still">(<svg .*?</svg>)\s*</div>', re.DOTALL)


def keep_snapshot(page: str, events: EventStore, *, made_on: date | None = None) -> SavedSnapshot:
    """Keep a snapshot's page; what is kept already stays as it is."""
    contents = read_snapshot("the snapshot", page.encode())
    saved = SavedSnapshot(
        content_hash=contents.stated_hash,
        title=contents.manifest["title"],
        note=contents.manifest["note"],
        made_on=made_on or datetime.now(UTC).date(),
        events=contents.manifest["shown"],
        thumbnail=_thumbnail(page),
    )
    events.snapshots.keep(saved, page)
    return saved


def _thumbnail(page: str) -> bytes:
    still = _STILL.search(page)
    try:
        return map_png(still[1], zoom=THUMBNAIL_ZOOM) if still else b""
    except PictureError:
        return b""  # resvg is not installed: the gallery shows the title alone
