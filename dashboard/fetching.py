"""Getting a page or a feed from the web without becoming a danger to anybody.

Only http and https. A name is resolved once, every address that it has must be a public one,
and the connection goes to that very address; so it is for each redirect. Robots.txt is kept,
a host is asked at most once in a while, and size, time and redirects are bounded. No cookie is
kept and nothing that is fetched is run.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit
from urllib.robotparser import RobotFileParser

from dashboard.errors import FetchError, OfflineError

if TYPE_CHECKING:
    from urllib3 import BaseHTTPResponse

OFFLINE = "DATELINE_OFFLINE"
"""Set to 1, nothing is fetched at all."""

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
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def fetch(self, url: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return what is at `url`; with what the last answer said, only if it is new.

        Raises: OfflineError when fetching is switched off; FetchError with the reason.
        """
        if os.environ.get(OFFLINE, "").strip() not in {"", "0"}:
            raise OfflineError(url)
        asked = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in asked.items() if value}
        deadline = self.clock() + self.total_seconds
        here = url
        for _ in range(MAX_REDIRECTS + 1):
            parts = _checked(url, here)
            self._keep_robots(url, parts, deadline)
            self._wait_for_turn(url, parts, deadline)
            response = self._request(url, parts, headers)
            try:
                if response.status in {301, 302, 303, 307, 308} and response.headers.get(
                    "Location"
                ):
                    here = urljoin(here, response.headers["Location"])
                    continue
                return self._answer(url, here, response, deadline)
            finally:
                response.close()
        raise FetchError(url, f"it redirects more than {MAX_REDIRECTS} times")

    def _answer(self, url: str, here: str, response: BaseHTTPResponse, deadline: float) -> Fetched:
        is_unchanged = response.status == 304
        if response.status != 200 and not is_unchanged:
            raise FetchError(url, f"the server answers {response.status} {response.reason or ''}")
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
        from urllib3.exceptions import HTTPError

        parts, size = [], 0
        try:
            # What is unpacked counts, not what comes over the wire.
            for chunk in response.stream(_CHUNK, decode_content=True):
                size += len(chunk)
                if size > most:
                    raise FetchError(url, f"it is larger than {most:,} bytes")
                if self.clock() > deadline:
                    raise FetchError(url, f"it took longer than {self.total_seconds:.0f} seconds")
                parts.append(chunk)
        except (HTTPError, OSError) as error:
            raise FetchError(url, f"the connection broke ({error})") from error
        return b"".join(parts)

    def _request(self, url: str, parts: SplitResult, headers: dict[str, str]) -> BaseHTTPResponse:
        from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, Timeout
        from urllib3.exceptions import HTTPError

        host = parts.hostname or ""
        port = parts.port or _PORTS[parts.scheme]
        address = self._address(url, host, port)
        timeout = Timeout(connect=CONNECT_SECONDS, read=CONNECT_SECONDS)
        pool: HTTPConnectionPool
        if parts.scheme == "https":
            # The connection goes to the address that was looked at; the certificate is the name's.
            pool = HTTPSConnectionPool(
                address, port, timeout=timeout, server_hostname=host, assert_hostname=host
            )
        else:
            pool = HTTPConnectionPool(address, port, timeout=timeout)
        sent = {
            **headers,
            "Host": parts.netloc.rpartition("@")[2],
            "User-Agent": user_agent(),
            "Accept-Encoding": "gzip, deflate",
        }
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        try:
            return pool.urlopen(
                "GET", path, headers=sent, redirect=False, retries=False, preload_content=False
            )
        except (HTTPError, OSError) as error:
            raise FetchError(url, f"it cannot be reached ({error})") from error

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
            known = self._robots.get(site)
        if known:
            return known
        rules = RobotFileParser()
        rules.parse(self._robots_text(url, urlsplit(f"{site}/robots.txt"), deadline).splitlines())
        with self._lock:
            return self._robots.setdefault(site, rules)

    def _robots_text(self, url: str, where: SplitResult, deadline: float) -> str:
        """Return the rules: where there are none all may be read, of a broken server nothing."""
        response = self._request(url, where, {})
        try:
            if response.status >= 500:
                return "User-agent: *\nDisallow: /"
            if response.status != 200:
                return ""
            data = self._body(url, response, deadline, MAX_ROBOTS_BYTES)
        finally:
            response.close()
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


def _checked(url: str, here: str) -> SplitResult:
    try:
        parts = urlsplit(here)
        port = parts.port
    except ValueError as error:
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
