"""The app that `streamlit run dashboard/app.py` serves: the screen, and what the map asks for."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dashboard.errors import DatelineError
from dashboard.map_routes import map_routes
from dashboard.ui import session
from dashboard.ui.web import ROUTES, Embedded

# The page's own connection refuses other host names; so do the routes, or a page of another
# site that points its name at this computer could read the events.
_HOSTS = Middleware(
    TrustedHostMiddleware, allowed_hosts=st.get_option("server.allowedHosts") or ["*"]
)


def _warm_up() -> None:
    """Load what the first visit needs while its browser still fetches the page.

    Not the map's component: it makes itself known to a server that must be there before.
    """
    import_module("dashboard.event_map")
    with suppress(DatelineError):  # the page itself says what is wrong
        session.event_store().columns()


Thread(target=_warm_up, daemon=True).start()

app = st.App(
    Path(__file__).with_name("screen.py"),
    routes=[*ROUTES, *map_routes(session.event_store, session.place_store)],
    middleware=[_HOSTS, Middleware(Embedded)],
)
