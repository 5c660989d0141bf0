"""The page that credits data and scripts."""

from __future__ import annotations

from importlib.metadata import version

import streamlit as st

from dashboard.credits import CREDITS


def about_page() -> None:
    """Say what Dateline is, what it is made of, and what its maps do not claim."""
    st.header("About Dateline")
    st.markdown(
        f"Dateline {version('dateline')} turns news reports into a map of events. It runs on this "
        "computer; nothing that you add leaves it. Licence: Apache-2.0."
    )
    st.subheader("Data and scripts")
    st.table(
        [
            {"What": credit.name, "Used for": credit.used_for, "Licence": credit.licence}
            for credit in CREDITS
        ]
    )
    st.subheader("What the map does not claim")
    st.markdown(
        "- Boundaries are Natural Earth's; drawing them is no endorsement.\n"
        "- Events are coded by rules and can be wrong: each one quotes the sentence "
        "that it rests on, so that you can judge.\n"
        "- A place is drawn only as exactly as the text gives it: a country is an area, a border "
        "a line, and what has no place is listed and not drawn."
    )
