"""The first rows of a table as they would come in, before anything is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dashboard.events import EventLocation
from dashboard.importers.locating import Locator
from dashboard.importers.mapping import Mapping, type_called
from dashboard.importers.parts import LOOKED_THROUGH, reader_of
from dashboard.importers.records import Record, RowError, stated
from dashboard.importers.tables import open_table

SHOWN = 10
MOST_WORDS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A row and the record that it becomes, or why it becomes none."""

    line: int
    record: Record | None = None
    where: EventLocation | None = None
    """Where the event is put; None: nowhere on the map."""
    problem: str | None = None


def preview(
    path: Path, form: str, mapping: Mapping | None = None, *, most: int = SHOWN
) -> tuple[PreviewRow, ...]:
    """Return what the first rows of a file become.

    Raises: UnreadableInputError when the mapping lacks something, or the file cannot be read.
    """
    locator = Locator(form)
    with open_table(path) as table:
        read = reader_of(path, form, table.columns, mapping)
        found = []
        for line, row in islice(table.rows, most):
            try:
                if "" in row:
                    raise RowError(str(row[""]))  # noqa: TRY301  # as any other fault of the row
                record = read(row)
                where = locator.location_of(record)  # refuses what the import refuses
                found.append(PreviewRow(line=line, record=record, where=where))
            except (RowError, AttributeError, TypeError, OverflowError) as error:
                found.append(PreviewRow(line=line, problem=str(error)))
    return tuple(found)


def own_types(path: Path, mapping: Mapping) -> dict[str, str | None]:
    """Return a table's own words for types, the most frequent first, and what each is taken for."""
    column = mapping.event_type
    if not column:
        return {}
    meant = {own.casefold(): of for own, of in mapping.types}
    with open_table(path) as table:
        values = (stated(row.get(column)) for _, row in islice(table.rows, LOOKED_THROUGH))
        counted = Counter(filter(None, values))
    return {
        word: meant.get(word.casefold()) or (type_called(word) or (None,))[0]
        for word, _ in counted.most_common(MOST_WORDS)
    }


def columns_of(path: Path) -> tuple[str, ...]:
    """Return the columns of a file.

    Raises: UnreadableInputError when it cannot be read.
    """
    with open_table(path) as table:
        return table.columns
