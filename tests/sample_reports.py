"""Made-up events of every kind of place, for what draws and exports them.

Loaded with `runpy` by the conftests of tests/dashboard and tests/browser.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.actors import Actor
from dashboard.articles import ArticleSummary
from dashboard.events import Event, EventLocation, EventReport, Modality
from dashboard.partial_dates import PartialDate
from gazetteer.places import (
    BoundingBox,
    Coordinates,
    FeatureClass,
    Geometry,
    GeometryKind,
    GeoPrecision,
    Place,
)
from gazetteer.toponyms import Mention, MentionKind

HOSTILE = (
    "</script><script>alert(1)</script>${alert(2)}`{{ 'x' }}"
    "<img src=x onerror=alert(3)>\u2028\u202eevil"
)

PAKISTAN = Actor(actor_id="PAK", name="Pakistan", kind="state", country_code="PK")
IRAN = Actor(actor_id="IRN", name="Iran", kind="state", country_code="IR")
IRGC = Actor(actor_id="IRN.MIL.IRGC", name="IRGC", kind="mil", country_code="IR")
ARAMCO = Actor(actor_id="SAU.BUS.ARAMCO", name="Saudi Aramco", kind="bus", country_code="SA")
PROTESTERS = Actor(actor_id="IRN.CVL", name="protesters in Iran", kind="cvl", country_code="IR")


def place(place_id, name, lat, lon, feature, code, precision, **more):
    return Place(
        place_id=place_id,
        name=name,
        coordinates=Coordinates(lat=lat, lon=lon),
        feature_class=feature,
        feature_code=code,
        precision=precision,
        **more,
    )


TEHRAN = place(
    "gn:112931",
    "Tehran",
    35.6944,
    51.4215,
    FeatureClass.POPULATED,
    "PPLC",
    GeoPrecision.EXACT,
    country_code="IR",
    population=7153309,
)
ORMARA = place(
    "gn:1168700",
    "Ormara",
    25.2088,
    64.6357,
    FeatureClass.POPULATED,
    "PPL",
    GeoPrecision.EXACT,
    country_code="PK",
    population=40000,
)
ABQAIQ = place(
    "gn:110690",
    "Abqaiq",
    25.9359,
    49.6661,
    FeatureClass.POPULATED,
    "PPL",
    GeoPrecision.EXACT,
    country_code="SA",
    population=29474,
)
RIYADH = place(
    "gn:108410",
    "Riyadh",
    24.6877,
    46.7219,
    FeatureClass.POPULATED,
    "PPLC",
    GeoPrecision.EXACT,
    country_code="SA",
    population=4205961,
)
SUVA = place(
    "gn:2198148",
    "Suva",
    -18.1416,
    178.4415,
    FeatureClass.POPULATED,
    "PPLC",
    GeoPrecision.EXACT,
    country_code="FJ",
    population=77366,
)
APIA = place(
    "gn:4035413",
    "Apia",
    -13.8333,
    -171.7667,
    FeatureClass.POPULATED,
    "PPLC",
    GeoPrecision.EXACT,
    country_code="WS",
    population=40407,
)
BORDER = place(
    "border:IR-PK",
    "Iran-Pakistan border",
    27.9,
    61.9,
    FeatureClass.ADMIN,
    "BDRY",
    GeoPrecision.REGION,
    countries=("IR", "PK"),
)
GULF = place(
    "cur:persian-gulf",
    "Persian Gulf",
    26.9,
    51.5,
    FeatureClass.WATER,
    "GULF",
    GeoPrecision.WATER,
    bounds=BoundingBox(south=23.9, west=47.7, north=30.5, east=56.5),
)
YEMEN = place(
    "gn:69543",
    "Yemen",
    15.5,
    47.5,
    FeatureClass.ADMIN,
    "PCLI",
    GeoPrecision.COUNTRY,
    country_code="YE",
)
KHUZESTAN = place(
    "gn:127082",
    "Khuzestan",
    31.4,
    48.9,
    FeatureClass.ADMIN,
    "ADM1",
    GeoPrecision.ADMIN1,
    country_code="IR",
)
MARIB = place(
    "gn:72966",
    "Marib district",
    15.4,
    45.3,
    FeatureClass.ADMIN,
    "ADM2",
    GeoPrecision.ADMIN2,
    country_code="YE",
    radius_km=40.0,
)
SAHEL = place(
    "cur:sahel", "Sahel", 14.5, 0.0, FeatureClass.AREA, "RGN", GeoPrecision.REGION, radius_km=900.0
)

_GEOMETRIES = {
    "border:IR-PK": Geometry(
        kind=GeometryKind.LINE,
        parts=(
            (
                (
                    (29.86, 60.85),
                    (29.4, 61.4),
                    (28.5, 62.5),
                    (27.3, 62.8),
                    (26.6, 63.2),
                    (26.3, 62.3),
                    (25.2, 61.59),
                ),
            ),
        ),
    ),
    "gn:127082": Geometry(
        kind=GeometryKind.AREA,
        parts=(
            (
                (
                    (32.9, 47.7),
                    (32.5, 49.2),
                    (31.2, 50.2),
                    (30.1, 49.6),
                    (30.3, 48.4),
                    (31.4, 47.7),
                    (32.9, 47.7),
                ),
            ),
        ),
    ),
}


class SampleGeometry:
    """Knows one line and one area, as the place store would."""

    def geometry(self, place_id):
        return _GEOMETRIES.get(place_id)


FIRST = ArticleSummary(
    article_id="a" * 16,
    title="A general's visit across a tense frontier",
    published=date(2019, 11, 25),
    source="Example Wire",
    url="https://news.example/visit",
)
SECOND = ArticleSummary(
    article_id="b" * 16, title="Oil plant struck at dawn", published=date(2019, 9, 15)
)


def report(number, event_type, quote, trigger, at, article=FIRST, **more):
    """Return a report whose `quote` names the act by `trigger` and each place by its words."""
    start = 1000 * number
    locations = tuple(
        EventLocation(
            place=where,
            precision=where.precision,
            mention=_mention(quote, words, start),
            reason=f"“{words}” stands in the same sentence",
        )
        for words, where in at.items()
    )
    trigger_start = start + quote.index(trigger)
    values = {
        "event_id": f"{number:016x}",
        "event_type": event_type,
        "quote": quote,
        "article_id": article.article_id,
        "start": start,
        "end": start + len(quote),
        "trigger_start": trigger_start,
        "trigger_end": trigger_start + len(trigger),
        "locations": locations,
        "unplaced_reason": None if at else "The sentence names no place.",
        "confidence": 0.82,
        "coder": "rules-1",
    }
    return EventReport(event=Event(**{**values, **more}), article=article)


def _mention(quote, words, start):
    offset = start + quote.index(words)
    return Mention(start=offset, end=offset + len(words), surface=words, kind=MentionKind.LITERAL)


def days(first, last):
    return PartialDate(
        iso=first, earliest=date.fromisoformat(first), latest=date.fromisoformat(last)
    )


def reports():
    """Return points, several events at one place, a line, areas, an event without a place."""
    on = PartialDate.from_iso
    return [
        report(
            1,
            "CONSULT",
            "The army chief flew to Tehran on Monday for talks with commanders.",
            "flew",
            {"Tehran": TEHRAN},
            source_actors=(PAKISTAN,),
            target_actors=(IRAN,),
            when=on("2019-11-18"),
            mode="visit",
        ),
        report(
            2,
            "PROTEST",
            "Crowds filled Tehran after fuel prices rose.",
            "filled",
            {"Tehran": TEHRAN},
            source_actors=(PROTESTERS,),
            target_actors=(IRAN,),
            when=days("2019-11-15", "2019-11-25"),
        ),
        report(
            3,
            "ACCUSE",
            "In Tehran a spokesman accused foreign agencies of stirring unrest.",
            "accused",
            {"Tehran": TEHRAN},
            source_actors=(IRAN,),
            when=on("2019-11-20"),
            modality=Modality.CLAIMED,
            confidence=0.41,
        ),
        report(
            4,
            "ASSAULT",
            "Gunmen killed fourteen sailors near Ormara in April.",
            "killed",
            {"Ormara": ORMARA},
            target_actors=(PAKISTAN,),
            when=on("2019-04"),
        ),
        report(
            5,
            "ASSAULT",
            "A bomber hit a bus of the guards on the Pakistan-Iran border in February.",
            "hit",
            {"the Pakistan-Iran border": BORDER},
            target_actors=(IRGC,),
            when=on("2019-02"),
        ),
        report(
            6,
            "ASSAULT",
            "Drones struck the Aramco plant at Abqaiq before sunrise.",
            "struck",
            {"Abqaiq": ABQAIQ},
            SECOND,
            target_actors=(ARAMCO,),
            when=on("2019-09-14"),
        ),
        report(
            7,
            "THREATEN",
            "The admiral warned that tankers in the Gulf would be stopped.",
            "warned",
            {"the Gulf": GULF},
            SECOND,
            source_actors=(IRAN,),
            when=on("2019-07"),
            modality=Modality.PLANNED,
        ),
        report(
            8,
            "ASSAULT",
            "Shelling went on in Yemen.",
            "Shelling",
            {"Yemen": YEMEN},
            SECOND,
            when=on("2019"),
        ),
        report(
            9,
            "PROTEST",
            "Strikes spread through Khuzestan.",
            "Strikes",
            {"Khuzestan": KHUZESTAN},
            source_actors=(PROTESTERS,),
            when=on("2019-11-17"),
        ),
        report(
            10,
            "MOBILIZE",
            "Troops moved into Marib district.",
            "moved",
            {"Marib district": MARIB},
            SECOND,
            when=on("2019-08-02"),
        ),
        report(
            11,
            "AID",
            "Donors pledged grain for the Sahel.",
            "pledged",
            {"the Sahel": SAHEL},
            SECOND,
            when=None,
        ),
        report(
            12,
            "CONSULT",
            "Ministers met in Riyadh.",
            "met",
            {"Riyadh": RIYADH},
            SECOND,
            when=on("2019-11-21"),
        ),
        report(
            13,
            "REJECT",
            "The ministry rejected the offer.",
            "rejected",
            {},
            source_actors=(IRAN,),
            when=on("2019-11-22"),
        ),
        report(
            14,
            "CONSULT",
            "Envoys met in Suva and in Apia.",
            "met",
            {"Suva": SUVA, "Apia": APIA},
            SECOND,
            when=on("2019-10-03"),
        ),
    ]


def hostile_report():
    """Return a report whose every text tries to leave its place."""
    quote = f"Tehran {HOSTILE} attacked"
    article = replace(
        FIRST, article_id="c" * 16, title=HOSTILE, source=HOSTILE, url="javascript:alert(4)"
    )
    where = replace(
        TEHRAN, place_id="gn:1", name=HOSTILE, coordinates=Coordinates(lat=33.0, lon=54.0)
    )
    actor = Actor(actor_id="XXX.HOSTILE", name=HOSTILE, kind="gov")
    return report(
        99,
        "ASSAULT",
        quote,
        "attacked",
        {"Tehran": where},
        article,
        source_actors=(actor,),
        mode=HOSTILE,
        when=PartialDate.from_iso("2019-11-01"),
    )
