"""Getting a page or a feed from the web without becoming a danger to anybody.

Only http and https. A name is resolved once, every address that it has must be a public one,
and the connection goes to that very address; so it is for each redirect. Robots.txt is kept,
a host is asked at most once in a while, and size, time and redirects are bounded; at the end of
the time the connection is cut, so that a server that drips holds nobody up. No cookie is kept and
nothing that is fetched is run.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from http.client import HTTPException
from importlib.metadata import version
from threading import Event, Lock, Timer
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dashboard.errors import FetchError, OfflineError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse
    from urllib3.connection import HTTPConnection

OFFLINE = "DATELINE_OFFLINE"
"""Set to 1, nothing is fetched at all."""

_ALLOWS = frozenset({"", "0", "no", "off", "false"})

MAX_BYTES = 20_000_000
MAX_REDIRECTS = 5
CONNECT_SECONDS = 10.0
TOTAL_SECONDS = 60.0
SECONDS_BETWEEN = 1.0
"""How long a host is left alone between two requests; robots.txt may ask for more."""

LONGEST_WAIT_SECONDS = 30.0
"""The longest delay that a robots.txt is heeded for; a host that asks for more is not fetched."""

MAX_ROBOTS_BYTES = 500_000
"""RFC 9309: at least so much of a robots.txt is read."""

ROBOTS_SECONDS = 3_600.0
"""How long a robots.txt is taken for the present one; RFC 9309 allows a day."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_COME_AGAIN = frozenset({429, 503})

_PORTS = {"http": 80, "https": 443}
_CHUNK = 65_536
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Resolver = Callable[[str, int], Iterable[str]]
"""From a host's name and a port to its addresses."""


def user_agent() -> str:
    """Return how Dateline presents itself."""
    return f"Dateline/{version('dateline')} (news map; one reader; respects robots.txt)"


def is_public(address: str) -> bool:
    """Say whether an address may be asked: no private, local, reserved or translated one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None:
            return ip.ipv4_mapped is not None and is_public(str(inner))
        if any(ip in network for network in _NAT64) or ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host.

    Raises: OSError when it has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What a server gave."""

    url: str
    """The address after all redirects."""
    data: bytes
    content_type: str
    retrieved_at: datetime
    etag: str | None = None
    modified: str | None = None
    """Its Last-Modified header, to be given back with the next request."""
    is_unchanged: bool = False
    """The server says that nothing is new since `etag` or `modified`; `data` is empty."""


