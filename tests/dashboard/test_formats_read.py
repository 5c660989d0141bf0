"""Each format that news comes in, written here and read back."""

import gzip
import io
import json
import zipfile
from datetime import date
from email.message import EmailMessage

import docx
import pytest
from pypdf import PdfWriter

from dashboard.errors import UnreadableInputError
from dashboard.readers import collections as archives
from dashboard.readers import read_article
from dashboard.readers.collections import is_collection, parts_of

SENTENCE = "Soldiers fired on a convoy near Ormara on Monday, officials said."
PAGE = f"""<!doctype html><html><head><title>Convoy attacked</title>
<meta property="article:published_time" content="2019-04-18"></head><body><article>
<h1>Convoy attacked</h1><p>{SENTENCE} The province has seen such attacks for years.</p>
<p>Nobody took responsibility. The government promised an inquiry into the attack.</p>
</article></body></html>"""


def pdf(text, **about):
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode() if text else b""
    fonts = b"/Resources << /Font << /F1 5 0 R >> >>"
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R %b >>" % fonts,
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, part in enumerate(parts, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, part))
    start = out.tell()
    out.write(
        b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    )
    out.write(b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % start)
    writer = PdfWriter(clone_from=io.BytesIO(out.getvalue()))
    writer.add_metadata(about.get("metadata", {}))
    if "password" in about:
        writer.encrypt(about["password"], algorithm="RC4-128")
    done = io.BytesIO()
    writer.write(done)
    return done.getvalue()


def word(*paragraphs, **about):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Killed", "14"
    for key, value in about.items():
        setattr(document.core_properties, key, value)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def mail(body, subtype="plain"):
    message = EmailMessage()
    message["Subject"] = "Convoy attacked"
    message["From"] = "Morning Desk <desk@news.example>"
    message["Date"] = "Thu, 18 Apr 2019 10:00:00 +0500"
    message["Message-ID"] = "<1@news.example>"
    message.set_content(body, subtype=subtype)
    return bytes(message)


def mhtml():
    return (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://news.example/convoy\r\n"
        "Subject: Convoy\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
        f"Content-Location: https://news.example/convoy\r\n\r\n{PAGE}\r\n--b--\r\n"
    ).encode()


def warc(*pages):
    records = []
    for url, page in pages:
        body = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2019-04-18T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(body)}"
        )
        records.append(gzip.compress(head.encode() + b"\r\n\r\n" + body + b"\r\n\r\n"))
    return b"".join(records)


def zipped(files, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def articles(name, data):
    return [read_article(p.name, p.read(), url=p.url) for p in parts_of(name, io.BytesIO(data))]


def test_a_pdf_gives_its_text_title_and_its_own_day():
    data = pdf(SENTENCE, metadata={"/Title": "Convoy", "/CreationDate": "D:20190418100000Z"})
    article = read_article("report.pdf", data)
    assert SENTENCE in article.text
    assert (article.title, article.published) == ("Convoy", date(2019, 4, 18))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (pdf(SENTENCE, password="x"), "locked with a password"),
        (pdf(""), "OCR"),
        (b"%PDF-1.4\nnothing", "broken"),
    ],
)
def test_a_pdf_that_cannot_be_read_says_what_to_do(data, words):
    with pytest.raises(UnreadableInputError, match=words):
        read_article("report.pdf", data)


def test_a_word_document_gives_paragraphs_and_tables_in_order():
    article = read_article("report.docx", word("Convoy attacked", SENTENCE, title="The convoy"))
    assert article.title == "The convoy"
    assert article.text.index(SENTENCE) < article.text.index("Killed\t14")


def test_markdown_loses_its_marks_and_gives_its_front_matter():
    text = '---\ntitle: "Convoy"\ndate: 2019-04-18\n---\n# Attack\n\n**Soldiers** in [Ormara](x).\n'
    article = read_article("a.md", text.encode())
    assert (article.title, article.published) == ("Convoy", date(2019, 4, 18))
    assert article.text == "Attack\n\nSoldiers in Ormara."


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_a_mail_gives_subject_sender_and_day(subtype):
    article = read_article("a.eml", mail(PAGE if subtype == "html" else SENTENCE, subtype))
    assert (article.title, article.source) == ("Convoy attacked", "Morning Desk")
    assert article.published == date(2019, 4, 18)
    assert SENTENCE in article.text


def test_a_saved_page_knows_its_address():
    article = read_article("a.mhtml", mhtml())
    assert SENTENCE in article.text
    assert (article.url, article.title) == ("https://news.example/convoy", "Convoy attacked")


