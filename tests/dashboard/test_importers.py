"""Rows in each data set's own columns, made up here, and the events that they become."""

import csv
import hashlib
import json
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pyarrow as pa
import pytest
from click.testing import CliRunner
from pyarrow import parquet

from dashboard.cli import main
from dashboard.errors import UnreadableInputError
from dashboard.filters import EventFilter
from dashboard.importers import (
    DayOrder,
    columns_of,
    dataset_for,
    guess_mapping,
    holds_events,
    import_file,
    importing,
    own_types,
    preview,
    remove_deleted,
    table_mapping,
)
from dashboard.importers.records import RowError, actor, country_of, country_of_fips, plover_type
from dashboard.importers.tables import GDELT_COLUMNS, POLECAT_COLUMNS, UCDP_COLUMNS
from dashboard.ontology import event_types
from dashboard.store import EventStore
from gazetteer.places import GeoPrecision

ACLED = {
    "event_id_cnty": "PAK1", "event_date": "2019-04-18", "year": "2019", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Violence against civilians",
    "sub_event_type": "Attack", "actor1": "BLA: Baloch Liberation Army", "assoc_actor_1": "",
    "inter1": "Rebel group", "actor2": "Military Forces of Pakistan (2018-)", "assoc_actor_2": "",
    "inter2": "State forces", "interaction": "12", "civilian_targeting": "", "iso": "586",
    "region": "South Asia", "country": "Pakistan", "admin1": "Balochistan", "admin2": "Gwadar",
    "admin3": "", "location": "Ormara", "latitude": "25.2088", "longitude": "64.6357",
    "geo_precision": "2", "source": "Dawn", "source_scale": "National",
    "notes": "Gunmen killed 14 near Ormara.", "fatalities": "14", "tags": "",
    "timestamp": "1556000000",
}  # fmt: skip
UCDP = {
    **dict.fromkeys(UCDP_COLUMNS, ""),
    "id": "244657", "year": "2019", "type_of_violence": "1", "side_a": "Government of Pakistan",
    "side_b": "BLA", "source_headline": "Convoy attacked", "where_prec": "4",
    "adm_1": "Balochistan", "latitude": "28.5", "longitude": "65.1", "country": "Pakistan",
    "date_prec": "4", "date_start": "2019-04-01 00:00:00.000",
    "date_end": "2019-04-30 00:00:00.000", "best": "5", "low": "9", "high": "7",
}  # fmt: skip
GDELT = {
    **dict.fromkeys(GDELT_COLUMNS, ""),
    "GlobalEventID": "840000001", "Day": "20190418", "Actor1Code": "IRQREB", "Actor1Name": "REBEL",
    "Actor1CountryCode": "IRQ", "Actor1Type1Code": "REB", "Actor2Code": "IRQ",
    "Actor2Name": "IRAQ", "Actor2CountryCode": "IRQ", "EventCode": "0841", "NumMentions": "4",
    "NumSources": "2", "ActionGeo_Type": "4", "ActionGeo_Fullname": "Mosul, Ninawa, Iraq",
    "ActionGeo_CountryCode": "IZ", "ActionGeo_Lat": "36.335", "ActionGeo_Long": "43.1189",
    "Actor1Geo_Fullname": "Baghdad, Iraq", "SOURCEURL": "https://news.example/1",
}  # fmt: skip
ICEWS = {
    "Event ID": "1", "Event Date": "2019-04-18", "Source Name": "Military (Iran)",
    "Source Sectors": "Government,Military", "Source Country": "Iran", "Event Text": "Threaten",
    "CAMEO Code": "130", "Intensity": "-4.4", "Target Name": "Iraq", "Target Sectors": "",
    "Target Country": "Iraq", "Story ID": "7", "Sentence Number": "1", "Publisher": "X",
    "City": "", "District": "NA", "Province": "Khuzestan", "Country": "Iran",
    "Latitude": "31.3", "Longitude": "48.7",
}  # fmt: skip
POLECAT = {
    "Event ID": "p1", "Event Date": "2019-04-18", "Event Type": "ASSAULT",
    "Event Mode": "firearms", "Event Intensity": "-9", "Quad Code": "MATERIAL CONFLICT",
    "Contexts": "military; terrorism", "Actor Name": "Hezbollah", "Actor Country": "LBN",
    "Primary Actor Sector": "REB", "Recipient Name": "Israeli soldiers",
    "Recipient Country": "ISR", "Primary Recipient Sector": "MIL", "City": "Metula",
    "Province": "Northern", "Country": "ISR", "Latitude": "33.28", "Longitude": "35.57",
}  # fmt: skip
PLOVER = {
    "id": "x1", "date": "2019-04-18", "event": "CONSULT", "mode": "visit",
    "actor": [{"country": "PAK", "sector": "GOV", "name": "Imran Khan"}],
    "recipient": [{"country": "IRN"}], "event_text": "The prime minister arrived in Tehran.",
    "event_loc": {"name": "Tehran", "country": "IRN", "lat": 35.69, "lon": 51.42},
    "context": ["diplomatic"],
}  # fmt: skip


