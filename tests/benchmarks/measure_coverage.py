"""Measure for how many toponyms of annotated corpora a right candidate is found.

    python tests/benchmarks/measure_coverage.py

Right is a place of the toponym's name within 161 km of the annotated point, or an area whose
box holds it. Prints counts only. The corpora are not part of the project: without the folder
../shared/corpora (or the one given as argument) the script says so and measures nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer.build import open_place_store
from gazetteer.countries import country_by_demonym
from gazetteer.demonyms import place_id_of_demonym
from gazetteer.evaluation import RIGHT_WITHIN_KM, GoldToponym, read_corpus
from gazetteer.geodesy import distance_km
from gazetteer.places import Place
from gazetteer.store import PlaceStore

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
FILES = ("lgl.jsonl", "geowebnews.jsonl", "geovirus.jsonl")


def main(folder: Path) -> None:
    """Print the share of each corpus."""
    if not folder.is_dir():
        print(f"skipped: no corpora in {folder}")
        return
    with open_place_store() as store:
        for file in FILES:
            path = folder / file
            if not path.is_file():
                print(f"skipped: no {file}")
                continue
            toponyms = [t for document in read_corpus(path) for t in document.toponyms]
            placed = [toponym for toponym in toponyms if toponym.coordinates]
            found = sum(is_covered(toponym, store) for toponym in placed)
            print(f"{file}: {found} of {len(placed)}, {found / len(placed):.1%}")


def is_covered(toponym: GoldToponym, store: PlaceStore) -> bool:
    """Say whether the store has a right candidate under the name as it stands in the text."""
    return any(is_right(place, toponym) for place in _candidates(toponym.phrase, store))


def is_right(place: Place, toponym: GoldToponym) -> bool:
    """Say whether the place is the annotated one, as nearly as an area or a point can say."""
    point = toponym.coordinates
    if point is None:
        return False
    holds = place.bounds is not None and place.bounds.contains(point)
    return holds or distance_km(place.coordinates, point) <= RIGHT_WITHIN_KM


def _candidates(phrase: str, store: PlaceStore) -> list[Place]:
    adjective = place_id_of_demonym(phrase)
    names = [phrase, phrase.removesuffix("'s").removesuffix("\u2019s")]
    names += [adjective[0]] if adjective else []
    places = [match.place for name in names for match in store.by_name(name)]
    place_id = place_id_of_demonym(phrase)
    country = country_by_demonym(phrase)
    for other in (place_id, country.place_id if country else None):
        place = store.by_id(other) if other else None
        if place:
            places.append(place)
    return places


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPORA)
