"""Events that others coded: their files read row by row into events of ours, codes kept."""

from dashboard.importers.importing import (
    ImportReport,
    dataset_for,
    import_file,
    remove_deleted,
    table_mapping,
)
from dashboard.importers.mapping import FIELDS, Mapping, guess_mapping, holds_events
from dashboard.importers.parts import BadRow
from dashboard.importers.preview import PreviewRow, columns_of, own_types, preview
from dashboard.importers.records import DayOrder
from dashboard.importers.tables import form_of

__all__ = [
    "FIELDS",
    "BadRow",
    "DayOrder",
    "ImportReport",
    "Mapping",
    "PreviewRow",
    "columns_of",
    "dataset_for",
    "form_of",
    "guess_mapping",
    "holds_events",
    "import_file",
    "own_types",
    "preview",
    "remove_deleted",
    "table_mapping",
]
