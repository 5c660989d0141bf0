"""The screen that each visit to the app runs from top to bottom."""

from __future__ import annotations

from dashboard.ui.loading import LOADING

# Not where a process that codes articles imports what its parent runs.
if __name__ == "__main__":
    with LOADING:
        from dashboard.ui.pages import show_page

    show_page()