@dataclass(kw_only=True)
class Fetcher:
    """Fetches pages, politely and only from public addresses.

    `allows_loopback` is for tests against a server on this computer.
    """

    allows_loopback: bool = False
    resolver: Resolver = resolve
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    seconds_between: float = SECONDS_BETWEEN
    total_seconds: float = TOTAL_SECONDS
    max_bytes: int = MAX_BYTES
    _next_turn: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, tuple[float, RobotFileParser]] = field(default_factory=dict)
    """Of each site when its rules were read, and these."""
    _lock: Lock = field(default_factory=Lock)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what is at `url`; with what the last answer said, only if it is new.

        Raises: OfflineError when fetching is switched off; FetchError with the reason.
        """
        if os.environ.get(OFFLINE, "").strip().lower() not in _ALLOWS:
            raise OfflineError(url)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        deadline = self.clock() + self.total_seconds

        def before(parts: SplitResult) -> None:
            self._keep_robots(url, parts, deadline)
            self._wait_for_turn(url, parts, deadline)

        with self._arrived(url, url, headers, deadline, before) as (here, response):
            return self._answer(url, here, response, deadline)

    @contextmanager
    def _arrived(
        self,
        url: str,
        here: str,
        headers: dict[str, str],
        deadline: float,
        before: Callable[[SplitResult], None] = lambda _: None,
    ) -> Iterator[tuple[str, BaseHTTPResponse]]:
        """Give the address and the answer where all redirects from `here` end.

        `before` is called before each request.
        """
        for _ in range(MAX_REDIRECTS + 1):
            parts = _checked(url, here)
            before(parts)
            with self._asked(url, parts, headers, deadline) as response:
                moved = response.status in _REDIRECTS and response.headers.get("Location")
                if not moved:
                    yield here, response
                    return
            here = urljoin(here, moved)
        raise FetchError(url, f"it redirects more than {MAX_REDIRECTS} times")

    def _answer(self, url: str, here: str, response: BaseHTTPResponse, deadline: float) -> Fetched:
        is_unchanged = response.status == 304
        if response.status != 200 and not is_unchanged:
            raise FetchError(url, f"the server answers {_status_in_words(response)}")
        return Fetched(
            url=here,
            data=b"" if is_unchanged else self._body(url, response, deadline, self.max_bytes),
            content_type=response.headers.get("Content-Type", ""),
            retrieved_at=datetime.now(UTC),
            etag=response.headers.get("ETag"),
            modified=response.headers.get("Last-Modified"),
            is_unchanged=is_unchanged,
        )

    def _body(self, url: str, response: BaseHTTPResponse, deadline: float, most: int) -> bytes:
        parts, size = [], 0
        # What is unpacked counts, not what comes over the wire.
        for chunk in response.stream(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > most:
                raise FetchError(url, f"it is larger than {most:,} bytes")
            if self.clock() > deadline:
                raise self._too_slow(url)
            parts.append(chunk)
        return b"".join(parts)

    @contextmanager
    def _asked(
        self, url: str, parts: SplitResult, headers: dict[str, str], deadline: float
    ) -> Iterator[BaseHTTPResponse]:
        """Give the answer to one request; at the deadline the connection is cut, come what may."""
        from urllib3.exceptions import HTTPError
        from urllib3.util.ssl_match_hostname import CertificateError

        connection = self._connection(url, parts)
        is_late = Event()
        # The connection lets go of its socket once an answer begins that ends with it.
        sockets: list[socket.socket] = []

        def cut() -> None:
            is_late.set()
            for one in sockets:
                with suppress(OSError):
                    # Not the method of a TLS socket, which would first wait for its reader.
                    socket.socket.shutdown(one, socket.SHUT_RDWR)

        watch = Timer(max(0.0, deadline - self.clock()), cut)
        watch.daemon = True
        watch.start()
        sent = {
            **headers,
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": user_agent(),
            "Accept-Encoding": "gzip, deflate",
        }
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        has_answered = False
        try:
            connection.connect()
            sockets.append(connection.sock)
            if is_late.is_set():
                raise self._too_slow(url)
            connection.request("GET", path, headers=sent, preload_content=False)
            with connection.getresponse() as response:
                has_answered = True
                yield response
        except FetchError:
            raise
        except (HTTPError, HTTPException, CertificateError, OSError) as error:
            if not is_late.is_set():
                happened = "the connection broke" if has_answered else "it cannot be reached"
                # urllib3 names its own objects before what the system said.
                said = str(error).rpartition("[Errno ")[2].partition("] ")[2] or error
                raise FetchError(url, f"{happened} ({said})") from error
        finally:
            watch.cancel()
            connection.close()
        # A body without a stated length ends where it was cut, as if it were whole.
        if is_late.is_set():
            raise self._too_slow(url)

    def _too_slow(self, url: str) -> FetchError:
        return FetchError(url, f"it took longer than {self.total_seconds:g} seconds")

    def _connection(self, url: str, parts: SplitResult) -> HTTPConnection:
        from urllib3.connection import HTTPConnection, HTTPSConnection

        host = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        address = self._address(url, host, port)
        if parts.scheme == "https":
            # The connection goes to the address that was looked at; the certificate is the name's.
            return HTTPSConnection(
                address,
                port,
                timeout=CONNECT_SECONDS,
                server_hostname=host,
                assert_hostname=host,
            )
        return HTTPConnection(address, port, timeout=CONNECT_SECONDS)

    def _address(self, url: str, host: str, port: int) -> str:
        try:
            addresses = list(self.resolver(host, port))
        except (OSError, UnicodeError) as error:
            raise FetchError(url, f"there is no host {host!r}") from error
        for address in addresses:
            is_loopback = ipaddress.ip_address(address.partition("%")[0]).is_loopback
            if not is_public(address) and not (self.allows_loopback and is_loopback):
                raise FetchError(url, f"{host} is at {address}, which is not a public address")
        if not addresses:
            raise FetchError(url, f"there is no host {host!r}")
        return addresses[0]

    def _keep_robots(self, url: str, parts: SplitResult, deadline: float) -> None:
        rules = self._rules_of(url, parts, deadline)
        agent = user_agent()
        if not rules.can_fetch(agent, parts.geturl()):
            raise FetchError(url, f"{parts.hostname} does not let programs read it (robots.txt)")
        delay = rules.crawl_delay(agent)
        if delay and float(delay) > LONGEST_WAIT_SECONDS:
            raise FetchError(url, f"{parts.hostname} wants {delay} seconds between two requests")

    def _rules_of(self, url: str, parts: SplitResult, deadline: float) -> RobotFileParser:
        site = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            read_at, known = self._robots.get(site, (0.0, None))
        if known and self.clock() - read_at < ROBOTS_SECONDS:
            return known
        rules = RobotFileParser()
        rules.parse(self._robots_text(url, f"{site}/robots.txt", deadline).splitlines())
        with self._lock:
            self._robots[site] = (self.clock(), rules)
        return rules

    def _robots_text(self, url: str, where: str, deadline: float) -> str:
        """Return the rules: where there are none all may be read, of a broken server nothing."""
        with self._arrived(url, where, {}, deadline) as (_, response):
            if response.status >= 500:
                return "User-agent: *\nDisallow: /"
            if response.status != 200:
                return ""
            data = self._body(url, response, deadline, MAX_ROBOTS_BYTES)
        return data.decode("utf-8", "replace")

    def _wait_for_turn(self, url: str, parts: SplitResult, deadline: float) -> None:
        delay = self._rules_of(url, parts, deadline).crawl_delay(user_agent()) or 0
        between = max(self.seconds_between, float(delay))
        with self._lock:
            now = self.clock()
            turn = max(now, self._next_turn.get(parts.netloc, 0.0))
            self._next_turn[parts.netloc] = turn + between
        if turn > now:
            self.sleep(turn - now)


def _status_in_words(response: BaseHTTPResponse) -> str:
    words = f"{response.status} {response.reason or ''}".strip()
    wait = response.headers.get("Retry-After", "")
    if response.status in _COME_AGAIN and wait:
        return f"{words}: try again {f'in {wait} seconds' if wait.isdigit() else f'after {wait}'}"
    return words


def _checked(url: str, here: str) -> SplitResult:
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    try:
        # Other letters than ASCII become what servers understand: %D8%A7 in a path, xn-- in a name.
        parts = urlsplit(parse_url(here.strip()).url)
        port = parts.port
    except (ValueError, LocationParseError) as error:
        raise FetchError(url, f"{here[:80]!r} is no web address") from error
    if parts.scheme not in _PORTS or not parts.hostname:
        raise FetchError(url, f"{here[:80]!r} is no web address such as https://...")
    if parts.username or parts.password:
        raise FetchError(url, "addresses with a user name are not fetched")
    if port == 0:
        raise FetchError(url, f"{here[:80]!r} has no usable port")
    return parts


@lru_cache(maxsize=1)
def the_fetcher() -> Fetcher:
    """Return the process's fetcher, which knows when each host was asked last."""
    return Fetcher()
