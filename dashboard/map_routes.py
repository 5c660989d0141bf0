"""What the map's script may ask the app's server for: see `dashboard.map_data`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse

from dashboard.filters import EventFilter
from dashboard.layers import family_styles
from dashboard.map_data import Cell, MapData
from dashboard.mention_map import MentionMap
from dashboard.ontology import event_types
from dashboard.regions import LAST, LEVELS, Regions, country_names
from dashboard.timeline import STEPS, busy_steps, timeline_of
from gazetteer.places import BoundingBox

if TYPE_CHECKING:
    from starlette.requests import Request

    from dashboard.store import EventStore
    from gazetteer.store import PlaceStore

_MOST_KEYS = 50
_MOST_OUTLINES = 100


def map_answer(request: Request, *, events: EventStore, places: PlaceStore) -> JSONResponse:
    """Answer what a request asks for by its path's last part, `asked`.

    Status 400 when a value is missing or not understood, 404 when nothing answers to that name.
    """
    answer = _ANSWERS.get(request.path_params["asked"])
    if answer is None:
        return JSONResponse({"error": "nothing answers to this name"}, status_code=404)
    try:
        found = answer(_Answers(events, places), request)
    except (ValueError, KeyError):
        return JSONResponse({"error": "a value is missing or not understood"}, status_code=400)
    return JSONResponse(found, headers={"Cache-Control": "no-store"})


@dataclass(frozen=True, slots=True)
class _Answers:
    """One answer a method, asked for by its name."""

    store: EventStore
    places: PlaceStore

    def marks(self, request: Request) -> object:
        return self._data().marks(_filter(request), bounds=_bounds(request), zoom=_zoom(request))

    def datasets(self, request: Request) -> object:
        return self._data().datasets(_filter(request), bounds=_bounds(request), zoom=_zoom(request))

    def heat(self, request: Request) -> object:
        return self._data().heat(_filter(request), bounds=_bounds(request), zoom=_zoom(request))

    def mentions(self, request: Request) -> object:
        return self._mentioned().marks(
            _filter(request), bounds=_bounds(request), zoom=_zoom(request)
        )

    def naming(self, request: Request) -> object:
        keys, cells = _spots(request)
        return self._mentioned().naming(_filter(request), keys=keys, cells=cells)

    def regions(self, request: Request) -> object:
        query = request.query_params
        return self._regions().events(
            _filter(request),
            level=_level(query["of"]),
            measure=_measure(query.get("measure", "events")),
            bounds=_bounds(request),
        )

    def outlines(self, request: Request) -> object:
        return self._regions().outlines(request.query_params["ids"].split("|")[:_MOST_OUTLINES])

    def names(self, _request: Request) -> object:
        return {
            "countries": country_names(),
            "types": {name: known.label for name, known in event_types().items()},
            "families": family_styles(),
        }

    def events(self, request: Request) -> object:
        query = request.query_params
        keys, cells = _spots(request)
        level, _, region = query.get("region", "").partition(" ")
        return self._data().events(
            _filter(request),
            keys=keys,
            cells=cells,
            apart=query.getlist("apart")[:_MOST_KEYS],
            also=self._regions().marks_in(_level(level), region) if region else (),
            page=max(0, int(query.get("page", "0"))),
            first=query.get("first"),
        )

    def event(self, request: Request) -> object:
        return self._data().event(request.query_params["id"])

    def shapes(self, request: Request) -> object:
        return self._data().shapes(request.query_params["keys"].split("|")[:_MOST_KEYS])

    def timeline(self, request: Request) -> object:
        return timeline_of(self.store, _filter(request)).to_json()

    def busy(self, request: Request) -> object:
        step = request.query_params["step"]
        if step not in STEPS:
            raise ValueError(step)
        return busy_steps(self.store, _filter(request), step=step)

    def _data(self) -> MapData:
        return MapData(store=self.store, places=self.places)

    def _regions(self) -> Regions:
        return Regions(store=self.store, places=self.places)

    def _mentioned(self) -> MentionMap:
        return MentionMap(store=self.store, places=self.places)


_ANSWERS = {
    answer.__name__: answer
    for answer in (
        _Answers.marks,
        _Answers.events,
        _Answers.event,
        _Answers.shapes,
        _Answers.timeline,
        _Answers.busy,
        _Answers.heat,
        _Answers.datasets,
        _Answers.mentions,
        _Answers.naming,
        _Answers.regions,
        _Answers.outlines,
        _Answers.names,
    )
}


def _filter(request: Request) -> EventFilter:
    return EventFilter.from_query(dict(request.query_params))[0]


def _cell(text: str) -> Cell:
    cell, level, *kind = text.split("/")
    return Cell(int(cell), min(24, max(0, int(level))), is_badge=kind == ["badge"])


def _bounds(request: Request) -> BoundingBox:
    south, west, north, east = map(float, request.query_params["bounds"].split(","))
    return BoundingBox(south=south, west=west, north=north, east=east)


def _zoom(request: Request) -> float:
    return float(request.query_params["level"])


def _spots(request: Request) -> tuple[list[str], list[Cell]]:
    query = request.query_params
    return query.getlist("key")[:_MOST_KEYS], [
        _cell(text) for text in query.getlist("cell")[:_MOST_KEYS]
    ]


def _level(text: str) -> str:
    if text not in LEVELS:
        raise ValueError(text)
    return text


def _measure(text: str) -> str:
    if text not in {"events", LAST, *event_types()}:
        raise ValueError(text)
    return text
