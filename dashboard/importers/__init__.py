"""Events that others coded: their files read row by row into events of ours, codes kept."""

from dashboard.importers.importing import (
    BadRow,
    ImportReport,
    dataset_for,
    import_file,
    remove_deleted,
    table_mapping,
)

__all__ = [
    "BadRow",
    "ImportReport",
    "dataset_for",
    "import_file",
    "remove_deleted",
    "table_mapping",
]
