"""Imported points by province: on the map, and in the filter by place."""

import csv

from dashboard.filters import EventFilter
from dashboard.importers import dataset_for, import_file
from dashboard.regions import Regions
from dashboard.store import EventStore
from gazetteer.places import BoundingBox


def test_points_of_a_data_set_are_counted_and_found_by_province(tmp_path, place_store):
    path = tmp_path / "points.csv"
    points = [(35.69, 51.42, "Iran"), (35.75, 51.3, ""), (29.5, 60.86, "Iran"), (20.0, 62.0, "")]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "date", "type", "lat", "lon", "country"])
        writer.writerows(
            [at, "2019-04-18", "PROTEST", lat, lon, of] for at, (lat, lon, of) in enumerate(points)
        )
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    import_file(path, dataset_for(path)[0], store)
    regions = Regions(store=store, places=place_store)
    world = BoundingBox(south=-90, west=-180, north=90, east=180)
    answer = regions.events(EventFilter(), level="division", measure="events", bounds=world)
    assert [row[:2] for row in answer["regions"]] == [["IR.26", 2], ["IR.04", 1]]
    assert answer["without"] == 1
    by_country = regions.events(EventFilter(), level="country", measure="events", bounds=world)
    assert [row[:2] for row in by_country["regions"]] == [["IR", 3]]
    assert len(store.reports(EventFilter(places=("adm1:IR.26",)))) == 2
    store.close()
