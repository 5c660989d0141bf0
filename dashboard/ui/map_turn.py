"""The map comes first: all else on a page waits, for a moment, until the map has its marks.

A page and the map's answer share the server's interpreter, and a page's elements the browser's
one thread: sent at once, they keep the map from being drawn.
"""

from __future__ import annotations

import time
from threading import Condition
from typing import Final

FIRST_WAIT_SECONDS = 2.0
"""How long a page waits for the first map of the process."""

LATER_WAIT_SECONDS = 0.25
"""How long it waits for any other: one that the browser knows already is not asked for."""


DRAWING_SECONDS = 0.1
"""How long the browser draws a map once it is answered."""


class MapAnswers:
    """How many maps were answered, for pages that wait for theirs.

    Whose map it was does not matter: a page that goes on too early is only drawn a little sooner.
    """

    def __init__(self) -> None:
        self.count = 0
        self._changed = Condition()

    def add(self) -> None:
        """Note that a map was answered."""
        with self._changed:
            self.count += 1
            self._changed.notify_all()

    def wait_after(self, count: int) -> None:
        """Wait until more than `count` maps were answered, and drawn, or long enough."""
        seconds = LATER_WAIT_SECONDS if count else FIRST_WAIT_SECONDS
        with self._changed:
            is_answered = self._changed.wait_for(lambda: self.count > count, seconds)
            # Who waited once without a map does not wait as long again.
            self.count = max(self.count, 1)
        if is_answered:
            time.sleep(DRAWING_SECONDS)


ANSWERS: Final = MapAnswers()
"""The maps that this process has answered."""
