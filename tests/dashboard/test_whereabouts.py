"""Which places lie in which: asked of a value, of columns, and of the database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.articles import Article
from dashboard.events import EventLocation
from dashboard.facets import Facets
from dashboard.filters import EVERYTHING, EventFilter
from dashboard.store import EventStore
from dashboard.whereabouts import as_asked, is_surely_elsewhere
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Geoparse, Mention, MentionKind


def point(name, lat, lon, country=None):
    """Return a place as a data set gives it: by its point."""
    return Place(
        place_id=f"at:{lat},{lon}",
        name=name,
        coordinates=Coordinates(lat=lat, lon=lon),
        feature_class=FeatureClass.POPULATED,
        feature_code="PPL",
        precision=GeoPrecision.NEAR,
        country_code=country,
    )


@pytest.fixture(scope="module")
def there(place_store):
    """Places by a short name."""
    tehran = place_store.by_name("Tehran")[0].place
    iran = place_store.country("IR")
    return {
        "Tehran": tehran,
        "Iran": iran,
        "southern Iran": replace(
            iran,
            place_id=f"part:{iran.place_id}:southern",
            precision=GeoPrecision.REGION,
            feature_code="RGN",
        ),
        "near Tehran": replace(tehran, place_id=f"near:{tehran.place_id}"),
        "border": place_store.border("IR", "PK"),
        "Tehran province": place_store.by_id("adm1:IR.26"),
        "point by Varamin": point("a village", 35.32, 51.65, "IR"),
        "point in the desert": point("a well", 33.6, 54.9),
        "Quetta": place_store.by_name("Quetta")[0].place,
        "Pakistan": place_store.country("PK"),
        "Persian Gulf": place_store.by_name("Persian Gulf")[0].place,
        "ship in the Gulf": point("a ship", 26.9, 51.5),
        "Abu Dhabi": place_store.by_name("Abu Dhabi")[0].place,
        "Fiji": place_store.country("FJ"),
        "point in Taveuni": point("a bay", -16.85, -179.97),
        "Middle East": place_store.by_id("cur:middle-east"),
        "Asia": place_store.by_id("cur:asia"),
    }


IN = {
    "IR": {
        "Tehran", "Iran", "southern Iran", "near Tehran", "border", "Tehran province",
        "point by Varamin", "point in the desert",
    },
    "PK": {"Quetta", "Pakistan", "border"},
    "adm1:IR.26": {"Tehran", "near Tehran", "Tehran province", "point by Varamin"},
    "gn:112931": {"Tehran", "near Tehran"},
    "sea:persian-gulf": {"Persian Gulf", "ship in the Gulf"},
    "border:IR-PK": {"border"},
    "FJ": {"Fiji", "point in Taveuni"},
    "cur:middle-east": {
        "Tehran", "Iran", "southern Iran", "near Tehran", "Tehran province", "point by Varamin",
        "point in the desert", "border", "Persian Gulf", "ship in the Gulf", "Middle East",
        "Abu Dhabi",
    },
    "cur:nowhere": set(),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(there, sample, tmp_path_factory):
    """A store with one event at each of these places."""
    store = EventStore(f"sqlite:///{tmp_path_factory.mktemp('places') / 'events.sqlite'}")
    first = sample.reports()[0]
    article = Article(article_id="a" * 16, title="Places", text="")
    events = []
    for number, (name, place) in enumerate(sorted(there.items())):
        mention = Mention(start=0, end=4, surface=name, kind=MentionKind.LITERAL)
        location = EventLocation(
            place=place, precision=place.precision, mention=mention, reason="said so"
        )
        events.append(
            replace(
                first.event,
                event_id=f"{number:016x}",
                article_id=article.article_id,
                quote=name,
                start=number,
                locations=(location,),
            )
        )
    store.add(article, Geoparse(text="", resolutions=()), events)
    yield store
    store.close()


def names(reports):
    return {report.event.quote for report in reports}


@pytest.mark.parametrize("asked", IN)
def test_value_columns_and_database_agree_on_what_lies_in_a_place(store, asked):
    wanted = replace(EVERYTHING, places=(asked,))
    reports = store.reports()
    assert names(report for report in reports if wanted.matches(report)) == IN[asked]
    assert names(store.reports(wanted)) == IN[asked]
    columns = store.columns()
    keys = columns.keys[store.mask(wanted)].tolist()
    assert names(store.reports_by_key(keys)) == IN[asked]


def test_several_places_are_alternatives(store):
    wanted = replace(EVERYTHING, places=("PK", "sea:persian-gulf"))
    assert names(store.reports(wanted)) == IN["PK"] | IN["sea:persian-gulf"]


def test_a_country_has_one_value_in_a_link_whichever_of_its_ids_was_given(there):
    iran = there["Iran"].place_id
    assert as_asked(iran) == "IR"
    assert EventFilter(places=(iran,)) == EventFilter(places=("IR",))
    assert EventFilter.from_query({"places": f"{iran},IR"})[0].to_query() == {"places": "IR"}
    assert "Iran" in EventFilter(places=("IR",)).in_words()


def test_each_place_that_is_offered_leaves_as_many_events_as_it_says(store):
    offered = Facets(store=store, wanted=EVERYTHING).places()
    assert next(iter(offered)) == "IR"
    assert {"PK", "adm1:IR.26", "sea:persian-gulf", "gn:112931"} <= offered.keys()
    for asked, count in offered.items():
        assert count == len(store.reports(replace(EVERYTHING, places=(asked,)))), asked


def test_counts_of_places_follow_the_other_filters(store):
    wanted = EventFilter(text="ship")
    offered = Facets(store=store, wanted=wanted).places()
    assert offered["sea:persian-gulf"] == 1
    assert offered["IR"] == 0


@pytest.mark.parametrize(
    ("asked", "place_id", "country", "is_elsewhere"),
    [
        ("IR", "gn:1164909", "PK", True),
        ("IR", "gn:112931", "IR", False),
        ("IR", "border:IR-PK", None, False),
        ("adm1:IR.26", "gn:1164909", "PK", True),
        ("adm1:IR.26", "gn:112931", "IR", False),
        ("gn:112931", "gn:1164909", "PK", True),
        ("gn:112931", "near:gn:112931", "IR", False),
        ("cur:middle-east", "gn:1164909", "PK", False),
    ],
)
def test_only_what_cannot_lie_there_is_surely_elsewhere(asked, place_id, country, is_elsewhere):
    assert is_surely_elsewhere(asked, place_id, country) is is_elsewhere


def test_a_place_that_is_asked_for_is_offered_with_its_number_however_few_it_has(store):
    asked = "border:IR-PK"
    assert Facets(store=store, wanted=replace(EVERYTHING, places=(asked,))).places()[asked] == 1
    nowhere = replace(EVERYTHING, places=("cur:nowhere",))
    assert Facets(store=store, wanted=nowhere).places()["cur:nowhere"] == 0
