"""Airports and air bases as airportsdata carries them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from gazetteer.sources import packages

_MILITARY = re.compile(
    r"\b(?:Air Base|Airbase|Air Force (?:Base|Station)|Air Station|AFB|Naval|Army|Marine Corps)\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """An airport that airlines serve, or a military one."""

    icao: str
    name: str
    city: str
    country_code: str
    lat: float
    lon: float
    is_military: bool

    @property
    def other_names(self) -> tuple[str, ...]:
        """Return what news calls it besides its name: "Kabul airport"."""
        short = self.name.replace(" International Airport", " Airport")
        if self.is_military or not self.city:
            return (short,)
        return (short, f"{self.city} airport", f"{self.city} International Airport")


def read_airports(folder: Path) -> list[Airport]:
    """Return the airports with an IATA code and the military ones, by ICAO code.

    The thousands of private strips are left out: their names are those of farms and people.
    """
    text = packages.member(packages.AIRPORTS, folder, "airportsdata/airports.csv").decode("utf-8")
    airports = [_airport(row) for row in csv.DictReader(io.StringIO(text)) if _is_known(row)]
    return sorted(airports, key=lambda airport: airport.icao)


def _is_known(row: dict[str, str]) -> bool:
    has_icao = len(row["icao"]) == 4 and row["icao"].isalpha()
    return has_icao and bool(row["iata"] or _MILITARY.search(row["name"]))


def _airport(row: dict[str, str]) -> Airport:
    return Airport(
        icao=row["icao"],
        name=row["name"].strip(),
        city=row["city"].strip(),
        country_code=row["country"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        is_military=bool(_MILITARY.search(row["name"])),
    )
