"""Measuring the coder: what counts as right on tiny cases, and a floor on our own gold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.actors import Actor
from dashboard.cli import main
from dashboard.errors import UnreadableInputError
from dashboard.event_evaluation import evaluate_events
from dashboard.event_evaluation_report import to_json, to_markdown
from dashboard.event_gold import (
    GoldActor,
    GoldEvent,
    GoldPlace,
    GoldText,
    corrected,
    read_corrections,
    read_gold,
)
from dashboard.event_scoring import field_counts, is_same_date, is_same_place, pair_events
from dashboard.events import Event, EventLocation, Modality
from dashboard.ontology import event_types
from dashboard.partial_dates import PartialDate
from dashboard.pipeline import CodedArticle
from gazetteer.places import Coordinates, FeatureClass, GeoPrecision, Place
from gazetteer.toponyms import Geoparse, Mention, MentionKind

GOLD = Path(__file__).parents[1] / "gold"
TUNE, HELD_OUT = GOLD / "tune.jsonl", GOLD / "held_out.jsonl"
BOTH = pytest.mark.parametrize("path", [TUNE, HELD_OUT], ids=lambda path: path.stem)

TEXT = "Rebels shelled Juba. Ghana condemned it on Monday."
SHELLED, CONDEMNED = (7, 14), (27, 36)
JUBA = Coordinates(lat=4.85, lon=31.58)


def actor(actor_id):
    return Actor(actor_id=actor_id, name=actor_id, kind="state")


def location(coordinates, precision=GeoPrecision.EXACT, country="SS", name="Juba"):
    place = Place(
        place_id="x",
        name=name,
        coordinates=coordinates,
        feature_class=FeatureClass.POPULATED,
        feature_code="PPL",
        country_code=country,
        precision=precision,
    )
    mention = Mention(start=15, end=19, surface="Juba", kind=MentionKind.LITERAL)
    return EventLocation(place=place, precision=precision, mention=mention, reason="")


def found(event_type, span, **fields):
    values = {
        "event_id": f"{event_type}{span}",
        "event_type": event_type,
        "quote": TEXT,
        "article_id": "a",
        "start": 0,
        "end": len(TEXT),
        "trigger_start": span[0],
        "trigger_end": span[1],
        "confidence": 0.5,
        "coder": "test",
    }
    return Event(**(values | fields))


def gold(event_type, span, **fields):
    return GoldEvent(triggers=(span,), event_types=(event_type,), **fields)


WAR = gold("ASSAULT", SHELLED, places=(GoldPlace(name="Juba", kind="point", coordinates=JUBA),))
BLAME = gold("ACCUSE", CONDEMNED, source=(GoldActor(ids=("GHA",)),))


@pytest.fixture
def scored(tmp_path):
    def score(*events, gold_events=("ASSAULT", "ACCUSE")):
        rows = [row for row in json_events() if row["type"][0] in gold_events]
        path = tmp_path / "gold.jsonl"
        line = {"id": "1", "title": "", "published": "2024-03-05", "text": TEXT, "events": rows}
        path.write_text(json.dumps(line), encoding="utf-8")
        return evaluate_events(path, code=lambda article: coded(article, events))

    return score


def coded(article, events):
    return CodedArticle(
        article=article, geoparse=Geoparse(text=article.text, resolutions=()), events=tuple(events)
    )


def json_events():
    common = {"target": [], "modality": ["reported"]}
    juba = {"name": "Juba", "lat": 4.85, "lon": 31.58, "country": "SS", "kind": "point"}
    yield common | {
        "trigger": [{"start": 7, "end": 14, "words": "shelled"}],
        "type": ["ASSAULT"],
        "source": [],
        "when": [None],
        "places": [juba],
    }
    yield common | {
        "trigger": [{"start": 27, "end": 36, "words": "condemned"}],
        "type": ["ACCUSE"],
        "source": ["GHA"],
        "when": ["2024-03-04"],
        "places": [],
    }


RIGHT = (
    found("ASSAULT", SHELLED, locations=(location(JUBA),)),
    found(
        "ACCUSE",
        CONDEMNED,
        source_actors=(actor("GHA.GOV"),),
        when=PartialDate.from_iso("2024-03-04"),
    ),
)


def test_what_is_all_right_scores_one_in_everything(scored):
    result = scored(*RIGHT)
    scores = {**result.overall, **result.of_found, **result.end_to_end}
    assert {name for name, score in scores.items() if score.gold and score.f1 != 1.0} == set()
    assert result.overall["whole event"].f1 == 1.0
    assert not result.errors


def test_a_wrong_type_is_a_trigger_found_and_a_type_missed(scored):
    result = scored(replace(RIGHT[0], event_type="COERCE"), RIGHT[1])
    assert result.overall["trigger"].f1 == 1.0
    assert result.overall["type"].f1 == 0.5
    assert result.overall["quad class"].f1 == 1.0  # both are material conflict
    assert [error.kind for error in result.errors] == ["type"]
    assert result.by_type["COERCE"].found == 1
    assert result.by_type["ASSAULT"].recall == 0.0


def test_a_missed_event_costs_recall_and_its_fields_end_to_end(scored):
    result = scored(RIGHT[0])
    assert (result.overall["type"].precision, result.overall["type"].recall) == (1.0, 0.5)
    assert result.end_to_end["source"].recall == 0.0
    assert result.of_found["source"].gold == 0
    assert [(e.kind, e.sentence) for e in result.errors] == [("missed", TEXT[21:])]


def test_a_second_event_on_the_same_words_is_false(scored):
    double = replace(RIGHT[0], event_id="other", confidence=0.1)
    result = scored(*RIGHT, double)
    assert (result.overall["type"].right, result.overall["type"].found) == (2, 3)
    assert [error.kind for error in result.errors] == ["false"]


def test_what_the_coder_says_did_not_happen_is_never_false(scored):
    negated = found("AID", (0, 6), modality=Modality.NEGATED)
    assert scored(*RIGHT, negated).overall["type"].precision == 1.0
    assert scored(*RIGHT, replace(negated, modality=Modality.PLANNED)).overall["type"].found == 3


def test_an_event_that_a_reader_may_leave_out_is_neither_missed_nor_false():
    text = GoldText(doc_id="1", text=TEXT, events=(replace(WAR, is_optional=True),))
    assert len(pair_events(text, [RIGHT[0]])) == 1


def test_the_right_type_is_paired_before_the_surer_event():
    text = GoldText(doc_id="1", text=TEXT, events=(WAR,))
    surer = found("AID", SHELLED, confidence=0.9)
    assert pair_events(text, [surer, RIGHT[0]])[0].found is RIGHT[0]


def test_words_elsewhere_are_no_pair_unless_the_text_is_about_one_event():
    text = GoldText(doc_id="1", text=TEXT, events=(WAR,))
    elsewhere = found("ASSAULT", CONDEMNED)
    assert pair_events(text, [elsewhere]) == ()
    (pair,) = pair_events(replace(text, is_one_event=True), [elsewhere])
    assert pair.has_type
    assert not pair.has_trigger


@pytest.mark.parametrize(
    ("wanted", "named", "counts"),
    [
        (["PAK.MIL"], ["PAK.MIL"], (1, 1, 1)),
        (["PAK"], ["PAK.MIL"], (1, 1, 1)),
        (["PAK.GOV"], ["PAK"], (1, 1, 1)),
        (["PAK.MIL"], ["PAK"], (0, 1, 1)),
        (["PAK.MIL"], ["PAK.MILITIA"], (0, 1, 1)),
        (["IND|PAK"], ["PAK"], (1, 1, 1)),
        (["IND", "PAK"], ["PAK"], (1, 1, 2)),
        (["PAK"], ["PAK", "PAK.GOV"], (1, 2, 1)),
        ([], ["IRN"], (0, 1, 0)),
        ([], [], (0, 0, 0)),
        (["?IRN"], ["IRN"], (0, 0, 0)),
        (["?IRN"], [], (0, 0, 0)),
        (["?IRN"], ["IRQ"], (0, 1, 0)),
    ],
)
def test_an_actor_is_right_by_its_id_or_as_part_of_it(wanted, named, counts):
    actors = tuple(
        GoldActor(ids=tuple(ids.removeprefix("?").split("|")), is_optional=ids[0] == "?")
        for ids in wanted
    )
    event = found("ACCUSE", SHELLED, source_actors=tuple(map(actor, named)))
    assert field_counts("source", gold("ACCUSE", SHELLED, source=actors), event) == counts


def test_a_country_counts_once_however_many_of_its_parts_are_named():
    event = found("ACCUSE", SHELLED, source_actors=(actor("PAK"), actor("PAK.MIL")))
    wanted = gold("ACCUSE", SHELLED, source=(GoldActor(ids=("PAK.GOV",)),))
    assert field_counts("source country", wanted, event) == (1, 1, 1)


def test_parties_of_a_reciprocal_event_may_stand_on_either_side():
    wanted = gold(
        "CONSULT",
        SHELLED,
        source=(GoldActor(ids=("IND",)), GoldActor(ids=("PAK",))),
        is_reciprocal=True,
    )
    event = found("CONSULT", SHELLED, source_actors=(actor("PAK"),), target_actors=(actor("IND"),))
    assert field_counts("source", wanted, event) == (2, 2, 2)
    assert field_counts("target", wanted, event) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wanted", "said", "is_right"),
    [
        ("2024-03-04", "2024-03-04", True),
        ("2024-03-04", "2024-03-05", False),
        ("2024-03-04", "2024-03", False),
        ("2024-03", "2024-03-04", False),
        ("2024-03", "2024", False),
        ("2024-03", "2024-03", True),
    ],
)
def test_a_date_is_right_when_it_is_the_day_and_as_exact(wanted, said, is_right):
    pair = PartialDate.from_iso(wanted), PartialDate.from_iso(said)
    assert is_same_date(*pair) is is_right


def test_a_week_may_begin_a_day_earlier():
    week = replace(
        PartialDate.from_iso("2024-03"), earliest=date(2024, 3, 4), latest=date(2024, 3, 10)
    )
    assert is_same_date(week, replace(week, earliest=date(2024, 3, 3)))


@pytest.mark.parametrize(
    ("when", "said", "counts"),
    [
        ([None], None, (0, 0, 0)),
        ([None], "2024-03-04", (0, 1, 0)),
        (["2024-03-04"], None, (0, 0, 1)),
        ([None, "2024-03-04"], None, (0, 0, 0)),
        ([None, "2024-03-04"], "2024-03-04", (1, 1, 1)),
    ],
)
def test_a_date_that_the_text_does_not_give_is_wrong_to_give(when, said, counts):
    wanted = gold("ACCUSE", SHELLED, when=tuple(w and PartialDate.from_iso(w) for w in when))
    event = found("ACCUSE", SHELLED, when=said and PartialDate.from_iso(said))
    assert field_counts("date", wanted, event) == counts


TOWN = GoldPlace(name="Juba", kind="point", coordinates=JUBA, country_codes=("SS",))
COUNTRY = replace(TOWN, name="South Sudan", kind="country")


@pytest.mark.parametrize(
    ("wanted", "answer", "is_right"),
    [
        (TOWN, location(JUBA), True),
        (TOWN, location(Coordinates(lat=5.2, lon=31.58)), True),  # 39 km north
        (TOWN, location(Coordinates(lat=5.4, lon=31.58)), False),  # 61 km
        (TOWN, location(JUBA, GeoPrecision.COUNTRY), False),
        (COUNTRY, location(JUBA, GeoPrecision.COUNTRY), True),
        (COUNTRY, location(JUBA, GeoPrecision.COUNTRY, country="SD"), False),
        (COUNTRY, location(JUBA), False),
    ],
)
def test_a_town_is_right_within_50_km_and_a_country_by_its_code(wanted, answer, is_right):
    assert is_same_place(wanted, answer) is is_right


def test_no_place_is_an_answer_and_only_named_places_count_otherwise():
    event = found("ASSAULT", SHELLED)
    assert field_counts("place", gold("ASSAULT", SHELLED), event) == (1, 1, 1)
    assert field_counts("place", WAR, event) == (0, 1, 1)
    assert field_counts("named place", gold("ASSAULT", SHELLED), event) == (0, 0, 0)
    assert field_counts("named place", WAR, event) == (0, 0, 1)


# -- the corpora

LINES = {
    "plover": {
        "id": "P1",
        "event": "FIGHT",
        "text": "Rebels shelled Juba.",
        "source": [{"actorText": "Rebels", "code": "SSD", "sector": "REB"}],
        "target": "",
        "textInfo": {"markup": "(SRC: Rebels) (EVT: shelled) Juba."},
    },
    "wikievents": {
        "doc_id": "W1",
        "text": "Rebels shelled Juba.Two men died.",
        "entities": [],
        "events": [
            {
                "type": "Life.Die.Unspecified",
                "trigger": {"text": "died", "start": 28, "end": 32},
                "args": [{"role": "Place", "text": "Juba", "start": 15, "end": 19}],
            }
        ],
    },
    "rams": {
        "id": "R1",
        "tokens": ["Rebels", "shelled", "Juba", "."],
        "type": "conflict.attack.n/a",
        "trigger": [1, 2],
        "args": [["place", 2, 3]],
    },
    "event_location": {
        "id": "E1",
        "text": "Rebels shelled Juba.",
        "verb": [7, 14, "shelled"],
        "locations": [[15, 19, "Juba"]],
    },
}
"""One line of each form, made up."""


@pytest.mark.parametrize("name", LINES)
def test_each_corpus_is_known_by_its_fields(name, tmp_path):
    path = tmp_path / f"{name}.jsonl"
    path.write_text(json.dumps(LINES[name]), encoding="utf-8")
    (text,) = read_gold(path)
    (event,) = text.events
    trigger = text.text[slice(*event.triggers[0])]
    assert trigger == ("died" if name == "wikievents" else "shelled")
    assert event.event_types == (() if name == "event_location" else ("ASSAULT",))
    assert [text.text[slice(*place.span)] for place in event.places if place.span] == (
        [] if name == "plover" else ["Juba"]
    )


def test_a_label_that_is_no_plover_type_is_left_out(tmp_path):
    path = tmp_path / "rams.jsonl"
    path.write_text(json.dumps(LINES["rams"] | {"type": "life.die.nonviolentdeath"}))
    assert read_gold(path) == ()


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"events": [], "text": 3}'])
def test_a_line_of_no_known_form_is_named(line, tmp_path):
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="line 1"):
        read_gold(path)


def test_the_command_prints_a_table_and_writes_json_and_markdown(tmp_path, place_store):
    gold_file, out, page = (tmp_path / name for name in ("gold.jsonl", "out.json", "out.md"))
    lines = TUNE.read_text(encoding="utf-8").splitlines()
    gold_file.write_text(lines[0], encoding="utf-8")
    arguments = ["evaluate-events", gold_file, "--errors", "--json", out, "--markdown", page]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    assert "quad class" in result.stdout
    assert json.loads(out.read_text(encoding="utf-8"))["gold"]["texts"] == 1
    assert page.read_text(encoding="utf-8").startswith("## gold")


# -- our own gold


@BOTH
def test_the_gold_is_sound(path):
    texts = read_gold(path)
    assert len(texts) >= 6
    assert sum(not event.is_optional for text in texts for event in text.events) >= 30
    assert len({text.doc_id for text in texts}) == len(texts)
    types = {name for text in texts for event in text.events for name in event.event_types}
    assert types == set(event_types())
    for text in texts:
        assert 120 <= len(text.text.split()) <= 250
        assert text.published is not None
        assert all(event.event_types for event in text.events)


def test_the_two_halves_of_the_gold_share_no_text():
    assert not {t.doc_id for t in read_gold(TUNE)} & {t.doc_id for t in read_gold(HELD_OUT)}


def perfect(text: GoldText) -> list[Event]:
    """Return the gold as a coder would give it."""
    return [
        found(
            event.event_types[0],
            event.triggers[0],
            source_actors=tuple(actor(item.ids[0]) for item in event.source),
            target_actors=tuple(actor(item.ids[0]) for item in event.target),
            when=event.when[0],
            locations=tuple(
                location(
                    place.coordinates,
                    GeoPrecision.COUNTRY if place.kind == "country" else GeoPrecision.EXACT,
                    place.country_codes[0] if place.country_codes else None,
                    place.name,
                )
                for place in event.places
            ),
            modality=event.modalities[0],
        )
        for event in text.events
    ]


@BOTH
def test_a_perfect_coder_gets_one_in_everything(path):
    texts = {text.text: text for text in read_gold(path)}
    result = evaluate_events(
        path, code=lambda article: coded(article, perfect(texts[article.text]))
    )
    scores = {**result.overall, **result.of_found, **result.end_to_end, **result.by_type}
    assert {name for name, score in scores.items() if score.f1 != 1.0} == set()
    assert not result.errors


@settings(deadline=None)
@given(st.data())
def test_no_measure_leaves_its_bounds_whatever_is_dropped_or_doubled(data):
    texts = {text.text: text for text in read_gold(TUNE)}

    def careless(article):
        events = perfect(texts[article.text])
        kept = data.draw(st.lists(st.sampled_from(events), max_size=2 * len(events)))
        return coded(article, kept)

    result = evaluate_events(TUNE, code=careless, limit=2)
    for score in (*result.overall.values(), *result.of_found.values()):
        assert 0 <= score.right <= min(score.found, score.gold)


@BOTH
def test_the_coder_stays_above_its_floor(path, place_store):
    """A guard against regressions, not a target: what was measured, less a small margin."""
    floors = {
        "tune": {"type": 0.83, "whole event": 0.52},
        "held_out": {"type": 0.76, "whole event": 0.43},
    }[path.stem]
    result = evaluate_events(path, store=place_store)
    assert {
        name: result.overall[name].f1 for name in floors if result.overall[name].f1 < floors[name]
    } == {}


def test_the_report_is_the_same_twice(place_store):
    once, twice = (evaluate_events(TUNE, store=place_store, limit=2) for _ in range(2))
    assert to_json([once]) == to_json([twice])
    assert to_markdown([once]) == to_markdown([twice])


def test_corrections_replace_the_places_of_an_item_or_drop_it(tmp_path):
    rows = [
        {
            "id": f"item {n}",
            "text": "Troops fired in Goma.",
            "verb": [7, 12, "fired"],
            "locations": [],
        }
        for n in range(3)
    ]
    corpus = tmp_path / "silver.jsonl"
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    table = tmp_path / "corrections.tsv"
    table.write_text("# id\nitem 0\t7\t16-20\twhy\nitem 1\t7\tdrop\twhy\n", encoding="utf-8")
    first, last = corrected(read_gold(corpus), read_corrections(table))
    assert [place.name for place in first.events[0].places] == ["Goma"]
    assert last.events[0].places == ()


@pytest.mark.parametrize("line", ["item\t7\tsomewhere\twhy", "item\tseven\tnone\twhy", "item\t7"])
def test_a_correction_that_cannot_be_read_says_where(tmp_path, line):
    table = tmp_path / "corrections.tsv"
    table.write_text(f"# id\n{line}\n", encoding="utf-8")
    with pytest.raises(UnreadableInputError, match="line 2"):
        read_corrections(table)


def test_our_corrections_can_be_read():
    assert len(read_corrections(GOLD / "eventloc_corrections.tsv")) > 30


def test_every_marked_word_has_a_place_in_its_text_and_known_types():
    lines = (GOLD / "triggers.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    marks = [row for row in rows if row[1] != "-"]
    assert len(marks) > 7000
    assert len({tuple(row[:3]) for row in marks}) == len(marks)
    for _, start, end, types, kind in marks:
        assert 0 <= int(start) < int(end)
        assert event_types().keys() >= set(types.split("|"))
        assert kind in {"core", "also"}
