"""One thread at a time loads what the pages need.

Python's own import locks give way where two threads would wait for each other, in a package and
its submodule: one of them then sees half a module (CPython's issue 91351).
"""

from __future__ import annotations

from threading import RLock
from typing import Final

LOADING: Final = RLock()
"""Held by whatever imports after the server has begun to answer."""
