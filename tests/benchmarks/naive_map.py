"""An app as one would first write it: every event a folium.Marker in a MarkerCluster."""

from __future__ import annotations

import sys
from pathlib import Path

from dashboard.static_build import STATIC, section

APP = """
import sqlite3
import folium
import streamlit as st
from folium.plugins import MarkerCluster
from streamlit_folium import st_folium
from dashboard.ontology import event_types

STATIC = "../../app/static/"
chosen = st.sidebar.multiselect(
    "Event types", list(event_types()), format_func=lambda name: event_types()[name].label
)
figure = folium.Map(location=(30, 40), zoom_start=4, tiles=None)
figure.options["maxZoom"] = 12
figure.default_js = [("leaflet", STATIC + "leaflet.js")]
figure.default_css = []
cluster = MarkerCluster(options={"maxZoom": 12})
cluster.default_js = [("cluster", STATIC + "leaflet.markercluster.js")]
cluster.default_css = []
where = f"WHERE event_type IN ({','.join('?' * len(chosen))})" if chosen else ""
rows = sqlite3.connect(PATH).execute(
    "SELECT lat, lon, quote, event_type, when_iso FROM events JOIN event_locations"
    f" USING (event_key) {where}", chosen
)
for lat, lon, quote, event_type, when in rows:
    popup = folium.Popup(f"<b>{event_type}</b><br>{when}<p>{quote}</p>", max_width=300)
    folium.Marker((lat, lon), popup=popup).add_to(cluster)
cluster.add_to(figure)
st_folium(figure, use_container_width=True, height=600, returned_objects=[])
"""

SHIM = """
window.$ = (html) => [new DOMParser().parseFromString(html, "text/html").body.firstElementChild];
"""


def naive_command(
    folder: Path, home: Path, markercluster: Path, *, port: int, opens_browser: bool
) -> list[str]:
    """Write the app into `folder` and return the command that runs it."""
    static = folder / "static"
    static.mkdir(exist_ok=True)
    leaflet = section((STATIC / "dateline.js").read_text("utf-8"), "leaflet")
    (static / "leaflet.js").write_text(SHIM + leaflet, "utf-8")
    name = "leaflet.markercluster.js"
    (static / name).write_text((markercluster / name).read_text("utf-8"), "utf-8")
    (folder / "app.py").write_text(f"PATH = {str(home / 'dateline.sqlite')!r}\n{APP}", "utf-8")
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": str(not opens_browser).lower(),
        "server.enableStaticServing": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "browser.serverAddress": "localhost",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *flags]