@pytest.fixture
def store(tmp_path):
    store = EventStore(f"sqlite:///{tmp_path / 'store.sqlite'}")
    yield store
    store.close()


def table(path, rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_in(store, path, **more):
    return import_file(path, dataset_for(path, **more)[0], store)


def events(store):
    return [report.event for report in store.reports()]


def test_an_acled_export_keeps_its_codes_and_is_harmonised(store, tmp_path):
    report = take_in(store, table(tmp_path / "acled.csv", [ACLED]))
    [event] = events(store)
    assert report.count.added == 1
    assert report.dataset.form == "acled"
    assert (event.event_type, event.when.iso) == ("ASSAULT", "2019-04-18")
    assert [a.actor_id.split(".")[1] for a in event.source_actors] == ["REB"]
    assert [a.country_code for a in event.target_actors] == ["PK"]
    assert (event.locations[0].place.name, int(event.locations[0].precision)) == ("Ormara", 2)
    assert event.sizes[0].best == 14
    codes = event.origin.codes
    assert (codes["sub_event_type"], codes["event_id_cnty"]) == ("Attack", "PAK1")
    assert event.quote == ACLED["notes"]


@pytest.mark.parametrize(
    ("written", "precision", "earliest", "latest"),
    [
        ("18-04-2019", "1", date(2019, 4, 18), date(2019, 4, 18)),
        ("18 April 2019", "2", date(2019, 4, 15), date(2019, 4, 21)),
        ("2019-04-15", "3", date(2019, 4, 1), date(2019, 4, 30)),
    ],
)
def test_acled_dates_of_all_forms_and_precisions(
    store, tmp_path, written, precision, earliest, latest
):
    row = {**ACLED, "event_date": written, "time_precision": precision, "inter1": "2"}
    take_in(store, table(tmp_path / "acled.csv", [row]))
    [event] = events(store)
    assert (event.when.earliest, event.when.latest) == (earliest, latest)


def test_a_file_that_cannot_be_read_leaves_no_data_set(store, tmp_path):
    path = table(tmp_path / "own.csv", [{"Day": "2019-04-18", "Town": "Quetta", "Dead": "4"}])
    with pytest.raises(UnreadableInputError, match="Say which column holds the type"):
        take_in(store, path)
    assert not store.datasets.all()


def test_acled_records_are_corrected_and_deleted_by_their_ids(store, tmp_path):
    path = table(tmp_path / "acled.csv", [ACLED, {**ACLED, "event_id_cnty": "PAK2"}])
    take_in(store, path)
    assert take_in(store, path).count.unchanged == 2
    table(path, [{**ACLED, "fatalities": "15", "timestamp": "1557000000"}])
    assert take_in(store, path).count.updated == 1
    assert sorted(event.sizes[0].best for event in events(store)) == [14, 15]
    deleted = tmp_path / "deleted.csv"
    deleted.write_text("event_id_cnty;deleted_timestamp\nPAK2;1\n")
    dataset = dataset_for(path)[0]
    assert remove_deleted(deleted, dataset, store).count.removed == 1
    assert [event.origin.record_id for event in events(store)] == ["PAK1"]


def test_acled_files_from_before_2019_name_their_columns_and_types_otherwise(store, tmp_path):
    new_names = ("sub_event_type", "disorder_type", "civilian_targeting", "tags", "timestamp")
    old = {
        name.upper().replace("ASSOC_", "ALLY_"): value
        for name, value in ACLED.items()
        if name not in new_names
    }
    rows = [
        old | {"EVENT_TYPE": "Riots/Protests", "EVENT_DATE": "18/04/2001", "INTER1": "5"},
        old | {"EVENT_ID_CNTY": "PAK2", "EVENT_TYPE": "Battle-No change of territory"},
    ]
    rows[1]["ALLY_ACTOR_1"] = "BRA: Baloch Republican Army"
    report = take_in(store, table(tmp_path / "africa.csv", rows))
    assert (report.dataset.form, report.count.added, report.bad) == ("acled", 2, 0)
    protest, battle = events(store)
    assert (protest.event_type, protest.when.iso) == ("PROTEST", "2001-04-18")
    assert (battle.event_type, len(battle.source_actors)) == ("ASSAULT", 2)


def test_ucdp_candidate_files_may_have_no_heading(store, tmp_path):
    path = tmp_path / "GEDEvent_v24_0_1.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(UCDP[name] for name in UCDP_COLUMNS)
    assert take_in(store, path).dataset.form == "ucdp"
    assert events(store)[0].origin.record_id == "244657"


def test_gdelt_s_rows_from_its_database_have_other_names(store, tmp_path):
    names = {"GlobalEventID": "GLOBALEVENTID", "Day": "SQLDATE"}
    row = {
        names.get(name, name.replace("Fullname", "FullName")): value
        for name, value in GDELT.items()
        if name != "Actor2Geo_ADM2Code"  # whoever asks it need not ask for all
    }
    assert take_in(store, table(tmp_path / "query.csv", [row])).dataset.form == "gdelt"
    [event] = events(store)
    assert (event.when.iso, event.locations[0].place.country_code) == ("2019-04-18", "IQ")
    assert event.quote == "CAMEO 0841: Rebel → Iraq (4 mentions, 2 sources)"


def test_a_year_of_polecat_is_an_archive_of_months(store, tmp_path):
    def month(heading, *rows, tabs=""):
        lines = [heading, *([row.get(name, "None") for name in POLECAT_COLUMNS] for row in rows)]
        return "".join("\t".join(line) + tabs + "\r\n" for line in lines)

    excess = [*POLECAT_COLUMNS[:7], "Headline", "Event Text", *POLECAT_COLUMNS[7:]]
    months = {
        "ngecEventsDV-2019-04.txt": month(POLECAT_COLUMNS, POLECAT),
        "ngecEventsDV-2019-05.txt": month(
            excess, POLECAT | {"Event ID": "p2"}, POLECAT | {"Event ID": "p3", "Event Type": "?"}
        ),
        "ngecEventsDV-2019-06.txt": month(
            POLECAT_COLUMNS, POLECAT | {"Event ID": "p4"}, tabs="\t\t"
        ),
        "README.md": "What this is.",
    }
    path = tmp_path / "ngecEventsDV-2019.txt.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in months.items():
            archive.writestr(name, text)
    report = take_in(store, path)
    assert (report.dataset.form, report.count.added) == ("polecat", 3)
    [bad] = report.bad_rows
    assert (bad.line, bad.problem.split(":")[0]) == (3, "ngecEventsDV-2019-05.txt")
    assert {event.source_actors[0].name for event in events(store)} == {"Hezbollah"}


def test_tables_of_an_archive_with_other_columns_are_not_taken_together(store, tmp_path):
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", "date,type,place\n2019-04-18,ASSAULT,Ormara\n")
        archive.writestr("b.csv", "title,text\nx,y\n")
    with pytest.raises(UnreadableInputError, match=r"b\.csv has other columns than a\.csv"):
        take_in(store, path)


def test_a_title_above_a_table_is_no_heading(store, tmp_path):
    path = tmp_path / "titled.csv"
    rows = ["id,date,type,place", "1,2019-04-18,ASSAULT,Ormara", "2,soon,ASSAULT,Ormara"]
    path.write_text("\n".join(["Incidents of the spring", "", *rows]), encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (["Incidents of the spring"], [], ["id", "date", "type", "place"]):
        book.active.append(row)
    book.active.append([1, date(2019, 4, 18), "ASSAULT", "Ormara"])
    book.active.append([2, "soon", "ASSAULT", "Ormara"])
    book.save(tmp_path / "titled.xlsx")
    for name in ("titled.csv", "titled.xlsx"):
        report = take_in(store, tmp_path / name, name=name)
        assert (report.count.added, report.bad_rows[0].line) == (1, 5)


@pytest.mark.parametrize(
    ("written", "iso", "days"),
    [
        ("2019", "2019", 365),
        ("2019-04", "2019-04", 30),
        ("2019-04-18T21:30:00Z", "2019-04-18", 1),
        ("18.04.2019 21:30", "2019-04-18", 1),
        ("April 18, 2019", "2019-04-18", 1),
        ("16-Feb-19", "2019-02-16", 1),
    ],
)
def test_a_table_s_dates_are_as_exact_as_they_are_written(store, tmp_path, written, iso, days):
    row = {"when": written, "type": "ASSAULT", "place": "Ormara"}
    take_in(store, table(tmp_path / "dates.csv", [row]))
    [event] = events(store)
    assert (event.when.iso, event.when.days) == (iso, days)


def test_a_cell_that_says_that_nobody_knows_who_it_was_names_no_actor(store, tmp_path):
    row = {"date": "2019-04-18", "type": "ASSAULT", "actor": "Unknown", "target": "Clerks"}
    take_in(store, table(tmp_path / "unknown.csv", [row]))
    [event] = events(store)
    assert (event.source_actors, event.target_actors[0].name) == ((), "Clerks")
    assert event.origin.codes["actor"] == "Unknown"


def test_a_country_s_organ_is_that_of_the_country():
    assert actor("PAKISTAN", "PK", "MIL").actor_id == "PAK.MIL"
    assert actor("Pakistan", None, "nonsense").actor_id == "PAK"


def test_which_files_came_into_a_data_set_is_kept_with_their_bad_rows(store, tmp_path):
    first = table(tmp_path / "acled.csv", [ACLED, ACLED | {"event_date": "soon"}])
    dataset = take_in(store, first).dataset
    gone = tmp_path / "gone.csv"
    gone.write_text("event_id_cnty\nPAK1\n")
    remove_deleted(gone, dataset, store)
    last, came = store.datasets.imports_of(dataset.dataset_id)
    assert (last.file, last.count.removed) == ("gone.csv", 1)
    assert (came.file, came.count.added, came.bad) == ("acled.csv", 1, 1)
    assert came.bad_rows == ((3, "the date 'soon' cannot be read"),)
    assert came.sha256 == hashlib.sha256(first.read_bytes()).hexdigest()
    removal = store.removals.remove_dataset(dataset.dataset_id)
    assert store.datasets.imports_of(dataset.dataset_id) == ()
    store.removals.bring_back(removal.key)
    assert store.datasets.imports_of(dataset.dataset_id) == (last, came)


def test_a_ucdp_record_that_contradicts_itself_is_kept_and_flagged(store, tmp_path):
    take_in(store, table(tmp_path / "ged.csv", [UCDP]))
    [event] = events(store)
    assert len(UCDP) == 49
    assert event.when.iso == "2019-04"
    assert int(event.locations[0].precision) == 4
    assert event.source_actors[0].actor_id == "PAK.GOV"
    size = event.sizes[0]
    assert size.low <= size.best <= size.high
    assert event.origin.codes["low"] == "9"
    assert event.origin.codes["flag"] == "low is above best"


def test_countries_and_groups_with_a_second_name_are_those_that_are_known(store, tmp_path):
    yemen = {**UCDP, "country": "Yemen (North Yemen)", "side_b": "IS", "where_prec": "6"}
    take_in(store, table(tmp_path / "ged.csv", [yemen]))
    [event] = events(store)
    place = event.locations[0].place
    assert (place.country_code, place.name) == ("YE", "Yemen")
    assert event.target_actors[0].actor_id == "IMG.REB.IS"
    assert actor("Houthi Movement - Ansar Allah").actor_id == "YEM.REB.HOUTHI"
    assert actor("PKK: Kurdistan Workers Party").actor_id == "TUR.REB.PKK"
    assert country_of("Iran, Islamic Republic of") == "IR"
    assert country_of("Kingdom of eSwatini (Swaziland)") == "SZ"
    assert country_of("Tanzania, United Republic of") == "TZ"
    assert country_of_fips("GZ") == "PS"


def test_gdelt_has_no_heading_writes_fips_and_three_places(store, tmp_path):
    path = tmp_path / "20190418.export.CSV"
    other = {**GDELT, "GlobalEventID": "840000002", "Actor1Name": 'a lone " quote'}
    path.write_text("".join("\t".join(row.values()) + "\n" for row in (GDELT, other)))
    take_in(store, path)
    [first] = [e for e in events(store) if e.origin.record_id == "840000001"]
    assert len(events(store)) == 2
    assert len(GDELT_COLUMNS) == 61
    assert first.event_type == "RETREAT"  # 0841 is a return, not 08's concession
    assert first.locations[0].place.country_code == country_of_fips("IZ") == "IQ"
    assert first.source_actors[0].actor_id == "IRQ.REB.REBEL"
    assert first.target_actors[0].actor_id == "IRQ"
    assert first.origin.codes["Actor1Geo_Fullname"] == "Baghdad, Iraq"
    assert store.reports(EventFilter(actors=("IRQ.REB",)))


def test_each_root_code_of_cameo_stands_for_a_type():
    for root in range(1, 21):
        assert plover_type("cameo", f"{root:02}")[0] in event_types()


def test_icews_ids_that_occur_twice_are_told_apart_by_their_days(store, tmp_path):
    path = table(tmp_path / "icews.tab", [ICEWS, {**ICEWS, "Event Date": "2019-04-19"}], "\t")
    assert take_in(store, path).count.added == 2
    event = events(store)[0]
    assert (event.event_type, int(event.locations[0].precision)) == ("THREATEN", 4)
    assert event.source_actors[0].actor_id.startswith("IRN.MIL")


def test_polecat_lists_and_codes(store, tmp_path):
    take_in(store, table(tmp_path / "polecat.txt", [POLECAT], "\t"))
    [event] = events(store)
    assert (event.event_type, event.mode) == ("ASSAULT", "firearms")
    assert event.contexts == ("military", "terrorism")
    assert event.source_actors[0].name == "Hezbollah"
    assert event.target_actors[0].country_code == "IL"


def test_plover_json_lines(store, tmp_path):
    path = tmp_path / "events.jsonl"
    half = json.dumps({**PLOVER, "id": "x2", "event_text": "cut \ud800"})
    path.write_text(f"{json.dumps(PLOVER)}\nno json\n{half}\n")
    report = take_in(store, path)
    [event] = events(store)
    assert (event.event_type, event.mode) == ("CONSULT", "visit")
    assert event.target_actors[0].actor_id == "IRN"
    assert event.locations[0].place.name == "Tehran"
    assert [bad.line for bad in report.bad_rows] == [2, 3]
    assert "half of a character" in report.bad_rows[1].problem


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "parquet"])
def test_any_table_comes_in_by_a_guessed_mapping(store, tmp_path, kind):
    row = {"Date": "2019-04-18", "Type": "PROTEST", "City": "Quetta", "Country": "Pakistan"}
    point = {"Lat": "30.18", "Lon": "66.99"}
    path = tmp_path / f"mine.{kind}"
    if kind == "csv":
        table(path, [{**row, **point}], ";")
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        book.active.append([*row, *point])
        book.active.append([*row.values(), *map(float, point.values())])
        book.save(path)
        book.close()
    elif kind == "geojson":
        shape = {"type": "Point", "coordinates": [66.99, 30.18]}
        feature = {"type": "Feature", "properties": row, "geometry": shape}
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    else:
        parquet.write_table(pa.Table.from_pylist([{**row, **point}]), path)
    assert take_in(store, path).count.added == 1
    [event] = events(store)
    place = event.locations[0].place
    assert (place.name, place.country_code, place.coordinates.lat) == ("Quetta", "PK", 30.18)


