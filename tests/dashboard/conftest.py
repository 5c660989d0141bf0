"""Made-up events for the tests of this folder: see tests/sample_reports.py."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture(scope="session")
def sample() -> SimpleNamespace:
    """Return the builders of tests/sample_reports.py."""
    path = Path(__file__).parents[1] / "sample_reports.py"
    return SimpleNamespace(**runpy.run_path(str(path)))
