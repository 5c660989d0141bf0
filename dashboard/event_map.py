"""The interactive map: a folium map whose text never varies, and the layer that does.

streamlit-folium mounts a map anew whenever its text changes, and its comparison overlooks
names such as `event_2`. So the map itself is constant: a basemap and controls. What the
filters change travels as a feature group of one line, `DATELINE.draw(map, layers)`: the view
stays where the reader left it, and a popup never shows what is no longer true.

How a page uses it:

    value = st_folium(
        event_map(),
        key="map",
        feature_group_to_add=event_layer(map_layers(reports, store), selected=event_id),
        returned_objects=[],          # panning and zooming never rerun the page
        use_container_width=True,
    )
    chosen = selected_event(value)    # the event whose popup the reader opened last, or None

The map writes its centre and zoom into the page's address (`lat`, `lon`, `zoom`) and reads
them from there when it appears. It fills its frame, whatever the frame's height: give the
iframe a height by CSS (`calc(100dvh - 10rem)`) and the map follows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlencode

import folium
import folium.plugins  # streamlit-folium's: loaded while no visit waits for it yet
from branca.element import Element, MacroElement
from folium.template import Template

from dashboard.layers import Layers, script_json
from gazetteer.places import Coordinates

STATIC = Path(__file__).parent / "static"

ASSET_URL: Final = "../../app/static"
"""Where Streamlit serves `dashboard/static`, seen from the component's frame."""

SCRIPTS = ("basemap.js", "dateline.js")
"""What the page loads, in this order: outlines and labels, then Leaflet with our script."""

Theme = Literal["light", "dark"]

_EVENT_ID = re.compile(r"[0-9A-Za-z_.:-]{1,64}")


class _Prepare(MacroElement):
    """Sets up basemap and controls on the map that it is added to."""

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "DATELINE.prepare({{ this._parent.get_name() }}, {{ this.options }});\n"
        "{% endmacro %}"
    )

    def __init__(self, options: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Prepare"
        self.options = script_json(options)


class _Draw(MacroElement):
    """Draws layers on the map that its feature group is added to.

    The first statement drops what streamlit-folium keeps of every earlier update.
    """

    _template = Template(
        "{% macro script(this, kwargs) %}\n"
        "window.feature_group = [];\n"
        "DATELINE.{{ this.verb }}(window.map, {{ this.content }}, {{ this.options }});\n"
        "{% endmacro %}"
    )

    def __init__(self, verb: str, content: object, options: Mapping[str, object]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Draw"
        self.verb = verb
        self.content = script_json(content)
        self.options = script_json(options)

    def render(self, **_kwargs: object) -> str:
        """Add nothing to the page's own scripts: streamlit-folium takes this one from here.

        branca would compile the whole layer as a template once more.
        """
        return ""


def event_map(
    *,
    center: Coordinates | None = None,
    zoom: int | None = None,
    asset_url: str = ASSET_URL,
    theme: Theme = "light",
) -> folium.Map:
    """Return the map without events; the same arguments always give the same text.

    Without `center` and `zoom` the map shows what the page's address says, else every event.
    """
    figure = folium.Map(
        location=(20, 20), zoom_start=2, tiles=None, zoom_control=False, attributionControl=True
    )
    figure.default_js = [(name, f"{asset_url}/{name}?v={_version(name)}") for name in SCRIPTS]
    figure.default_css = []
    options: dict[str, object] = {"theme": theme, "fillFrame": True, "addressView": True}
    if center is not None and zoom is not None:
        options["view"] = [center.lat, center.lon, zoom]
    figure.add_child(_Prepare(options))
    _number(figure)
    return figure


def event_layer(
    layers: Layers,
    *,
    selected: str | None = None,
    theme: Theme | None = None,
    fit: str | None = None,
) -> folium.FeatureGroup:
    """Return the changing part of the map, for `st_folium(feature_group_to_add=...)`.

    `selected` opens the popup of that event when it was not selected before; `theme` recolours
    the map in place; a changed `fit` (any text) brings everything drawn into view.
    """
    return _changing("draw", layers, {"selected": selected, "theme": theme, "fit": fit})


def event_view(
    query: Mapping[str, str],
    *,
    revision: str,
    selected: str | None = None,
    theme: Theme | None = None,
    address: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
) -> folium.FeatureGroup:
    """Return the changing part of the app's map: what it asks the server for, not the events.

    `query` is the filter's (`EventFilter.to_query`), `revision` the store's. `address` is what a
    page's address that lacks it is completed with, given to who comes back from another page:
    the map then shows what was last seen of it. `sent` is a view and a layer, as a link has them,
    that the map goes to once a `number`.
    """
    asked = urlencode({"revision": revision, **query})
    options = {"selected": selected, "theme": theme, "address": address, "sent": sent}
    return _changing("show", asked, options)


def _changing(verb: str, content: object, options: Mapping[str, object]) -> folium.FeatureGroup:
    group = folium.FeatureGroup(name="events", control=False)
    given = {key: value for key, value in options.items() if value is not None}
    group.add_child(_Draw(verb, content, given))
    _number(group)
    return group


def selected_event(value: object) -> str | None:
    """Return the id of the event that the reader opened on the map, from what st_folium gave."""
    event = value.get("event") if isinstance(value, Mapping) else None
    return event if isinstance(event, str) and _EVENT_ID.fullmatch(event) else None


def _number(element: Element) -> None:
    """Give `element` and all within it ids in order of appearance, in place of random ones."""
    pending, number = [element], 0
    while pending:
        current = pending.pop(0)
        current._id = f"dateline{number}"  # noqa: SLF001  # branca offers no other way
        number += 1
        pending.extend(current._children.values())  # noqa: SLF001


@lru_cache(maxsize=4)
def _version(name: str) -> str:
    """Return a short hash of a static file, so that a browser never keeps an old one."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
