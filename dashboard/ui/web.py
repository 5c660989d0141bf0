"""What the app serves beside its screen: the embedded map, and saved snapshots as they are.

What makes them is loaded when the first is asked for: the server is there before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from dashboard.errors import NotStoredError
from dashboard.ui.loading import LOADING

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SAVED: Final = "saved"
"""Path below which a kept snapshot opens by itself: `/saved/HASH.html`."""

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    # Whatever a kept page holds, it stays outside the app's own origin.
    "Content-Security-Policy": "sandbox allow-scripts allow-forms allow-popups "
    "allow-popups-to-escape-sandbox",
}


class Embedded:
    """Answers the screen's address with `?embed=1` by the small read-only page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on what is not asked of the embedded page."""
        if not _asks_for_embedded(scope):
            await self._app(scope, receive, send)
            return
        page = await run_in_threadpool(_embedded, dict(Request(scope).query_params))
        await HTMLResponse(page, headers=_HEADERS)(scope, receive, send)


def _embedded(query: dict[str, str]) -> str:
    with LOADING:
        from dashboard.embedding import embed_html
        from dashboard.ui import session

    return embed_html(query, session.event_store(), session.place_store())


def _asks_for_embedded(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return False
    return (
        scope["path"].rstrip("/") in {"", "/map"}
        and Request(scope).query_params.get("embed") == "1"
    )


def _saved(request: Request) -> HTMLResponse:
    with LOADING:
        from dashboard.ui import session

    try:
        page = session.event_store().snapshots.page(request.path_params["content_hash"])
    except NotStoredError:
        return HTMLResponse("<p>No such snapshot is kept here.", 404, headers=_HEADERS)
    return HTMLResponse(page, headers=_HEADERS)


ROUTES = (Route(f"/{SAVED}/{{content_hash}}.html", _saved),)
