"""Write a made-up file of coded events: `python tests/benchmarks/make_coded_events.py FILE COUNT`.

In GDELT 2.0's 61 columns, or with `--form acled` in ACLED's 31. The same count always gives the
same bytes: real towns (the larger, the more), actors of every country, twelve years. One row in
a hundred thousand is bad on purpose.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from make_events import towns_and_countries

from dashboard.importers.records import fips_codes
from dashboard.importers.tables import GDELT_COLUMNS
from gazetteer.countries import countries
from gazetteer.places import Place

FIRST_DAY = date(2012, 1, 1)
DAYS = 12 * 365
BAD_EVERY = 100_000
GROUPS = ("", "GOV", "MIL", "COP", "REB", "CVL", "OPP", "BUS", "JRN", "EDU")
CAMEO = ("010", "020", "036", "040", "042", "043", "051", "057", "071", "084", "0841", "090",
    "100", "111", "112", "120", "130", "141", "145", "150", "163", "172", "173", "181", "183",
    "190", "193", "194", "195", "202")  # fmt: skip
ACLED_NAMES = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 "
    "assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region "
    "country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale "
    "notes fatalities tags timestamp"
)
SUB_EVENTS = ("Armed clash", "Attack", "Peaceful protest", "Air/drone strike", "Arrests",
    "Shelling/artillery/missile attack", "Mob violence", "Agreement")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--form", choices=["gdelt", "acled"], default="gdelt")
    said = parser.parse_args()
    chance = random.Random(said.count)
    places, weights = towns_and_countries(chance)
    where = chance.choices(places, weights, k=said.count)
    row_of = gdelt_row if said.form == "gdelt" else acled_row
    with said.file.open("w", encoding="utf-8", newline="") as file:
        if said.form == "gdelt":
            write = csv.writer(
                file, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n"
            )
        else:
            write = csv.writer(file)
            write.writerow(ACLED_NAMES.split())
        write.writerows(rows(chance, where, row_of))


def rows(chance: random.Random, where: list[Place], row_of: object) -> Iterator[list[object]]:
    for number, place in enumerate(where, start=1):
        row = row_of(chance, number, place)
        if number % BAD_EVERY == 0:
            row[1] = "no day"
        yield row


def gdelt_row(chance: random.Random, number: int, place: Place) -> list[object]:
    known = _countries()
    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
    code = chance.choice(CAMEO)
    sides = []
    for _ in range(2):
        country, group = chance.choice(known), chance.choice(GROUPS)
        name = country.name.upper() if not group else f"{country.name} {group}".upper()
        sides.append([f"{country.code3}{group}", name, country.code3, *[""] * 4, group, "", ""])
    lat, lon = f"{place.coordinates.lat:.4f}", f"{place.coordinates.lon:.4f}"
    kind = "1" if place.feature_code.startswith("PCL") else "4"
    full = f"{place.name}, {place.admin1_code or ''}, {place.country_code}"
    fips = _fips_codes().get(place.country_code or "", "")
    geo = [kind, full, fips, f"{fips}{place.admin1_code or '00'}", "", lat, lon, f"-{number}"]
    values = [
        number + 800_000_000,
        f"{day:%Y%m%d}",
        f"{day:%Y%m}",
        day.year,
        f"{day.year + day.timetuple().tm_yday / 365:.4f}",
        *sides[0],
        *sides[1],
        1,
        code,
        code[:3],
        code[:2],
        chance.randrange(1, 5),
        f"{chance.randrange(-100, 100) / 10}",
        chance.randrange(1, 60),
        chance.randrange(1, 9),
        chance.randrange(1, 60),
        f"{chance.uniform(-10, 10):.14f}",
        *geo,
        *geo,
        *geo,
        f"{day:%Y%m%d}093000",
        f"https://news.example/{day:%Y/%m}/{number}/report-of-the-day",
    ]
    assert len(values) == len(GDELT_COLUMNS)
    return values


def acled_row(chance: random.Random, number: int, place: Place) -> list[object]:
    day = FIRST_DAY + timedelta(chance.randrange(DAYS))
    here = countries().get(place.country_code or "") or chance.choice(_countries())
    sub_event = chance.choice(SUB_EVENTS)
    return [
        f"{here.code3}{number}",
        day.isoformat(),
        day.year,
        1,
        "Political violence",
        "Battles",
        sub_event,
        f"Military Forces of {here.name} (2018-)",
        "",
        "State forces",
        f"Front {number % 700} of {here.name}",
        "",
        "Rebel group",
        12,
        "",
        586,
        "Region",
        here.name,
        f"Province {number % 40}",
        f"District {number % 400}",
        "",
        place.name,
        f"{place.coordinates.lat:.4f}",
        f"{place.coordinates.lon:.4f}",
        1 + number % 3,
        f"Paper {number % 90}",
        "National",
        f"On {day}, {sub_event.lower()} near {place.name}: report {number} of the made-up desk.",
        chance.randrange(9),
        "",
        1_600_000_000 + number,
    ]


def _countries() -> list:
    return [*countries().values()]


@lru_cache(maxsize=1)
def _fips_codes() -> dict[str, str]:
    return {iso: fips for fips, iso in fips_codes().items()}


if __name__ == "__main__":
    main()
