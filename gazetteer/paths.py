"""Where Dateline keeps its files."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_path, user_data_path

_APPLICATION = "dateline"


def data_folder() -> Path:
    """Return the folder of what must be kept: DATELINE_HOME, else the user's data folder."""
    home = os.environ.get("DATELINE_HOME")
    return Path(home).expanduser() if home else user_data_path(_APPLICATION, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be made anew: DATELINE_CACHE, else the user's cache folder."""
    cache = os.environ.get("DATELINE_CACHE")
    return Path(cache).expanduser() if cache else user_cache_path(_APPLICATION, appauthor=False)


def place_store_path() -> Path:
    """Return where the place store is built."""
    return cache_folder() / "places.sqlite"


def gazetteer_cache_path() -> Path:
    """Return where online answers and analysts' corrections are kept."""
    return data_folder() / "gazetteer-cache.sqlite"


def turns_path() -> Path:
    """Return where it is kept when each online geocoder may be asked next."""
    return cache_folder() / "geocoder-turns.sqlite"
