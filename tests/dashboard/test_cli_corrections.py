"""Corrections and missing places on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.cli import main

BY = ("--who", "ana", "--why", "been there")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place_store: object) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    return tmp_path


def dateline(*arguments: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def test_an_added_place_is_found_and_can_be_taken_back() -> None:
    added = dateline("places", "add", "Gilgamville", "--at", 30.5, 70.5, "--alias", "Gil", *BY)
    assert added.exit_code == 0, added.output
    place_id = added.stdout.partition(":")[0] + ":" + added.stdout.split(":")[1]
    assert "Gilgamville" in dateline("places", "find", "gil").stdout
    text = "The envoy left Gilgamville for Tehran."
    assert "30.5000" in dateline("places", "parse", "-", stdin=text).stdout
    assert "been there" in dateline("corrections", "list").stdout
    assert dateline("corrections", "undo", place_id, "--who", "ben").exit_code == 0
    assert dateline("places", "find", "Gilgamville").exit_code == 1
    assert "by ben" in dateline("corrections", "list", "--all").stdout


def test_a_correction_holds_until_it_is_undone() -> None:
    made = dateline("corrections", "add", "Tehran", "--place", "gn:1172451", *BY)
    assert made.stdout == "1: Tehran means Lahore (always)\n"
    text = "The envoy left Tehran."
    assert "Lahore" in dateline("places", "parse", "-", stdin=text).stdout
    assert dateline("corrections", "undo", 1, "--who", "ben").exit_code == 0
    assert "Lahore" not in dateline("places", "parse", "-", stdin=text).stdout
    assert dateline("corrections", "undo", 1, "--who", "ben").exit_code == 1


def test_a_newsroom_shares_its_corrections(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dateline("corrections", "add", "Uqbar", "--no-place", "--source", "The Herald", *BY)
    dateline("places", "add", "Gilgamville", "--area", "30,70,31,71", "--kind", "RGN", *BY)
    table = home / "shared.csv"
    assert dateline("corrections", "export", table).exit_code == 0
    assert dateline("corrections", "export", "-").stdout == table.read_text("utf-8")
    monkeypatch.setenv("DATELINE_HOME", str(home / "colleague"))
    assert dateline("corrections", "import", table).stdout == "2 new, 0 known already\n"
    assert dateline("corrections", "import", table).stdout == "0 new, 2 known already\n"
    assert "Gilgamville" in dateline("places", "find", "Gilgamville").stdout


TEXTS = {
    "one": ("The Mail", "The envoy met farmers in Lahore. Later she met teachers in Lahore."),
    "two": ("The Mail", "The envoy met judges in Lahore."),
    "three": ("The Herald", "The envoy met traders in Lahore."),
}


def coded_places() -> list[tuple[str, list[str]]]:
    """Return the first words of each article with what its places mean, in their order."""
    page = json.loads(dateline("events", "--format", "annotations").stdout)["first"]
    found: dict[str, list[tuple[int, str]]] = {}
    for item in page["items"]:
        start = next(s["start"] for s in item["target"]["selector"] if "start" in s)
        place = next(b["value"] for b in item["body"] if b["type"] == "TextualBody")
        found.setdefault(item["target"]["source"].rpartition(":")[2], []).append((start, place))
    return sorted((article, [p for _, p in sorted(places)]) for article, places in found.items())


def test_the_narrowest_of_four_widths_wins_after_recoding_and_at_a_colleague_s(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, (source, text) in TEXTS.items():
        (home / f"{name}.txt").write_text(f"{name}\n\n{text}\n")
        assert dateline("add", home / f"{name}.txt", "--source", source).exit_code == 0
    ids = {len(places): article for article, places in coded_places()}
    one = ids[2]  # the article that names two places
    second = TEXTS["one"][1].rindex("Lahore") + len("one\n\n")
    astray = ("--article", one, "--start", second + 1)
    missed = dateline("corrections", "add", "Lahore", "--no-place", *astray, *BY)
    assert f"it starts at 30, {second}." in missed.stderr
    bound = (
        ("gn:112931", ()),  # Tehran, always
        ("gn:1174872", ("--source", "The Mail")),  # Karachi
        ("gn:1176615", ("--article", one)),  # Islamabad
        ("gn:1168197", ("--article", one, "--start", second)),  # Peshawar
    )
    for place, where in bound:
        made = dateline("corrections", "add", "Lahore", "--place", place, *where, *BY)
        assert made.exit_code == 0, made.output
    assert dateline("recode").exit_code == 0
    meant = sorted(places for _, places in coded_places())
    assert meant == [["Islamabad", "Peshawar"], ["Karachi"], ["Tehran"]]

    table = home / "shared.csv"
    assert dateline("corrections", "export", table).exit_code == 0
    monkeypatch.setenv("DATELINE_HOME", str(home / "colleague"))
    assert dateline("corrections", "import", table).stdout == "4 new, 0 known already\n"
    for name, (source, _) in TEXTS.items():
        dateline("add", home / f"{name}.txt", "--source", source)
    assert sorted(places for _, places in coded_places()) == meant
    undone = dateline("corrections", "undo", 4, "--who", "ben")
    assert undone.stderr.startswith("Articles coded with it: 1; dateline recode")
    assert dateline("recode").exit_code == 0
    assert ["Islamabad", "Islamabad"] in [places for _, places in coded_places()]


@pytest.mark.parametrize(
    ("arguments", "exit_code"),
    [
        (("corrections", "add", "X", *BY), 2),
        (("corrections", "add", "X", "--no-place", "--place", "gn:1172451", *BY), 2),
        (("corrections", "add", "X", "--place", "gn:0", *BY), 1),
        (("corrections", "add", "X", "--no-place", "--start", 3, *BY), 1),
        (("corrections", "undo", "7", "--who", "ana"), 1),
        (("places", "add", "X", *BY), 1),
        (("places", "add", "X", "--at", 99, 1, *BY), 1),
        (("places", "near", "99", "1"), 1),
    ],
)
def test_what_cannot_be_done_is_told(arguments: tuple[object, ...], exit_code: int) -> None:
    result = dateline(*arguments)
    assert result.exit_code == exit_code
    assert "Traceback" not in result.output


def test_a_file_with_a_bad_row_is_refused_whole(home: Path) -> None:
    table = home / "bad.csv"
    table.write_bytes(
        b"kind,name,who,why,made_at\ncorrection,X,a,b,2026-01-01T00:00:00+00:00\nthing,,,,\n"
    )
    result = dateline("corrections", "import", table)
    assert result.exit_code == 1
    assert "line 3" in result.output
    assert "X" not in dateline("corrections", "list").stdout
    table.write_bytes(b"\xff\xfe")
    assert "UTF-8" in dateline("corrections", "import", table).output


def test_the_places_near_a_point_are_listed() -> None:
    assert "Tehran" in dateline("places", "near", "35.69", "51.42").stdout


def test_a_misspelt_name_is_answered_with_names_that_are() -> None:
    result = dateline("places", "find", "Islambad")
    assert result.exit_code == 1
    assert "Did you mean Islamabad" in result.output
