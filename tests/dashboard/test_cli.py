"""The command line, each command against real stores."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dashboard.bulk import SAMPLES
from dashboard.cli import main
from dashboard.serving import APP, SETTINGS, serve_command
from dashboard.store import EventStore

ORMARA = SAMPLES / "2019-ormara-bus-attack.txt"
TEHRAN = SAMPLES / "2019-pakistan-iran-visit.txt"
PROJECT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place_store: object) -> Path:
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def dateline(*arguments: object, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def commands(group=main, path=()):
    for name, command in group.commands.items():
        yield (*path, name)
        if hasattr(command, "commands"):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    result = dateline(*path, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4


def test_help_answers_at_once_and_loads_nothing_heavy() -> None:
    script = (
        "import sys, click\nfrom dashboard.cli import main\n"
        "heavy = {'spacy', 'sqlalchemy', 'folium', 'streamlit', 'trafilatura', 'geopy', 'numpy'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", script], check=True)
    assert time.perf_counter() - start < 5  # 0.1 s on an idle machine


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuchcommand"],
        ["add"],
        ["events", "--format", "xml"],
        ["events", "--since", "yesterday"],
        ["events", "--type", "MURDER"],
        ["events", "--box", "1,2"],
        ["snapshot"],
        ["serve", "--port", "0"],
        ["places", "find"],
        ["places", "compile"],
        ["add", "a.txt", "--published", "soon"],
    ],
)
def test_a_wrong_call_is_told_with_exit_code_2(home: Path, arguments: list[str]) -> None:
    result = dateline(*arguments)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert "Traceback" not in result.output


def test_articles_are_added_listed_filtered_and_shared(home: Path, tmp_path: Path) -> None:
    added = dateline("add", ORMARA, TEHRAN)
    assert added.exit_code == 0, added.output
    assert len(added.stdout.splitlines()) == 2

    everything = dateline("events", "--format", "json")
    some = dateline("events", "--format", "json", "--actor", "IRN", "--since", "2019-11-01")
    assert 0 < len(json.loads(some.stdout)) < len(json.loads(everything.stdout))
    assert "Tehran" in dateline("events", "--text", "Bajwa").stdout

    geojson = json.loads(dateline("events", "--format", "geojson").stdout)
    assert geojson["type"] == "FeatureCollection"
    assert geojson["features"]

    page = tmp_path / "map.html"
    shared = dateline("snapshot", page, "--title", "Two <articles>", "--actor", "IRN")
    assert shared.exit_code == 0, shared.output
    html = page.read_text(encoding="utf-8")
    assert "Two &lt;articles&gt;" in html
    assert "Two <articles>" not in html
    assert dateline("snapshot", "-", "--title", "Two <articles>", "--actor", "IRN").stdout == html


def test_adding_twice_says_that_it_was_there(home: Path) -> None:
    dateline("add", ORMARA)
    again = dateline("add", ORMARA)
    assert again.exit_code == 0
    assert "already" in again.stdout


def test_what_is_known_already_is_told_by_its_number_where_it_is_much(home: Path) -> None:
    dateline("add", ORMARA)
    again = dateline("add", ORMARA, ORMARA, ORMARA)
    assert again.stdout == ""
    assert again.stderr.splitlines() == ["0 added, 3 known already, 0 failed"]


def test_one_bad_file_is_named_and_the_others_are_added(home: Path, tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    result = dateline("add", picture, tmp_path / "gone.txt", ORMARA)
    assert result.exit_code == 1
    assert "a PNG picture" in result.stderr
    assert "gone.txt: No such file" in result.stderr
    assert "1 added, 0 known already, 2 failed" in result.stderr
    assert len(result.stderr.splitlines()) == 3
    assert len(result.stdout.splitlines()) == 1


def test_the_standard_input_is_a_file_called_dash(home: Path) -> None:
    added = dateline(
        "add", "-", "--published", "2020-08-09", "--source", "Me",
        stdin="Protesters marched in Beirut on Saturday.",
    )  # fmt: skip
    assert added.exit_code == 0, added.output
    (event,) = json.loads(dateline("events", "--format", "json").stdout)
    assert event["when"]["iso"] == "2020-08-08"
    assert event["article"]["source"] == "Me"


def test_code_shows_what_it_finds_and_keeps_nothing(home: Path) -> None:
    result = dateline("code", ORMARA)
    assert result.exit_code == 0, result.output
    assert "Ormara" in result.stdout
    assert "ASSAULT" in result.stdout
    (coded,) = json.loads(dateline("code", "--format", "json", ORMARA).stdout)
    assert {"id", "mentions", "events"} == set(coded)
    assert not (home / "dateline.sqlite").exists()


def test_code_reads_and_writes_json_lines_past_a_bad_line(home: Path, tmp_path: Path) -> None:
    text = "\u00a0Gunmen killed two people in Ormara on April 18.\x00\r\n🙂 They left Gwadar."
    lines = [
        json.dumps({"id": 1, "text": text, "published": "2019-04-20"}),
        "{broken",
        json.dumps({"id": "empty", "text": ""}),
        json.dumps({"id": "last", "text": "Soldiers shot a man in Mandalay."}),
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = dateline("code", "--jsonl", file)
    assert result.exit_code == 1
    assert f"{file}, line 2: not JSON" in result.stderr
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"] for one in found] == [1, "empty", "last"]
    assert found[1] == {"id": "empty", "mentions": [], "events": []}
    for mention in found[0]["mentions"]:
        assert text[mention["start"] : mention["end"]] == mention["surface"]
    assert {"Ormara", "Gwadar"} <= {mention["surface"] for mention in found[0]["mentions"]}
    assert found[0]["events"][0]["when"]["iso"] == "2019-04-18"
    clean = dateline("code", "--jsonl", "-", stdin=lines[3])
    assert (clean.exit_code, clean.stderr) == (0, "")
    assert json.loads(clean.stdout) == found[2]


def test_places_are_found_by_name(home: Path) -> None:
    result = dateline("places", "find", "the", "Gulf")
    assert result.exit_code == 0
    assert "Persian Gulf" in result.stdout
    assert "Gulf of Mexico" in result.stdout


def test_a_word_of_origin_is_answered_with_its_place_and_said_to_be_one(home: Path) -> None:
    result = dateline("places", "find", "Iranian")
    assert result.exit_code == 0
    assert "gn:130758" in result.stdout
    assert "“Iranian” is a word of origin (a demonym): of Iran" in result.stderr


def test_a_place_that_is_not_known_is_told_with_names_that_are(home: Path) -> None:
    result = dateline("places", "find", "Islamaba")
    assert result.exit_code == 1
    assert "No place is called 'Islamaba'" in result.stderr
    assert "Islamabad" in result.stderr


def test_the_places_of_a_text_are_shown(home: Path) -> None:
    assert "Ormara" in dateline("places", "parse", ORMARA).stdout
    found = json.loads(dateline("places", "parse", "--format", "json", ORMARA).stdout)
    assert "gn:1168700" in {mention["place"]["place_id"] for mention in found if mention["place"]}


def test_an_unreadable_file_is_told_without_a_traceback(home: Path, tmp_path: Path) -> None:
    result = dateline("places", "parse", tmp_path / "gone.txt")
    assert result.exit_code == 1
    assert result.stderr == f"Error: {tmp_path / 'gone.txt'}: No such file or directory\n"


def test_a_store_of_a_newer_dateline_is_told(home: Path) -> None:
    import sqlite3

    EventStore().close()
    with sqlite3.connect(home / "dateline.sqlite") as database:
        database.execute("UPDATE store_state SET value = 99 WHERE key = 'schema_version'")
    database.close()
    result = dateline("events")
    assert result.exit_code == 1
    assert "schema version 99" in result.stderr


def test_an_unusable_geocoder_setting_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_GEOCODER", "nosuchservice")
    result = dateline("add", ORMARA)
    assert result.exit_code == 1
    assert "nosuchservice" in result.stderr


def test_hostile_text_cannot_drive_the_terminal(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"id": 1, "text": 5, "x": "\\u001b[2J"}\n', encoding="utf-8")
    dateline(
        "add", "-", stdin="Title: A \x1b[31mred\x1b]0;x\x07 title\n\nTroops shot a man in Kabul."
    )
    output = dateline("events").output + dateline("code", "--jsonl", file).output
    assert "\x1b" not in output
    assert "\x07" not in output


def test_serve_runs_the_installed_app_with_every_setting() -> None:
    command = serve_command(port=8600, opens_browser=False)
    assert str(APP) in command
    assert APP.is_file()
    assert {
        "--server.port=8600",
        "--server.headless=true",
        "--server.address=127.0.0.1",
        "--server.enableStaticServing=true",
        "--browser.gatherUsageStats=false",
    } <= set(command)


def test_serve_has_the_settings_of_streamlit_run() -> None:
    own = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))
    project = tomllib.loads((PROJECT / ".streamlit/config.toml").read_text(encoding="utf-8"))
    assert own == project


def test_days_in_the_wrong_order_are_a_usage_error() -> None:
    wrong = ["events", "--since", "2020-01-01", "--until", "2019-01-01"]
    result = CliRunner().invoke(main, wrong)
    assert result.exit_code == 2
    assert "is after --until" in result.output


def test_a_language_that_nothing_reads_is_refused_with_the_known_codes(tmp_path):
    text = tmp_path / "text.txt"
    text.write_text("Rain fell.")
    answer = CliRunner().invoke(main, ["places", "parse", str(text), "--language", "klingon"])
    assert answer.exit_code == 2
    assert "'klingon' is none of am, ar," in answer.output


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_interrupted_says_what_it_added_and_that_it_goes_on(home: Path, workers) -> None:
    home.mkdir()
    folder = home / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("Rain\n\nIt rained in Lahore on Monday.\n")
    command = [sys.executable, "-c", "from dashboard.cli import main; main()", "add", folder]
    options = ["--watch", "1", "--workers", str(workers)]
    with subprocess.Popen(
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert "Rain" in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=60)
    assert running.returncode == 130
    *first, summary, last = told.splitlines()
    assert (summary, last) == (
        "1 added, 0 known already, 0 failed",
        "Stopped. Run it again and it goes on.",
    )
    assert any(line.startswith("Stopping, after") for line in first) == (workers > 1)


def test_the_files_of_a_data_set_are_listed_with_their_bad_rows(home, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,type\n2020-03-01,ASSAULT\nsoon,ASSAULT\n", encoding="utf-8")
    assert dateline("import", path, "--as", "mine").exit_code == 1
    told = dateline("datasets", "--files-of", "mine")
    assert "a.csv" in told.stdout
    assert told.stderr.startswith("a.csv, line 3: the date 'soon' cannot be read")
    assert dateline("datasets", "--files-of", "yours").exit_code == 2


def test_a_data_set_is_asked_for_by_its_name(home, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("date,type,lat,lon\n2020-03-01,ASSAULT,10,20\n", encoding="utf-8")
    assert dateline("import", path, "--as", "mine, too").exit_code == 0
    shown = dateline("events", "--dataset", "mine, too", "--format", "json")
    assert len(json.loads(shown.stdout)) == 1
    assert json.loads(dateline("events", "--dataset", "own", "--format", "json").stdout) == []
    refused = dateline("events", "--dataset", "yours")
    assert refused.exit_code == 2
    (found,) = EventStore().datasets.all()
    assert f"mine, too ({found.dataset.dataset_id})" in " ".join(refused.stderr.split())