def test_a_large_file_is_read_by_a_second_process_to_the_same_end(store, tmp_path, monkeypatch):
    monkeypatch.setattr(importing, "LARGE_BYTES", 0)
    rows = [{**ACLED, "event_id_cnty": f"PAK{number}"} for number in range(3)]
    path = table(tmp_path / "acled.csv", [*rows, {**ACLED, "event_date": "yesterday"}])
    report = import_file(path, dataset_for(path)[0], store, apart=True)
    assert (report.count.added, [bad.line for bad in report.bad_rows]) == (3, [5])
    assert take_in(store, path).count.unchanged == 3
    broken = tmp_path / "broken.geojson"
    broken.write_text('{"features": [{"properties": {"date": "2019-04-18", "type": "PROTEST"}}, ')
    with pytest.raises(UnreadableInputError, match="no GeoJSON"):
        import_file(broken, replace(report.dataset, form="table"), store, apart=True)


def test_geojson_tells_features_that_are_none(store, tmp_path):
    path = tmp_path / "mine.geojson"
    good = {"properties": {"date": "2019-04-18", "type": "PROTEST"}}
    bad = {"geometry": {"type": "Point", "coordinates": []}}
    path.write_text("\ufeff" + json.dumps([good, bad, "none"]), encoding="utf-8")
    report = take_in(store, path)
    assert report.count.added == 1
    assert [bad.line for bad in report.bad_rows] == [2, 3]


