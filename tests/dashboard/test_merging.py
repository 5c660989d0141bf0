"""Which tellings of different articles are one event, and which stay two."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.actors import Actor
from dashboard.events import Event, EventLocation, Modality, Size, SizeKind
from dashboard.merging import merge_events, same_event, same_sentence
from dashboard.partial_dates import PartialDate
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Mention, MentionKind


def a_place(name, lat, lon, country, precision=GeoPrecision.EXACT):
    return Place(
        place_id=name,
        name=name,
        coordinates=Coordinates(lat=lat, lon=lon),
        feature_class=FeatureClass.POPULATED,
        feature_code="PPL",
        precision=precision,
        country_code=country,
    )


GOMA = a_place("Goma", -1.67, 29.22, "CD")
GISENYI = a_place("Gisenyi", -1.70, 29.26, "RW")
BUKAVU = a_place("Bukavu", -2.49, 28.84, "CD")
CONGO = a_place("Congo", -2.9, 23.7, "CD", GeoPrecision.COUNTRY)
REBELS = Actor(actor_id="COD.REB.M23", name="M23", kind="reb", country_code="CD")
ARMY = Actor(actor_id="COD.MIL", name="the army", kind="mil", country_code="CD")
PEOPLE = Actor(actor_id="COD.CVL", name="protesters in Congo", kind="cvl", country_code="CD")


def telling(quote, word, *, at=GOMA, when="2024-02-07", **changes):
    start = quote.index(word)
    where = (
        EventLocation(
            place=at,
            precision=at.precision,
            mention=Mention(start=0, end=0, surface="", kind=MentionKind.LITERAL),
            reason="",
        ),
    )
    event = Event(
        event_id=str(hash(quote)),
        event_type="ASSAULT",
        source_actors=(REBELS,),
        when=PartialDate.from_iso(when) if when else None,
        locations=where if at else (),
        quote=quote,
        article_id="a",
        start=0,
        end=len(quote),
        trigger_start=start,
        trigger_end=start + len(word),
        confidence=0.7,
        coder="rules-1",
    )
    return replace(event, **changes)


SHELLS = telling("M23 rebels shelled a market in Goma on Wednesday, killing four.", "shelled")
AGAIN = telling("Four traders died when M23 shelled the market of Goma.", "shelled")


def killed(number):
    return (
        Size(kind=SizeKind.KILLED, low=number, best=number, high=number, words="", start=0, end=0),
    )


@pytest.mark.parametrize(
    "other",
    [
        AGAIN,
        replace(AGAIN, when=PartialDate.from_iso("2024-02-08")),
        telling("Four traders died when M23 shelled the market of Goma.", "shelled", at=GISENYI),
        replace(AGAIN, source_actors=()),
        replace(AGAIN, modality=Modality.CLAIMED),
        replace(AGAIN, when=PartialDate.from_iso("2024-02")),
    ],
    ids=["same", "a day apart", "a town beside", "no doer", "claimed", "the month only"],
)
def test_two_articles_tell_one_event(other):
    assert same_event(SHELLS, other)
    assert same_event(other, SHELLS)


@pytest.mark.parametrize(
    "other",
    [
        replace(AGAIN, when=PartialDate.from_iso("2024-02-10")),
        replace(AGAIN, when=None),
        replace(AGAIN, when=PartialDate.from_iso("2024")),
        telling("Four traders died when M23 shelled the market of Bukavu.", "shelled", at=BUKAVU),
        replace(AGAIN, source_actors=(ARMY,)),
        replace(AGAIN, modality=Modality.DENIED),
        replace(AGAIN, modality=Modality.PLANNED),
        telling("Thousands marched in Goma.", "marched", event_type="PROTEST"),
        telling("At dusk gunmen ambushed soldiers who guarded the airport.", "ambushed"),
    ],
    ids=[
        "three days apart",
        "no date",
        "the year only",
        "another town",
        "another doer",
        "denied",
        "planned",
        "a protest beside the battle",
        "another deed of the day",
    ],
)
def test_what_disagrees_stays_two_events(other):
    assert same_event(SHELLS, other) is None
    assert same_event(other, SHELLS) is None


def test_very_unlike_numbers_of_people_speak_against():
    unnamed = replace(SHELLS, source_actors=(), sizes=killed(4))
    assert same_event(unnamed, replace(AGAIN, sizes=killed(5)))
    assert same_event(unnamed, replace(AGAIN, sizes=killed(60))) is None


def test_a_whole_country_alone_makes_no_event_the_same():
    vague = telling("Rebels shelled a town in Congo.", "shelled", at=CONGO)
    assert same_event(vague, replace(SHELLS, source_actors=())) is None


def test_sameness_is_explained_in_words():
    words = same_event(SHELLS, AGAIN).words
    for part in ("assault", "the same days", "both at Goma", "both name M23", "alike"):
        assert part in words.lower() or part in words


def test_the_dead_of_a_whole_country_are_not_those_of_one_town():
    whole = telling("Blasts killed 30 in Congo.", "killed", at=CONGO, when=None, sizes=killed(30))
    town = telling(
        "A bomb killed nine in Goma.", "killed", when=None, sizes=killed(9), start=100, end=127
    )
    town = replace(town, trigger_start=107, trigger_end=113)
    assert len(merge_events([whole, town])) == 2
    assert len(merge_events([whole, replace(town, sizes=())])) == 1


def test_one_sentence_tells_one_event_unless_its_dates_disagree():
    undated = replace(SHELLS, when=None)
    assert same_sentence(undated, undated)
    assert same_sentence(undated, SHELLS)
    assert same_sentence(undated, AGAIN) is None
    assert same_sentence(SHELLS, replace(SHELLS, when=PartialDate.from_iso("2024-03-20"))) is None


def later(event, **changes):
    """Return the telling as it stands further down the same article."""
    down = {name: getattr(event, name) + 200 for name in _OFFSETS}
    return replace(event, **down, **changes)


_OFFSETS = ("start", "end", "trigger_start", "trigger_end")


def test_a_deed_claimed_of_somebody_is_not_the_deed_that_nobody_is_said_to_have_done():
    told = replace(SHELLS, source_actors=(), event_id="told")
    claimed = later(AGAIN, modality=Modality.CLAIMED)
    assert len(merge_events([told, claimed])) == 2
    (event,) = merge_events([told, replace(claimed, source_actors=())])
    assert event.modality is Modality.REPORTED


def test_a_telling_known_to_repeat_another_is_joined_to_it():
    first = replace(SHELLS, event_id="first")
    again = later(telling("He remains in a cell.", "remains", at=BUKAVU), event_id="again")
    assert len(merge_events([first, again])) == 2
    (event,) = merge_events([first, again], {"again": "first"})
    assert [told.event_id for told in event.tellings] == ["first", "again"]


@pytest.mark.parametrize(("lat", "lon", "number"), [(-2.4, 28.3, 1), (4.0, 20.0, 2)])
def test_a_town_in_a_part_of_its_country_may_be_meant_by_it(lat, lon, number):
    part = a_place("a part of Congo", lat, lon, "CD", GeoPrecision.REGION)
    other = later(telling("Four traders died in the shelling.", "shelling", at=part))
    assert len(merge_events([SHELLS, other])) == number
