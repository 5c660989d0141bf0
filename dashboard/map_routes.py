"""What the map's script may ask the app's server for: see `dashboard.map_data`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import Route

from dashboard.filters import EventFilter
from dashboard.map_data import MapData
from gazetteer.places import BoundingBox

if TYPE_CHECKING:
    from starlette.requests import Request

    from dashboard.store import EventStore
    from gazetteer.store import PlaceStore

_MOST_KEYS = 50


def map_routes(events: Callable[[], EventStore], places: Callable[[], PlaceStore]) -> list[Route]:
    """Return the routes under `/map/`; the two functions give the process's stores."""

    def data() -> MapData:
        return MapData(store=events(), places=places())

    def answered(make: Callable[[Request], Any]) -> Callable[[Request], JSONResponse]:
        def answer(request: Request) -> JSONResponse:
            try:
                return JSONResponse(make(request), headers={"Cache-Control": "no-store"})
            except (ValueError, KeyError):
                return JSONResponse(
                    {"error": "a value is missing or not understood"}, status_code=400
                )

        return answer

    def marks(request: Request) -> object:
        query = request.query_params
        south, west, north, east = map(float, query["bounds"].split(","))
        bounds = BoundingBox(south=south, west=west, north=north, east=east)
        zoom = float(query["level"])
        return data().marks(_filter(request), bounds=bounds, zoom=zoom)

    def at(request: Request) -> object:
        query = request.query_params
        return data().events(
            _filter(request),
            keys=query.getlist("key")[:_MOST_KEYS],
            cells=[_cell(text) for text in query.getlist("cell")[:_MOST_KEYS]],
            page=max(0, int(query.get("page", "0"))),
            first=query.get("first"),
        )

    def one(request: Request) -> object:
        return data().event(request.query_params["id"])

    def outlines(request: Request) -> object:
        keys = request.query_params["keys"].split("|")[:_MOST_KEYS]
        return data().shapes(keys)

    asked = {"marks": marks, "events": at, "event": one, "shapes": outlines}
    return [Route(f"/map/{name}", answered(make)) for name, make in asked.items()]


def _filter(request: Request) -> EventFilter:
    return EventFilter.from_query(dict(request.query_params))[0]


def _cell(text: str) -> tuple[int, int]:
    cell, level = text.split("/")
    return int(cell), min(24, max(0, int(level)))