def test_a_column_without_a_name_stops_no_row(store, tmp_path):
    path = tmp_path / "frame.csv"
    path.write_text(",Date,Type,Lat,Lon\n0,2019-04-18,PROTEST,30.18,66.99\n")
    assert take_in(store, path).count.added == 1
    assert events(store)[0].origin.codes["column 1"] == "0"


def test_a_mapping_that_was_said_is_remembered_for_these_columns(store, tmp_path):
    columns = ("Wann", "Was", "Lat", "Lon")
    with pytest.raises(ValueError, match="no column"):
        table_mapping(columns, {"date": "When"}, {})
    table_mapping(columns, {"date": "Wann", "event_type": "Was"}, {"Angriff": "ASSAULT"})
    path = table(
        tmp_path / "de.csv", [dict(zip(columns, ("2019-04-18", "Angriff", 1, 2), strict=True))]
    )
    assert take_in(store, path).count.added == 1
    assert events(store)[0].event_type == "ASSAULT"


def test_a_table_is_shown_as_it_would_come_in_before_it_does(tmp_path):
    rows = [
        {"Date of incident": "2019-04-18", "Kind of act": "bombing", "Lat": "1", "Long": "2"},
        {"Date of incident": "someday", "Kind of act": "stunt", "Lat": "1", "Long": "2"},
    ]
    path = table(tmp_path / "incidents.csv", rows)
    mapping = guess_mapping(columns_of(path))
    assert holds_events(columns_of(path))
    assert (mapping.date, mapping.event_type) == ("Date of incident", "Kind of act")
    assert own_types(path, mapping) == {"bombing": "ASSAULT", "stunt": None}
    first, second = preview(path, "table", mapping)
    assert (first.record.event_type, first.record.when.iso) == ("ASSAULT", "2019-04-18")
    assert first.where.place.coordinates.lat == first.record.lat
    assert (second.line, "someday" in second.problem) == (3, True)


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ("date,lat,lon,text", True),
        ("Date of incident;Kind;Town", True),
        ("date,title,text,category,place", False),
        ("date,title,url", False),
        ("type,place", False),
    ],
)
def test_a_table_of_events_is_told_from_one_of_articles_by_its_columns(columns, expected):
    assert holds_events(columns.replace(";", ",").split(",")) is expected


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Bombing", "ASSAULT"),
        ("kidnapping", "ASSAULT"),
        ("demonstration", "PROTEST"),
        ("sabotage", "ASSAULT"),
        ("arrest", "COERCE"),
        ("strike", None),
    ],
)
def test_a_plain_noun_of_one_type_stands_for_it(store, tmp_path, word, meant):
    row = {"date": "2019-04-18", "type": word, "lat": "1", "lon": "2"}
    report = take_in(store, table(tmp_path / "plain.csv", [row]))
    assert [event.event_type for event in events(store)] == ([meant] if meant else [])
    assert report.is_empty is (meant is None)


