"""`dateline review ...` on a store with the samples."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dashboard.bulk import SAMPLES
from dashboard.cli import main
from dashboard.events import Review
from dashboard.filters import EventFilter
from dashboard.store import EventStore

WHO = ["--who", "Ada", "--why", "the text says so"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path))

    def run(*arguments, code=0):
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == code, result.output
        return result.output

    sample = min(SAMPLES.glob("*.txt"))
    run("add", str(sample))
    return run


def test_an_event_is_found_corrected_and_put_back(run):
    first, *_ = EventStore().reviews.queue()
    event = first.event
    assert event.event_id in run("review", "list")
    run(
        "review", "edit", event.event_id, "--type", "PROTEST", "--source", "IRN.MIL",
        "--no-target", "--date", "2019-04-12..2019-04-15", "--place", "gn:112931",
        "--standing", "claimed", *WHO,
    )  # fmt: skip
    (edited,) = EventStore().reports(EventFilter(reviewed=(Review.EDITED,)))
    assert edited.event.event_type == "PROTEST"
    assert [actor.actor_id for actor in edited.event.source_actors] == ["IRN.MIL"]
    assert edited.event.target_actors == ()
    assert str(edited.event.when.latest) == "2019-04-15"
    assert [at.place.name for at in edited.event.locations] == ["Tehran"]
    assert "Ada" in run("review", "show", event.event_id)
    run("review", "undo", "1", "--who", "Bo")
    assert EventStore().reviews.report(event.event_id).event == event
    log = run("review", "log")
    assert "undo 1" in log
    assert "the text says so" in log


def test_events_are_confirmed_rejected_merged_and_split(run):
    one, two, three, *_ = (report.event.event_id for report in EventStore().reviews.queue())
    run("review", "confirm", one, "--who", "Ada")
    run("review", "reject", two, *WHO)
    assert two not in run("events", "--format", "json")
    assert two in run("events", "--reviewed", "rejected", "--format", "json")
    run("review", "merge", three, "--into", one, *WHO)
    assert three in run("review", "show", one)
    run("review", "split", three, *WHO)
    assert EventStore().reviews.report(three).event.event_id == three


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["confirm", "nobody", "--who", "Ada"], "No event 'nobody'"),
        (["undo", "9", "--who", "Ada"], "No decision '9'"),
        (["edit", "EVENT", "--type", "PARTY", *WHO], "no event type"),
        (["edit", "EVENT", "--date", "soon", *WHO], "no date"),
        (["edit", "EVENT", "--date", "2019-05-01..2019-04-01", *WHO], "after"),
        (["edit", "EVENT", "--source", "NOBODY", *WHO], "No actor has the id"),
        (["edit", "EVENT", "--source", "IRN.NONE", *WHO], "No actor has the id"),
        (["edit", "EVENT", "--place", "gn:0", *WHO], "No place has the id"),
        (["edit", "EVENT", "--standing", "odd", *WHO], "is none of"),
        (["edit", "EVENT", *WHO], "Nothing was changed"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(run, arguments, message):
    event_id = EventStore().reviews.queue()[0].event.event_id
    output = run("review", *(event_id if word == "EVENT" else word for word in arguments), code=1)
    assert message in output
