"""Measure for how many toponyms of annotated corpora a right candidate is found.

    python tests/benchmarks/measure_coverage.py

Candidates are what the gazetteer offers for an annotated name: the places that bear it, and what
the resolver makes of it (a word of origin, an abbreviation, a part of a region, a site that is
named after its town). Right is one within 161 km of the annotated point, or an area whose box
holds it. Prints counts only. The corpora are not part of the project: without the folder
../shared/corpora (or the one given as argument) the script says so and measures nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.build import open_place_store
from gazetteer.corpora import GoldToponym, read_corpus
from gazetteer.evaluation import RIGHT_WITHIN_KM, resolve_gold
from gazetteer.geodesy import distance_km
from gazetteer.places import Place

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FILES = ("lgl.jsonl", "geowebnews.jsonl", "geovirus.jsonl")


def main(folder: Path) -> None:
    """Print the share of each corpus, by the bare names and with what the resolver offers."""
    if not folder.is_dir():
        print(f"skipped: no corpora in {folder}")
        return
    with open_place_store() as store:
        for file in FILES:
            path = folder / file
            if not path.is_file():
                print(f"skipped: no {file}")
                continue
            placed = by_name = found = 0
            for document in read_corpus(path):
                for toponym, resolution in zip(
                    document.toponyms, resolve_gold(document, store), strict=True
                ):
                    if toponym.coordinates is None:
                        continue
                    bears_it = any(
                        is_right(m.place, toponym) for m in store.by_name(toponym.phrase)
                    )
                    placed += 1
                    by_name += bears_it
                    found += bears_it or any(
                        is_right(c.place, toponym) for c in resolution.candidates
                    )
            print(
                f"{file}: {found} of {placed}, {found / placed:.1%}"
                f" (under the bare name {by_name / placed:.1%})"
            )


def is_right(place: Place, toponym: GoldToponym) -> bool:
    """Say whether the place is the annotated one, as nearly as an area or a point can say."""
    point = toponym.coordinates
    if point is None:
        return False
    holds = place.bounds is not None and place.bounds.contains(point)
    return holds or distance_km(place.coordinates, point) <= RIGHT_WITHIN_KM


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