def test_an_import_says_how_many_events_are_without_a_place(store, tmp_path):
    day = {"date": "2019-04-18", "type": "ASSAULT"}
    rows = [
        day | {"place": "Xyzzyville", "country": "", "lat": "", "lon": ""},
        day | {"place": "Ostrava", "country": "Czechia", "lat": "49.8", "lon": "18.3"},
    ]
    report = take_in(store, table(tmp_path / "names.csv", rows))
    assert report.unplaced == 1
    assert "2 events added" in report.message
    assert "1 without a place" in report.message


@pytest.mark.parametrize(
    ("place", "province", "country", "expected"),
    [
        ("Ormara", "", "", ("gn:1168700", "PK.02", 1)),
        ("Aleppo, Syria", "", "", ("gn:170063", "SY.09", 1)),
        ("Springfield", "Illinois", "United States", ("gn:4250542", "US.IL", 1)),
        ("Springfield", "", "United States", ("gn:6252001", "US", 6)),  # which one, nobody says
        ("Nowhereville", "Fars", "Iran", ("adm1:IR.07", "IR.07", 4)),
        ("", "", "Iran", ("gn:130758", "IR", 6)),
    ],
)
def test_a_row_without_a_point_is_placed_by_its_names(
    store, tmp_path, place, province, country, expected
):
    row = {"date": "2019-04-18", "type": "ASSAULT", "place": place, "state": province}
    take_in(store, table(tmp_path / "names.csv", [row | {"country": country}]))
    [where] = events(store)[0].locations
    found = where.place
    code = ".".join(filter(None, (found.country_code, found.admin1_code)))
    assert (found.place_id, code, int(where.precision)) == expected
    assert "gazetteer" in where.reason