def test_a_saved_page_that_names_its_encoding_only_within_is_read_in_it():
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">', 1)
    page = page.replace("</article>", "<p>The café of the port stayed shut.</p></article>")
    data = mhtml().replace(b"; charset=utf-8", b"").replace(PAGE.encode(), page.encode("cp1252"))
    article = read_article("a.mhtml", data)
    assert "The café of the port" in article.text
    assert article.author == read_article("a.html", page.encode("cp1252")).author


def test_a_mail_that_names_no_encoding_or_a_wrong_one_is_read_as_a_file_is():
    text = "Рабочие порта закончили забастовку вчера вечером, сказал министр."
    for named in ("", "; charset=us-ascii", "; charset=no-such"):
        head = f"Subject: Port\nMIME-Version: 1.0\nContent-Type: text/plain{named}\n"
        data = f"{head}Content-Transfer-Encoding: 8bit\n\n".encode() + text.encode("cp1251")
        assert read_article("a.eml", data).text == text


def test_an_archive_gives_every_document_of_every_kind():
    data = zipped(
        {
            "a.html": PAGE,
            "in/b.txt": f"Title: B\n\n{SENTENCE} B.",
            "in/c.docx": word(f"{SENTENCE} C."),
            "more.zip": zipped({"d.txt": f"{SENTENCE} D."}),
            "__MACOSX/._a.html": b"junk",
        }
    )
    assert is_collection("news.zip", data[:4])
    found = articles("news.zip", data)
    assert [a.title for a in found][:2] == ["Convoy attacked", "B"]
    assert len(found) == 4


def test_a_bomb_in_an_archive_is_named_and_the_rest_is_read():
    data = zipped({"bomb.txt": b"a " * 5_000_000, "good.txt": SENTENCE})
    bomb, good = parts_of("news.zip", io.BytesIO(data))
    with pytest.raises(UnreadableInputError, match="unpacks to far more"):
        bomb.read()
    assert read_article(good.name, good.read()).text == SENTENCE


def test_archives_nested_too_deeply_are_not_opened():
    deepest = zipped({"c.zip": zipped({"d.txt": SENTENCE})})
    [part] = parts_of("a.zip", io.BytesIO(zipped({"b.zip": deepest})))
    with pytest.raises(UnreadableInputError, match="archive in an archive"):
        part.read()


def test_an_archive_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(archives, "MAX_ENTRIES", 1)
    with pytest.raises(UnreadableInputError, match="it holds 2 files"):
        list(parts_of("a.zip", io.BytesIO(zipped({"a.txt": b"x", "b.txt": b"y"}))))


def test_json_lines_and_their_bad_lines():
    lines = [
        json.dumps(
            {
                "headline": "Convoy",
                "body": SENTENCE,
                "date": "2019-04-18",
                "url": "https://x.example/1",
            }
        ),
        "no json",
        json.dumps({"title": "no text"}),
    ]
    good, broken, empty = parts_of("a.jsonl", io.BytesIO("\n".join(lines).encode()))
    article = read_article(good.name, good.read())
    assert (article.title, article.published) == ("Convoy", date(2019, 4, 18))
    assert article.url == "https://x.example/1"
    for part, words in ((broken, "line 2: not JSON"), (empty, "line 3: none of")):
        with pytest.raises(UnreadableInputError, match=words):
            part.read()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_with_a_text_column_in_any_encoding(encoding):
    text = f"Title;Publish;Text\nGefecht;;Kämpfe in Córdoba. {SENTENCE}\n"
    [article] = articles("a.csv", text.encode(encoding))
    assert article.text == f"Kämpfe in Córdoba. {SENTENCE}"


def test_a_table_without_a_text_column_says_which_names_are_known():
    with pytest.raises(UnreadableInputError, match="dateline import"):
        list(parts_of("a.csv", io.BytesIO(b"event_id,actor1\n1,2\n")))


def test_web_archives_give_their_pages_with_their_addresses():
    data = warc(("https://news.example/1", PAGE), ("https://news.example/2", PAGE))
    found = articles("crawl.warc.gz", data)
    assert [a.url for a in found] == ["https://news.example/1", "https://news.example/2"]
    packed = zipped({"archive/data.warc.gz": data, "pages/pages.jsonl": "{}"})
    assert len(articles("crawl.wacz", packed)) == 2


@pytest.mark.parametrize("name", ["a.zip", "a.warc.gz"])
def test_a_broken_collection_is_refused(name):
    with pytest.raises(UnreadableInputError, match="broken"):
        list(parts_of(name, io.BytesIO(b"PK\x03\x04 nothing of the kind")))
