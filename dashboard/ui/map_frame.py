"""The map's frame in a page."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard.event_map import Theme, event_map
from dashboard.ui.loading import LOADING


def map_frame(changing: object, *, key: str) -> Any:  # noqa: ANN401  # whatever the component gives
    """Show the map, `changing` on it (`event_view`), and return what its script last told."""
    # It makes itself known only to the run of a page; all that it needs is loaded before.
    with LOADING:
        from streamlit_folium import st_folium

    return st_folium(
        event_map(),
        key=key,
        feature_group_to_add=changing,
        returned_objects=[],
        use_container_width=True,
    )


def theme() -> Theme:
    """Return the theme in which the visitor sees the page."""
    return "dark" if st.context.theme.type == "dark" else "light"