def test_a_town_that_is_named_level_by_level_is_not_taken_for_its_province(store, tmp_path):
    no_point = {"Latitude": "", "Longitude": ""}
    row = ICEWS | no_point | {"City": "Hama", "Province": "Hama", "Country": "Syria"}
    take_in(store, table(tmp_path / "icews.tab", [row], "\t"))
    assert events(store)[0].locations[0].place.place_id == "gn:170017"


def test_a_point_has_the_country_and_the_province_that_it_lies_in(store, tmp_path):
    day = {"date": "2019-04-18", "type": "ASSAULT"}
    points = [("35.69", "51.42", ""), ("25.2", "64.6", "Pakistan"), ("20.0", "62.0", "")]
    rows = [day | {"lat": lat, "lon": lon, "country": of} for lat, lon, of in points]
    take_in(store, table(tmp_path / "points.csv", rows))
    places = [event.locations[0].place for event in events(store)]
    assert sorted((p.country_code or "", p.admin1_code or "") for p in places) == [
        ("", ""),  # in the Arabian Sea
        ("IR", "26"),
        ("PK", "02"),
    ]


def test_what_is_known_to_a_province_is_that_province(store, tmp_path):
    take_in(store, table(tmp_path / "ged.csv", [UCDP]))
    [where] = events(store)[0].locations
    assert (where.place.place_id, int(where.precision)) == ("adm1:PK.02", 4)
    assert events(store)[0].origin.codes["latitude"] == "28.5"


