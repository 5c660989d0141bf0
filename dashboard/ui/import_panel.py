"""A table of events that others coded: which column says what, how its rows come in, taking it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.errors import UnreadableInputError
from dashboard.importers import (
    FIELDS,
    DayOrder,
    Mapping,
    PreviewRow,
    columns_of,
    dataset_for,
    form_of,
    guess_mapping,
    holds_events,
    import_file,
    own_types,
    preview,
    table_mapping,
)
from dashboard.ontology import event_types
from dashboard.ui import session, wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from dashboard.datasets import Dataset
    from dashboard.importers import ImportReport

_EVENTS_ALONE = (".xlsx", ".geojson", ".parquet")
"""Formats in which no articles come."""
_EITHER = (".csv", ".tsv", ".tab", ".jsonl", ".ndjson")
"""Formats in which events come, or articles."""
_MAYBE = (".txt", ".zip")
"""Formats of articles that a table of events comes in as well, known by its columns alone."""
_NOT_THERE = "—"
_WHAT_TO_DO = (
    "see below what was wrong with each row. Say above which column holds what, and which type "
    "each of the table's own words means, or mend the file; then take it in again."
)
_MOST_KEPT = 8
"""Uploaded files of a session that lie on the disk."""


def holds_coded_events(file: UploadedFile) -> bool:
    """Say whether an uploaded file holds coded events: by its columns, or as the user says."""
    name = file.name.lower()
    if not name.endswith((*_EVENTS_ALONE, *_EITHER, *_MAYBE)):
        return False
    try:
        columns = columns_of(_kept(file))
    except UnreadableInputError:
        return False
    if form_of(columns) != "table" or name.endswith(_EVENTS_ALONE):
        return True
    guessed = holds_events(columns)
    if name.endswith(_MAYBE):
        return guessed
    return st.checkbox(
        f"{file.name} is a table of events",
        value=guessed,
        key=f"import_events_{file.file_id}",
        help="Each row is an event, and its columns say when, where and what. "
        "Otherwise each row is an article.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TableImport:
    """A table of coded events that is ready to come in."""

    path: Path
    dataset: Dataset
    mapping: Mapping | None
    columns: tuple[str, ...]


def import_panel(file: UploadedFile) -> TableImport | None:
    """Show what a table of coded events holds and let its columns be corrected.

    None when it cannot be read so.
    """
    path = _kept(file)
    columns = columns_of(path)
    found, _ = dataset_for(path)
    is_table = found.form == "table"
    kind = "a table of coded events" if is_table else f"coded events of {found.name}"
    st.subheader(f"{file.name}: {kind}", divider="gray")
    default = Path(file.name).stem if is_table else found.name
    left, right = st.columns(2)
    name = left.text_input("Name of the data set", value=default, key=f"import_name_{file.file_id}")
    note = right.text_input(
        "Note", placeholder="version, filters, day of download", key=f"import_note_{file.file_id}"
    )
    mapping = _mapping(file, path, columns) if is_table else None
    try:
        rows = preview(path, found.form, mapping)
    except UnreadableInputError as error:
        st.warning(str(error))
        return None
    st.caption("The first rows as they come in")
    st.dataframe([_shown(row) for row in rows], hide_index=True, height=220)
    dataset, _ = dataset_for(path, name=name.strip() or default, form=found.form, note=note)
    return TableImport(path=path, dataset=dataset, mapping=mapping, columns=columns)


def import_button(tables: Sequence[TableImport]) -> None:
    """Take all the tables in, once the user says so."""
    several = f"Take the events of these {len(tables)} tables in"
    label = "Take these events in" if len(tables) == 1 else several
    if tables and st.button(label, type="primary", key="import_all"):
        _take_in(tables)


def _mapping(file: UploadedFile, path: Path, columns: tuple[str, ...]) -> Mapping:
    """Let the user say which column says what; the guess stands there first."""
    guessed = guess_mapping(columns)
    choices = [_NOT_THERE, *columns]
    said: dict[str, Any] = {}
    with st.expander("Which column says what", expanded=_is_unclear(path, guessed)):
        places = st.columns(3)
        for at, field in enumerate(FIELDS):
            column = getattr(guessed, field)
            chosen = places[at % 3].selectbox(
                field.replace("_", " ").capitalize(),
                choices,
                index=choices.index(column) if column in choices else 0,
                key=f"import_{field}_{file.file_id}",
            )
            said[field] = None if chosen == _NOT_THERE else chosen
        types = list(event_types())
        default = st.selectbox(
            "Type of rows whose own is missing or unknown",
            [_NOT_THERE, *types],
            index=types.index(guessed.default_type) + 1 if guessed.default_type else 0,
            key=f"import_default_{file.file_id}",
        )
        orders = [_NOT_THERE, *DayOrder]
        order = st.selectbox(
            "First in days such as 03/02/2020, where no row tells",
            orders,
            index=orders.index(guessed.day_order or _NOT_THERE),
            key=f"import_order_{file.file_id}",
        )
    mapping = replace(
        guessed,
        **said,
        default_type=None if default == _NOT_THERE else default,
        day_order=None if order == _NOT_THERE else DayOrder(order),
    )
    words = own_types(path, mapping)
    if not words:
        return mapping
    st.caption("Its own words for types, and what each is taken for")
    edited = st.data_editor(
        [{"its word": word, "type": meant} for word, meant in words.items()],
        column_config={"type": st.column_config.SelectboxColumn(options=types)},
        disabled=["its word"],
        hide_index=True,
        height=min(38 + 35 * len(words), 200),
        key=f"import_types_{said['event_type']}_{file.file_id}",
    )
    # What is taken for the same as without being told is not worth remembering.
    told = {str(row["its word"]): str(row["type"]) for row in edited if row["type"]}
    new = {word: of for word, of in told.items() if of != words[word]}
    return replace(mapping, types=tuple(sorted((dict(mapping.types) | new).items())))


def _is_unclear(path: Path, guessed: Mapping) -> bool:
    """Say whether the guess lacks a column that dates, types or places a row, or knows no type."""
    has_point = guessed.latitude and guessed.longitude
    if guessed.problems() or not (has_point or guessed.place or guessed.country):
        return True
    words = own_types(path, guessed)
    return bool(words) and not any(words.values()) and not guessed.default_type


def _remember(columns: tuple[str, ...], mapping: Mapping) -> None:
    said = {field: getattr(mapping, field) or "" for field in FIELDS}
    table_mapping(columns, said, dict(mapping.types), mapping.default_type, mapping.day_order)


def _shown(row: PreviewRow) -> dict[str, Any]:
    record = row.record
    if record is None:
        return {"line": row.line, "problem": row.problem}
    place = row.where.place if row.where else None
    return {
        "line": row.line,
        "date": wording.when(record.when),
        "type": record.event_type,
        "source": ", ".join(actor.name for actor in record.source_actors),
        "target": ", ".join(actor.name for actor in record.target_actors),
        "place": place.name if place else record.place_name,
        "latitude": place.coordinates.lat if place else None,
        "longitude": place.coordinates.lon if place else None,
        "precision": int(place.precision) if place else None,
        "killed": record.killed[1] if record.killed else None,
        "text": record.text,
    }


def _take_in(tables: Sequence[TableImport]) -> None:
    """Take tables in, one after the other; what could not come in is told where they stand."""
    messages, is_whole = [], True
    for table in tables:
        if table.mapping:
            _remember(table.columns, table.mapping)
        report = _import(table)
        if report is None:
            is_whole = False
        elif report.bad:
            is_whole = False
            if report.is_empty:
                st.error(f"{report.message} Nothing came in: {_WHAT_TO_DO}")
            else:
                st.warning(report.message)
            st.dataframe(
                [{"line": bad.line, "reason": bad.problem} for bad in report.bad_rows],
                hide_index=True,
                height=200,
            )
        else:
            messages.append(report.message)
    if not is_whole:
        for message in messages:
            st.success(message)
        return
    session.remember_messages(messages)
    st.session_state["add_number"] += 1
    st.rerun()


def _import(table: TableImport) -> ImportReport | None:
    bar = st.progress(0.0, text="Reading")

    def show(count: int, share: float) -> None:
        text = f"{table.dataset.name}: {wording.counted(count, 'row')}"
        bar.progress(min(1.0, share), text=text)

    try:
        return import_file(
            table.path,
            table.dataset,
            session.event_store(),
            mapping=table.mapping,
            on_rows=show,
        )
    except UnreadableInputError as error:
        st.error(str(error))
        return None
    finally:
        bar.empty()


def _kept(file: UploadedFile) -> Path:
    """Return the file where it lies on the disk, written there once a session."""
    kept: dict[str, TemporaryDirectory[str]] = st.session_state.setdefault("import_files", {})
    if file.file_id not in kept:
        while len(kept) >= _MOST_KEPT:
            kept.pop(next(iter(kept))).cleanup()
        kept[file.file_id] = TemporaryDirectory(prefix="dateline-")
        (Path(kept[file.file_id].name) / Path(file.name).name).write_bytes(file.getbuffer())
    return Path(kept[file.file_id].name) / Path(file.name).name
