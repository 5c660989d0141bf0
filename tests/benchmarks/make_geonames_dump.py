"""Make a dump of GeoNames' form with made-up places, to measure a store of any size.

    python tests/benchmarks/make_geonames_dump.py FOLDER --places 2000000

Writes allCountries.zip and alternateNamesV2.zip. The same arguments give the same lines; one
line in 100,000 is bad on purpose, as in real dumps. As there, few places are large, and of the
names some have thousands of bearers: one place in five draws its name from COMMON_NAMES, the
first of them most often (Zipf's law).
"""

from __future__ import annotations

import argparse
import io
import random
import zipfile
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

SYLLABLES = (
    "ba", "be", "bo", "da", "de", "do", "fa", "ga", "gu", "ha", "ka", "ki", "ko", "la", "le", "lo",
    "ma", "mi", "na", "ni", "no", "pa", "ra", "ri", "ro", "sa",
)  # fmt: skip
ENDINGS = ("abad", "burg", "ville", "stan", "grad", "ton", "pur", "field", "kent", "dorf")
KINDS = (("P", "PPL"), ("H", "STM"), ("T", "MT"), ("S", "SCH"), ("L", "LCTY"), ("S", "FRM"))
COUNTRIES = ("IR", "PK", "IN", "US", "CN", "BR", "RU", "NG", "DE", "MX")
FIRST_ID = 20_000_000
COMMON_NAMES = 20_000
BAD_EVERY = 100_000


def place_lines(places: int) -> Iterator[str]:
    """Yield the lines of allCountries.txt."""
    chance = random.Random(1)
    common = [_name(chance) for _ in range(COMMON_NAMES)]
    shares = list(accumulate(1 / rank for rank in range(1, COMMON_NAMES + 1)))
    for number in range(places):
        if number % BAD_EVERY == BAD_EVERY - 1:
            yield "not a line of GeoNames\n"
            continue
        is_common = chance.random() < 0.2
        name = chance.choices(common, cum_weights=shares)[0] if is_common else _name(chance)
        letter, code = chance.choice(KINDS)
        population = min(20_000_000, int(chance.paretovariate(0.7))) if letter == "P" else 0
        cells = (
            FIRST_ID + number, name, name, f"{name} {code},{_name(chance)}",
            f"{chance.uniform(-60, 75):.5f}", f"{chance.uniform(-180, 180):.5f}", letter, code,
            chance.choice(COUNTRIES), "", "01", "", "", "", population, "", "0", "UTC",
            "2026-01-01",
        )  # fmt: skip
        yield "\t".join(map(str, cells)) + "\n"


def name_lines(places: int) -> Iterator[str]:
    """Yield the lines of alternateNamesV2.txt, four for three places, in no order of places."""
    chance = random.Random(2)
    for number in range(places * 4 // 3):
        place = FIRST_ID + chance.randrange(places)
        language = chance.choice(("en", "fa", "ur", "ru", "link", "wkdt"))
        yield f"{number}\t{place}\t{language}\t{_name(chance)}\t\t\t\t\t\t\n"


def make_dump(folder: Path, places: int) -> None:
    """Write both archives into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (
        ("allCountries", place_lines(places)),
        ("alternateNamesV2", name_lines(places)),
    ):
        with (
            zipfile.ZipFile(
                folder / f"{name}.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as archive,
            archive.open(f"{name}.txt", "w", force_zip64=True) as raw,
            io.TextIOWrapper(raw, encoding="utf-8") as text,
        ):
            text.writelines(lines)


def _name(chance: random.Random) -> str:
    start = "".join(chance.choices(SYLLABLES, k=chance.randrange(3, 6)))
    return start.capitalize() + chance.choice(ENDINGS)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--places", type=int, default=12_000_000)
    arguments = parser.parse_args()
    make_dump(arguments.folder, arguments.places)