def test_the_first_rows_show_the_problems_that_the_import_has_with_them(store, tmp_path):
    row = {"date": "2019-04-18", "type": "ASSAULT", "lat": "146.48", "lon": "2"}
    path = table(tmp_path / "far.csv", [row])
    (shown,) = preview(path, "table", guess_mapping(columns_of(path)))
    (bad,) = take_in(store, path).bad_rows
    assert shown.record is None
    assert (shown.line, shown.problem) == (bad.line, bad.problem)
    assert "no point on the globe" in shown.problem


def test_a_table_without_a_date_says_what_is_missing(store, tmp_path):
    with pytest.raises(UnreadableInputError, match="holds the date"):
        take_in(store, table(tmp_path / "a.csv", [{"a": "1", "b": "2"}]))


def test_bad_rows_are_listed_with_line_and_reason_and_the_rest_is_in(tmp_path, monkeypatch):
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "home"))
    rows = [
        ACLED,
        {**ACLED, "event_id_cnty": "", "notes": "Two\nlines."},
        {**ACLED, "event_id_cnty": "A", "event_date": "yesterday"},
        {**ACLED, "event_id_cnty": "B", "latitude": "95"},
        {**ACLED, "event_id_cnty": "C", "sub_event_type": "Dancing"},
        {**ACLED, "event_id_cnty": "D", "latitude": "", "longitude": ""},
    ]
    path = table(tmp_path / "acled.csv", rows)
    errors = tmp_path / "errors.tsv"
    done = CliRunner().invoke(main, ["import", str(path), "--errors", str(errors)])
    assert done.exit_code == 1
    assert "2 events added" in done.output
    listed = dict(line.split("\t") for line in errors.read_text().splitlines())
    assert list(listed) == ["3", "5", "6", "7"]
    assert listed["3"] == "event_id_cnty is missing"
    assert "yesterday" in listed["5"]
    shown = CliRunner().invoke(main, ["datasets"])
    assert "ACLED" in shown.output


def _of_table(tmp_path, store, text, **said):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    dataset, columns = dataset_for(path)
    mapping = table_mapping(columns, {}, {}, "ASSAULT", **said)
    report = import_file(path, dataset, store, mapping=mapping)
    days = sorted(r.event.when.iso for r in store.reports() if r.event.origin)
    return report, days


def test_what_comes_first_in_a_table_s_days_its_rows_tell(tmp_path, store):
    rows = "date,lat,lon\n02/03/2020,1,1\n02/13/2020,1,1\n"
    report, days = _of_table(tmp_path, store, rows)
    assert (report.bad, days) == (0, ["2020-02-03", "2020-02-13"])


def test_a_day_that_could_be_two_is_told_and_taken_once_somebody_says_which(tmp_path, store):
    rows = "date,lat,lon\n02/03/2020,1,1\n"
    report, days = _of_table(tmp_path, store, rows)
    assert (days, report.bad_rows[0].problem) == (
        [],
        "the date '02/03/2020' could be two days: say what comes first",
    )
    _, days = _of_table(tmp_path, store, rows, day_order=DayOrder.MONTH)
    assert days == ["2020-02-03"]


