"""Events as KML 2.2 (OGC 07-147r2), and zipped as KMZ.

A placemark a place of an event, in a folder for each family; events without a place have a
folder of placemarks without geometry. A reader shows `description` as HTML, so every word in
it is escaped once more.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from typing import Any
from xml.etree import ElementTree as ET

from dashboard.events import EventReport
from dashboard.exports import to_geojson
from dashboard.layers import family_styles
from dashboard.outlines import GeometrySource
from dashboard.popups import OTHER_FAMILY

NAMESPACE = "http://www.opengis.net/kml/2.2"

_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest that a ZIP file can say: the same events give the same bytes."""

_FACTS = (
    "event_id", "event_type", "mode", "source", "target", "when", "modality", "confidence", "place",
    "precision", "precision_label", "place_reason", "quote", "title", "publisher", "published",
    "url",
)  # fmt: skip


def to_kml(
    reports: Sequence[EventReport], store: GeometrySource, *, withheld: Sequence[str] = ()
) -> bytes:
    """Return the events as a KML document that says what was withheld."""
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = _add(root, "Document")
    _add(document, "name", "Dateline events")
    if withheld:
        _add(document, "description", escape(f"Withheld: {'; '.join(withheld)}."))
    features = to_geojson(reports, store)["features"]
    for style in family_styles():
        chosen = [f for f in features if f["geometry"] and _family(f) == style["name"]]
        if chosen:
            _add_style(document, style["name"], style["colour"])
            _add_folder(document, style["label"], chosen)
    unplaced = [feature for feature in features if not feature["geometry"]]
    if unplaced:
        _add_folder(document, "Without a place", unplaced)
    ET.indent(root, space=" ")
    text: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return text + b"\n"


def to_kmz(
    reports: Sequence[EventReport], store: GeometrySource, *, withheld: Sequence[str] = ()
) -> bytes:
    """Return the KML document as a KMZ file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        entry = zipfile.ZipInfo("doc.kml", date_time=_ZIP_TIME)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # Unix, on whatever system it is written
        archive.writestr(entry, to_kml(reports, store, withheld=withheld))
    return data.getvalue()


def _family(feature: dict[str, Any]) -> str:
    return feature["properties"]["family"] or OTHER_FAMILY


def _add_folder(document: ET.Element, name: str, features: Sequence[dict[str, Any]]) -> None:
    folder = _add(document, "Folder")
    _add(folder, "name", name)
    for feature in features:
        _add_placemark(folder, feature)


def _add_placemark(folder: ET.Element, feature: dict[str, Any]) -> None:
    facts = feature["properties"]
    mark = _add(folder, "Placemark")
    who = " → ".join(filter(None, (", ".join(facts["source"]), ", ".join(facts["target"]))))
    _add(mark, "name", ": ".join(filter(None, (facts["type_label"], who))))
    _add(mark, "description", _description(facts))
    if facts["earliest"]:
        span = _add(mark, "TimeSpan")
        _add(span, "begin", facts["earliest"])
        _add(span, "end", facts["latest"])
    if feature["geometry"]:
        _add(mark, "styleUrl", f"#{_family(feature)}")
    extended = _add(mark, "ExtendedData")
    for name in _FACTS:
        value = facts[name]
        if value not in (None, []):
            text = "; ".join(value) if isinstance(value, list) else str(value)
            _add(_add(extended, "Data", name=name), "value", text)
    if feature["geometry"]:
        _add_geometry(mark, feature["geometry"])


def _description(facts: dict[str, Any]) -> str:
    where = f"{facts['place']} ({facts['precision_label']})" if facts["place"] else None
    by = ", ".join(filter(None, (facts["title"], facts["publisher"], facts["published"])))
    lines = (facts["when"], where, f"“{facts['quote']}”", by)
    return "<br>".join(escape(line) for line in lines if line)


def _add_geometry(parent: ET.Element, geometry: dict[str, Any]) -> None:
    kind, positions = geometry["type"], geometry["coordinates"]
    if kind == "Point":
        _add(_add(parent, "Point"), "coordinates", _line([positions]))
        return
    several = _add(parent, "MultiGeometry")
    for part in positions:
        if kind == "MultiLineString":
            line = _add(several, "LineString")
            _add(line, "tessellate", "1")
            _add(line, "coordinates", _line(part))
            continue
        polygon = _add(several, "Polygon")
        for number, ring in enumerate(part):
            edge = _add(polygon, "innerBoundaryIs" if number else "outerBoundaryIs")
            _add(_add(edge, "LinearRing"), "coordinates", _line(ring))


def _line(positions: Sequence[Sequence[float]]) -> str:
    return " ".join(f"{lon},{lat}" for lon, lat in positions)


def _add_style(document: ET.Element, name: str, colour: str) -> None:
    style = _add(document, "Style", id=name)
    red, green, blue = colour[1:3], colour[3:5], colour[5:7]
    for kind, opacity in (("IconStyle", "ff"), ("LineStyle", "ff"), ("PolyStyle", "40")):
        _add(_add(style, kind), "color", f"{opacity}{blue}{green}{red}")


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    if text is not None:
        element.text = "".join(filter(_is_xml, text))
    return element


def _is_xml(letter: str) -> bool:
    """Say whether XML 1.0 allows the character."""
    return letter in "\t\n\r" or (
        letter >= " " and not "\ud800" <= letter <= "\udfff" and letter not in "\ufffe\uffff"
    )
