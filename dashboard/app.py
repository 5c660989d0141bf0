"""The app that `streamlit run dashboard/app.py` serves: the screen, and what the map asks for.

Only what a server needs is loaded before it answers; all else is loaded while the browser
fetches the page.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Route

from dashboard.errors import DatelineError
from dashboard.serving import answer_at_once
from dashboard.ui.loading import LOADING
from dashboard.ui.map_turn import ANSWERS
from dashboard.ui.web import ROUTES, Embedded
from gazetteer.errors import GazetteerError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

# The page's own connection refuses other host names; so do the routes, or a page of another
# site that points its name at this computer could read the events.
_HOSTS = Middleware(
    TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"]
)

_FIRST_ZOOM = 2.0
_FIRST_VISIT = ("dashboard.map_routes", "dashboard.ui.pages")


@asynccontextmanager
async def _started(_app: st.App) -> AsyncIterator[None]:
    answer_at_once()
    Thread(target=_warm_up, daemon=True).start()
    yield


def _warm_up() -> None:
    """Load and count what the first visit needs, and leave it out of later garbage collections.

    Streamlit collects garbage after each run of a page, which took three times as long as the
    run itself while it went through every module again.
    """
    gc.disable()
    try:
        with LOADING:
            for name in _FIRST_VISIT:
                import_module(name)
            from dashboard.facets import Facets
            from dashboard.filters import EventFilter
            from dashboard.map_data import MapData
            from dashboard.ui import session
            from gazetteer.places import BoundingBox

        with suppress(DatelineError, GazetteerError):  # the page itself says what is wrong
            store = session.event_store()
            Facets(store=store, wanted=EventFilter()).coverage()
            world = BoundingBox(south=-90, west=-180, north=90, east=180)
            at_first = MapData(store=store, places=session.place_store())
            at_first.marks(EventFilter(), bounds=world, zoom=_FIRST_ZOOM)
        gc.freeze()
    finally:
        gc.enable()


def _map(request: Request) -> Response:
    with LOADING:
        from dashboard.map_routes import map_answer
        from dashboard.ui import session

    answer = map_answer(request, events=session.event_store(), places=session.place_store())
    ANSWERS.add()
    return answer


app = st.App(
    Path(__file__).with_name("screen.py"),
    routes=[*ROUTES, Route("/map/{asked}", _map)],
    lifespan=_started,
    middleware=[_HOSTS, Middleware(Embedded)],
)