@pytest.mark.parametrize("cell", ['"ASSAULT', '"' + "x" * 20_000_001])
def test_a_quotation_mark_that_nobody_closes_takes_no_other_row_with_it(tmp_path, store, cell):
    path = tmp_path / "quote.csv"
    rows = [f'{at},2019-04-18,ASSAULT,"said\nin two lines"\n' for at in range(1, 6)]
    rows[1] = f"2,2019-04-18,{cell},said\n"
    path.write_text("id,date,type,text\n" + "".join(rows), encoding="utf-8")
    report = take_in(store, path)
    assert report.count.added == 4
    assert (report.bad_rows[0].line, "quotation mark" in report.bad_rows[0].problem) == (4, True)


def test_a_broken_archive_of_a_table_is_told(tmp_path):
    path = tmp_path / "cut.zip"
    path.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UnreadableInputError, match="broken"):
        columns_of(path)


def test_a_file_of_bad_rows_leaves_no_empty_data_set(tmp_path, store):
    report, _ = _of_table(tmp_path, store, "date,lat,lon\nsoon,1,1\n")
    assert (report.bad, store.datasets.all()) == (1, ())


def test_degrees_with_a_decimal_comma_are_read(tmp_path, store):
    _of_table(tmp_path, store, "date;lat;lon\n2020-02-03;48,25;-11,5\n")
    [report] = store.reports()
    [where] = report.event.locations
    assert (where.place.coordinates.lat, where.place.coordinates.lon) == (48.25, -11.5)


def test_what_a_machine_found_in_reports_is_said_to_be_that(tmp_path):
    path = tmp_path / "gdelt.csv"
    path.write_text("\t".join(["1", *[""] * 60]) + "\n")
    assert "by a machine" in dataset_for(path)[0].note
    assert dataset_for(path, note="January")[0].note == "January"


def test_a_table_of_events_is_read_in_its_encoding(tmp_path, store):
    path = tmp_path / "t.csv"
    words = "Gösteri, ışıklar sönünce şehir meydanında çıkan gürültüyle bitti"
    path.write_bytes(f"date;type;notes\n2020-02-03;PROTEST;{words}\n".encode("cp1254"))
    import_file(path, dataset_for(path)[0], store)
    assert store.reports()[0].event.quote == words


def test_an_area_of_geojson_comes_in_by_its_middle_with_its_doubt(tmp_path, store):
    where = _of_ring(tmp_path, store, [[44.0, 33.0], [45.0, 33.0], [45.0, 34.0], [44.0, 33.0]])
    assert where.place.coordinates.lat == pytest.approx(33.33, abs=0.01)
    assert where.place.coordinates.lon == pytest.approx(44.66, abs=0.01)
    assert where.precision is GeoPrecision.ADMIN1


def test_an_area_across_180_degrees_has_its_middle_there(tmp_path, store):
    ring = [[179.8, -17.0], [-179.8, -17.0], [-179.8, -16.8], [179.8, -16.8], [179.8, -17.0]]
    where = _of_ring(tmp_path, store, ring)
    assert abs(where.place.coordinates.lon) == pytest.approx(180)
    assert where.place.coordinates.lat == pytest.approx(-16.9, abs=0.01)
    assert where.precision is GeoPrecision.NEAR


def _of_ring(tmp_path, store, ring):
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"date": "2020-01-09", "type": "PROTEST"},
    }
    path = tmp_path / "t.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    import_file(path, dataset_for(path)[0], store)
    [report] = store.reports()
    [where] = report.event.locations
    return where


@pytest.mark.parametrize(
    ("code", "event_type"),
    [("42", "CONSULT"), ("042", "CONSULT"), ("841", "RETREAT"), ("190", "ASSAULT")],
)
def test_a_cameo_code_that_lost_its_zero_is_the_same(code, event_type):
    assert plover_type("cameo", code)[0] == event_type


@pytest.mark.parametrize("code", ["999", "99", "---", "0", ""])
def test_what_is_no_cameo_code_is_none(code):
    with pytest.raises(RowError):
        plover_type("cameo", code)


def test_an_older_file_does_not_undo_a_newer_one(tmp_path, store):
    head = "event_id_cnty,event_date,sub_event_type,country,notes,timestamp\n"
    for notes, timestamp in (("first", 10), ("corrected", 20), ("first", 10)):
        path = tmp_path / "acled.csv"
        path.write_text(f"{head}YEM1,2020-01-01,Attack,Yemen,{notes},{timestamp}\n")
        import_file(path, dataset_for(path)[0], store)
    [report] = store.reports()
    assert report.event.quote == "corrected"
