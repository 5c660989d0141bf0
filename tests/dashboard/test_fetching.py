"""Fetching, against real servers on this computer and against addresses that must not be asked."""

import gzip
import socket
import socketserver
import ssl
import threading
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from dashboard.errors import FetchError, OfflineError, UnreadableInputError
from dashboard.feeds import is_feed, read_feed
from dashboard.fetching import ROBOTS_SECONDS, Fetcher, is_public, user_agent

CERTIFICATE = Path(__file__).parents[1] / "tls" / "news.example.pem"


@contextmanager
def serving(pages, *, certificate=None):
    """Serve `pages`: path -> (status, headers, body), and give the address and what was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, dict(self.headers)))
            status, headers, body = pages.get(self.path, (404, {}, b""))
            if callable(body):
                status, headers, body = body(dict(self.headers))
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # a client that turns away is what is tested
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def local(**more):
    return Fetcher(allows_loopback=True, seconds_between=0.0, **more)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "0.0.0.0",
        "100.64.0.1", "224.0.0.1", "255.255.255.255", "198.18.0.1", "::1", "::", "fe80::1",
        "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2001:0:1::1", "fec0::1",
        "fe80::1%eth0",
    ],
)  # fmt: skip
def test_no_address_that_is_not_public_is_asked(address):
    assert not is_public(address)
    fetcher = Fetcher(resolver=lambda *_: ["93.184.216.34", address])
    with pytest.raises(FetchError, match="not a public address"):
        fetcher.fetch("http://rebinding.example/")


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:8.8.8.8"])
def test_public_addresses_are(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://news.example/a", "gopher://x/", "javascript:alert(1)",
     "http://", "news.example/a", "http://user:secret@news.example/", "http://[::1", "//x/y"],
)  # fmt: skip
def test_only_plain_web_addresses_are_fetched(url):
    with pytest.raises(FetchError):
        local().fetch(url)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]"])
def test_this_computer_is_refused_under_every_name(host):
    with pytest.raises(FetchError, match=r"not a public address|no host|cannot be reached"):
        Fetcher().fetch(f"http://{host}:9/")


def test_a_page_comes_with_an_honest_agent_and_without_cookies():
    page = (200, {"Content-Type": "text/html", "Set-Cookie": "id=1", "ETag": '"v1"'}, b"<p>news")
    with serving({"/a?b=1": page}) as (base, asked):
        fetcher = local()
        found = fetcher.fetch(f"{base}/a?b=1")
        fetcher.fetch(f"{base}/a?b=1")
    assert (found.data, found.content_type, found.etag) == (b"<p>news", "text/html", '"v1"')
    assert [path for path, _ in asked] == ["/robots.txt", "/a?b=1", "/a?b=1"]
    assert all(headers["User-Agent"] == user_agent() for _, headers in asked)
    assert not any("Cookie" in headers for _, headers in asked)


def test_the_connection_goes_to_the_address_that_was_looked_at():
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    with serving({"/": (200, {}, b"here")}) as (base, asked):
        port = base.rpartition(":")[2]
        fetcher = local(resolver=lambda *_: next(answers))
        assert fetcher.fetch(f"http://news.example:{port}/").data == b"here"
    assert asked[-1][1]["Host"] == f"news.example:{port}"


def test_addresses_in_any_letters_are_asked_as_servers_know_them():
    pages = {"/%D8%AE%D8%A8%D8%B1%20a?q=%C3%A9": (200, {}, b"here")}
    with serving(pages) as (base, asked):
        port = base.rpartition(":")[2]
        fetcher = local(resolver=lambda *_: ["127.0.0.1"])
        assert fetcher.fetch(f" http://bücher.example:{port}/خبر a?q=é ").data == b"here"
    assert asked[-1][1]["Host"] == f"xn--bcher-kva.example:{port}"


def test_a_certificate_must_be_for_the_name_though_the_address_is_asked(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    with serving({"/": (200, {}, b"here")}, certificate=CERTIFICATE) as (base, _asked):
        port = base.rpartition(":")[2]
        fetcher = local(resolver=lambda *_: ["127.0.0.1"])
        assert fetcher.fetch(f"https://news.example:{port}/").data == b"here"
        with pytest.raises(FetchError, match="cannot be reached"):
            fetcher.fetch(f"https://other.example:{port}/")
    monkeypatch.delenv("SSL_CERT_FILE")
    with serving({"/": (200, {}, b"here")}, certificate=CERTIFICATE) as (base, _asked):
        port = base.rpartition(":")[2]
        with pytest.raises(FetchError, match="cannot be reached"):
            local(resolver=lambda *_: ["127.0.0.1"]).fetch(f"https://news.example:{port}/")


def test_a_redirect_to_a_forbidden_address_is_not_followed():
    target = {"Location": "http://intranet.example/secret"}
    names = {"127.0.0.1": ["127.0.0.1"], "intranet.example": ["192.168.0.1"]}
    with serving({"/": (302, target, b"")}) as (base, _asked):
        fetcher = local(resolver=lambda host, _port: names[host])
        with pytest.raises(FetchError, match=r"192\.168\.0\.1"):
            fetcher.fetch(f"{base}/")


def test_redirects_are_followed_and_bounded():
    pages = {"/a": (301, {"Location": "/b"}, b""), "/b": (200, {}, b"there")}
    pages["/round"] = (302, {"Location": "/round"}, b"")
    with serving(pages) as (base, _asked):
        assert local().fetch(f"{base}/a").url == f"{base}/b"
        with pytest.raises(FetchError, match="redirects more than"):
            local().fetch(f"{base}/round")


def test_what_is_too_large_is_cut_off_also_when_it_is_packed():
    packed = gzip.compress(b"0" * 5_000_000)
    pages = {
        "/plain": (200, {}, b"0" * 200_000),
        "/packed": (200, {"Content-Encoding": "gzip"}, packed),
    }
    with serving(pages) as (base, _asked):
        for path in pages:
            with pytest.raises(FetchError, match="larger than 100,000"):
                local(max_bytes=100_000).fetch(base + path)


def test_what_takes_too_long_is_given_up():
    ticks = iter(range(0, 10_000, 20))
    with serving({"/": (200, {}, b"0" * 500_000)}) as (base, _asked):
        fetcher = local(clock=lambda: float(next(ticks)), sleep=lambda _: None)
        with pytest.raises(FetchError, match="longer than 60 seconds"):
            fetcher.fetch(f"{base}/")


@pytest.mark.parametrize("drop", [b"", b"x"])
@pytest.mark.parametrize("sent", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 200 OK\r\n\r\n<p>half"])
def test_a_server_that_goes_silent_or_drips_is_cut_off_when_the_time_is_over(sent, drop):
    is_over = threading.Event()

    class Silent(socketserver.BaseRequestHandler):
        def handle(self):
            if b"GET /robots.txt" in self.request.recv(65_536):
                self.request.sendall(b"HTTP/1.0 404 Not Found\r\n\r\n")
                return
            self.request.sendall(sent)
            with suppress(OSError):  # until it is cut off
                while not is_over.wait(0.02):
                    self.request.sendall(drop)

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        with pytest.raises(FetchError, match=r"longer than 0\.3 seconds"):
            local(total_seconds=0.3).fetch(f"http://127.0.0.1:{server.server_address[1]}/")
    finally:
        is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def test_rules_that_stand_elsewhere_are_kept_too():
    moved = (301, {"Location": "/rules"}, b"")
    rules = (200, {}, b"User-agent: *\nDisallow: /")
    refused = pytest.raises(FetchError, match=r"robots\.txt")
    with serving({"/robots.txt": moved, "/rules": rules}) as (base, _asked), refused:
        local().fetch(f"{base}/a")


def test_rules_are_read_again_after_a_while():
    now = [0.0]
    pages = {"/robots.txt": (503, {}, b""), "/a": (200, {}, b"a")}
    with serving(pages) as (base, _asked):
        fetcher = local(clock=lambda: now[0])
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(f"{base}/a")
        pages["/robots.txt"] = (404, {}, b"")
        now[0] = ROBOTS_SECONDS
        assert fetcher.fetch(f"{base}/a").data == b"a"


def test_a_server_that_is_busy_says_when_to_come_again():
    busy = (429, {"Retry-After": "40"}, b"")
    refused = pytest.raises(FetchError, match=r"429 .*: try again in 40 seconds")
    with serving({"/a": busy}) as (base, _asked), refused:
        local().fetch(f"{base}/a")


def test_robots_txt_is_kept():
    rules = b"User-agent: *\nDisallow: /private\nCrawl-delay: 3\n"
    waits = []
    with serving({"/robots.txt": (200, {}, rules), "/a": (200, {}, b"a")}) as (base, asked):
        fetcher = local(clock=lambda: 100.0, sleep=waits.append)
        with pytest.raises(FetchError, match=r"robots\.txt"):
            fetcher.fetch(f"{base}/private/a")
        fetcher.fetch(f"{base}/a")
        fetcher.fetch(f"{base}/a")
    assert waits == [3.0]
    assert "/private/a" not in [path for path, _ in asked]


def test_a_server_whose_rules_are_broken_is_left_alone():
    pages = {"/robots.txt": (503, {}, b""), "/a": (200, {}, b"a")}
    refused = pytest.raises(FetchError, match=r"robots\.txt")
    with serving(pages) as (base, _asked), refused:
        local().fetch(f"{base}/a")


def test_one_switch_turns_all_fetching_off(monkeypatch):
    monkeypatch.setenv("DATELINE_OFFLINE", "1")
    refused = pytest.raises(OfflineError, match="switched off")
    with serving({"/": (200, {}, b"")}) as (base, asked), refused:
        local().fetch(f"{base}/")
    assert asked == []


def test_a_feed_is_asked_only_for_what_is_new():
    def page(headers):
        if headers.get("If-None-Match") == '"v1"':
            return 304, {"ETag": '"v1"'}, b""
        return 200, {"ETag": '"v1"'}, b"<rss/>"

    with serving({"/feed": (0, {}, page)}) as (base, _asked):
        first = local().fetch(f"{base}/feed")
        second = local().fetch(f"{base}/feed", etag=first.etag)
    assert not first.is_unchanged
    assert second.is_unchanged


@pytest.mark.parametrize(
    "text",
    [
        """<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title><item>
        <title>Convoy</title><link>https://news.example/1</link>
        <pubDate>Thu, 18 Apr 2019 22:00:00 +0000</pubDate></item></channel></rss>""",
        """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>
        <entry><title>Convoy</title><link href="https://news.example/1"/>
        <updated>2019-04-18T22:00:00Z</updated></entry></feed>""",
    ],
)
def test_feeds_of_both_kinds_give_their_entries(text):
    assert is_feed(text.encode())
    feed = read_feed("feed", text.encode())
    [entry] = feed.entries
    assert (feed.title, entry.title, entry.url) == ("Desk", "Convoy", "https://news.example/1")
    assert entry.published.isoformat() == "2019-04-18"


def test_a_feed_says_where_its_links_start_and_who_wrote():
    text = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title><entry><title>Convoy
    </title><author><name>A. Writer</name></author><link href="/1"/></entry></feed>"""
    [entry] = read_feed("https://news.example/feed", text.encode(), "application/atom+xml").entries
    assert (entry.url, entry.author) == ("https://news.example/1", "A. Writer")


def test_an_entry_without_an_address_is_its_description():
    text = """<rss version="2.0"><channel><item><title>Brief</title>
    <description>Gunmen killed two.</description></item></channel></rss>"""
    [entry] = read_feed("feed", text.encode()).entries
    assert (entry.url, entry.content) == (None, "Gunmen killed two.")


def test_a_broken_feed_is_told_and_an_empty_one_is_not_broken():
    with pytest.raises(UnreadableInputError, match="broken"):
        read_feed("feed", b"<rss>garbage")
    empty = b'<rss version="2.0"><channel><title>Desk</title></channel></rss>'
    assert read_feed("feed", empty).entries == ()


def test_a_server_that_is_not_there_is_told_in_the_systems_words():
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(FetchError, match=r"cannot be reached \(Connection refused\)$"):
            local().fetch(f"http://127.0.0.1:{taken.getsockname()[1]}/")
