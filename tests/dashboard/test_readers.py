"""Readers: files of any kind become an article, or a message that says what to do."""

from __future__ import annotations

import codecs
import io
import json
import random
import re
import textwrap
import unicodedata
import zipfile
from datetime import date
from email.message import EmailMessage

import docx
import pytest
from docx.oxml.parser import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from dashboard.articles import LONGEST_TITLE, article_id
from dashboard.errors import UnreadableInputError
from dashboard.proofs import ENCODINGS
from dashboard.readers import MAX_BYTES, read_article
from dashboard.readers.cleaning import clean_line, clean_text, unwrap
from dashboard.readers.collections import is_collection, parts_of
from dashboard.readers.encoding import charset_of
from dashboard.readers.jsonlines import ArticleLine, BadLine, read_json_lines
from dashboard.readers.office import _paragraphs
from dashboard.readers.reading import Sent
from dashboard.readers.text import day_in
from gazetteer.language import MAX_CHARACTERS

BODY = "The envoy of Atlantis arrived in Zürich on Tuesday. He met the mayor, “briefly”."
PARAGRAPHS = (
    "The foreign minister of Atlantis arrived in Tehran on Tuesday for talks on trade, he said.",
    "He called them long and useful, and hoped for another round in his own capital in autumn.",
)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>
<title>Minister visits Tehran | The Daily</title>
<meta property="og:title" content="Minister visits Tehran">
<meta property="og:site_name" content="The Daily">
<link rel="canonical" href="https://daily.example/world/1">
<meta property="article:published_time" content="2020-03-04T10:00:00Z">
<script>alert("in the head")</script><style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article><h1>Minister visits Tehran</h1>
<p>{PARAGRAPHS[0]}</p><script>alert("in the text")</script>
<p onclick="alert(3)">{PARAGRAPHS[1]}</p></article>
<footer>Copyright 2021 The Daily</footer></body></html>"""


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_a_text_is_read_in_whatever_encoding(encoding: str) -> None:
    assert read_article("a.txt", BODY.encode(encoding)).text == BODY


def test_a_page_declares_its_encoding() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-2">').replace("Tuesday", "Łódź")
    assert "Łódź" in read_article("a.html", page.encode("iso-8859-2")).text


def test_a_false_declaration_does_not_garble_valid_utf8() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Tuesday", "Łódź")
    assert "Łódź" in read_article("a.html", page.encode()).text


def test_russian_and_arabic_text_keeps_its_letters() -> None:
    for text, encoding in [
        ("Привет, мир. Это новость из Москвы сегодня.", "cp1251"),
        ("وصل الوزير إلى طهران يوم الثلاثاء لإجراء محادثات حول الحدود", "utf-8"),
    ]:
        assert read_article("a.txt", text.encode(encoding)).text == text


def test_header_lines_say_what_they_say_and_leave_the_text() -> None:
    data = (
        f"title: A visit\nDATE: 4 March 2020\nSource: The Daily\nURL: https://a.example/1\n\n{BODY}"
    )
    article = read_article("a.txt", data.encode())
    assert article.title == "A visit"
    assert article.published == date(2020, 3, 4)
    assert article.source == "The Daily"
    assert article.url == "https://a.example/1"
    assert article.text == BODY
    assert article.article_id == article_id(BODY)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020-03-04", date(2020, 3, 4)),
        ("2020-03-04T23:10:00+02:00", date(2020, 3, 4)),
        ("March 4, 2020", date(2020, 3, 4)),
        ("4 Mar 2020", date(2020, 3, 4)),
        ("2020-13-41", None),
        ("last week", None),
    ],
)
def test_a_date_that_cannot_be_read_is_unknown_and_never_today(
    words: str, day: date | None
) -> None:
    assert read_article("a.txt", f"Date: {words}\n\n{BODY}".encode()).published == day


def test_a_text_without_a_date_has_none() -> None:
    assert read_article("a.txt", BODY.encode()).published is None


def test_without_header_lines_the_first_line_is_the_title_and_stays() -> None:
    article = read_article("a.txt", f"Envoy in Zürich\n\n{BODY}".encode())
    assert article.title == "Envoy in Zürich"
    assert article.text.startswith("Envoy in Zürich\n\nThe envoy")


def test_a_first_line_without_end_is_cut_to_a_title() -> None:
    article = read_article("a.txt", ("word " * 500).encode())
    assert len(article.title) <= LONGEST_TITLE


def test_a_date_line_near_the_top_gives_the_date() -> None:
    article = read_article("a.txt", f"Envoy in Zürich\n\nNov 25, 2019\n\n{BODY}".encode())
    assert article.published == date(2019, 11, 25)


def test_what_the_caller_says_beats_the_file() -> None:
    article = read_article(
        "a.html", PAGE.encode(), published=date(2021, 1, 1), source="Me", url="http://b.example/"
    )
    assert (article.published, article.source, article.url) == (
        date(2021, 1, 1),
        "Me",
        "http://b.example/",
    )


def test_a_page_gives_title_date_site_and_link() -> None:
    article = read_article("a.html", PAGE.encode())
    assert article.title == "Minister visits Tehran"
    assert article.published == date(2020, 3, 4)
    assert article.source == "The Daily"
    assert article.url == "https://daily.example/world/1"


def test_a_page_gives_its_text_without_scripts_markup_and_menus() -> None:
    text = read_article("a.html", PAGE.encode()).text
    assert all(paragraph in text for paragraph in PARAGRAPHS)
    assert not any(word in text for word in ("alert", "Sport", "Copyright", "<", "color"))


def test_a_page_is_known_by_its_beginning_whatever_it_is_called() -> None:
    assert read_article("the pasted text", PAGE.encode()).source == "The Daily"


def test_a_text_that_speaks_of_markup_is_no_page() -> None:
    text = "Use the <html> tag, and then <p>, and close them all in the end."
    assert read_article("a.txt", text.encode()).text == text


def test_a_page_dated_only_by_its_footer_has_no_date() -> None:
    undated = "\n".join(line for line in PAGE.split("\n") if "published_time" not in line)
    assert read_article("a.html", undated.encode()).published is None


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b" \n\t \r\n", "no text"),
        (codecs.BOM_UTF8, "no text"),
        ("\u200b\u202e\ufeff".encode(), "no text"),
        (b"12 345, 678?", "no letters"),
        (b"a" * 1_000_000, "at most 500,000"),
        (b"a" * 5_000, "without a space"),
        (b"x " * (MAX_CHARACTERS // 2 + 1), "at most 500,000"),
        (b"x " * (MAX_BYTES // 2 + 1), "bytes"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"),
        (b"GIF89a\x01\x00", "a GIF picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "a WebP picture"),
        (b"%PDF-1.7\n%\xe2\xe3", "this PDF is broken"),
        (_zip(), "a ZIP archive"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"{\\rtf1\\ansi hello}", "a rich text document"),
        (random.Random(1).randbytes(5_000), "a binary file"),
        (b"<html><body></body></html>", "no article"),
        (b"<!doctype html><script>alert(1)</script>", "no article"),
    ],
)
def test_what_cannot_be_read_is_told_by_name_and_reason(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableInputError, match=words) as caught:
        read_article("my file", data)
    assert str(caught.value).startswith("my file: ")
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//host/path", "file:///etc/passwd", "x y"]
)
def test_a_link_that_is_no_web_address_is_refused_or_dropped(url: str) -> None:
    with pytest.raises(UnreadableInputError, match="not a web address"):
        read_article("a.txt", BODY.encode(), url=url)
    assert read_article("a.txt", f"URL: {url}\n\n{BODY}".encode()).url is None
    hostile = PAGE.replace("https://daily.example/world/1", url)
    assert (read_article("a.html", hostile.encode()).url or "https:").startswith("https:")


def test_invisible_characters_go_and_letters_of_every_script_stay() -> None:
    text = (
        "Te\u00adhr\u200ban\x00 and\u00a0\x07\x1b[31m שלום\u200f \u202eevil\u202c\r\nnext\u2028line"
    )
    assert clean_text(text) == "Tehran and [31m שלום\u200f evil\nnext\nline"


PROSE = "\n\n".join(" ".join((*PARAGRAPHS, BODY)[start:]) for start in range(3))


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_a_text_wrapped_to_a_width_is_joined_again(width: int) -> None:
    wrapped = "\n\n".join(textwrap.fill(part, width) for part in PROSE.split("\n\n"))
    assert wrapped != PROSE
    article = read_article("a.txt", f"Envoy in Zürich\n\n{wrapped}".encode())
    assert article.text == f"Envoy in Zürich\n\n{PROSE}"


@pytest.mark.parametrize(
    "text",
    [
        "Envoy in Zürich\nBy our correspondent\nNov 25, 2019\nZürich, Switzerland\n" + PROSE,
        PROSE.replace("\n\n", "\n"),
        "Envoy in Zürich\nMayor speaks\nBridge opens after years of work and delay\nRain",
    ],
)
def test_line_breaks_that_mean_something_stay(text: str) -> None:
    assert read_article("a.txt", text.encode()).text == text


@given(text=st.text())
def test_unwrapping_only_turns_line_breaks_into_spaces(text: str) -> None:
    text = clean_text(text)
    assert unwrap(text).replace("\n", " ") == text.replace("\n", " ")


@given(text=st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean_text(text)
    assert clean_text(once) == once
    assert clean_line(once) == clean_line(text)
    assert "\n" not in clean_line(text)


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.html"]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_an_article_or_a_message(data: bytes, name: str) -> None:
    try:
        article = read_article(name, data)
    except UnreadableInputError:
        return
    assert article.text == clean_text(article.text)
    assert any(char.isalpha() for char in article.text)
    assert article.title


markup = st.lists(
    st.sampled_from(["<p>", "</p>", "<div", "<html>", "<!--", "-->", "<![CDATA[", "]]>", "&#0;",
                     "&#xD800;", "&amp;", "News of Tehran. ", "<script>", "</script>", "<table>",
                     "<svg/onload=1>", "\0", "\u202e", "<article>", "<?xml encoding='x'?>"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(page=markup)
@settings(max_examples=200, deadline=None)
def test_any_markup_is_an_article_or_a_message(page: str) -> None:
    try:
        read_article("a.html", page.encode())
    except UnreadableInputError:
        return


def lines(*values: object) -> list[bytes]:
    return [value if isinstance(value, bytes) else json.dumps(value).encode() for value in values]


def test_json_lines_keep_the_text_as_it_stands() -> None:
    text = "A\r\n\u00a0visit\x00 \u202e to Tehran. "
    (line,) = read_json_lines(lines({"id": 7, "text": text, "published": "2019-11-25", "x": 1}))
    assert isinstance(line, ArticleLine)
    assert line.article.text == text
    assert line.key == 7
    assert line.article.published == date(2019, 11, 25)


def test_json_lines_take_the_day_from_the_text_when_it_is_not_given() -> None:
    (line,) = read_json_lines(lines({"id": "a", "text": f"Nov 25, 2019\n\n{BODY}"}))
    assert isinstance(line, ArticleLine)
    assert line.article.published == date(2019, 11, 25)


def test_an_empty_text_is_an_article_with_nothing_in_it() -> None:
    (line,) = read_json_lines(lines({"id": "a", "text": ""}))
    assert isinstance(line, ArticleLine)


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (b"{", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[1]", "not a JSON object"),
        (b"[" * 100_000, "not JSON"),
        ({"text": "a"}, '"id"'),
        ({"id": None, "text": "a"}, '"id"'),
        ({"id": True, "text": "a"}, '"id"'),
        ({"id": "a"}, '"text" is missing'),
        ({"id": "a", "text": 5}, '"text" must be text'),
        ({"id": "a", "text": "a", "published": "soon"}, '"published" must be a day'),
        ({"id": "a", "text": "a" * (MAX_CHARACTERS + 1)}, "at most"),
        (b'{"id": "a", "text": "\\ud800"}', "surrogate"),
    ],
)
def test_a_bad_line_is_told_by_number_and_the_rest_goes_on(bad: object, problem: str) -> None:
    good = {"id": "b", "text": BODY}
    found = list(read_json_lines([b"\n", *lines(good, bad, good)]))
    assert [line.number for line in found] == [2, 3, 4]
    assert isinstance(found[1], BadLine)
    assert problem in found[1].problem


def test_one_umlaut_in_an_old_encoding_is_read_right() -> None:
    text = "The ministers met in München on Monday to discuss the budget of the coming year."
    assert read_article("a.txt", text.encode("latin-1")).text == text


def test_a_text_without_a_headline_is_called_by_its_first_words() -> None:
    title = read_article("a.txt", ("Envoys met again. " * 20).encode()).title
    assert title.endswith("…")
    assert len(title) <= 120


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Policja zatrzymała pięć osób w Łodzi i w Gdańsku.", "iso8859-2"),
        ("Policja zatrzymała pięć osób w Łodzi i w Gdańsku.", "cp1250"),
        ("The café in Zürich was open, “naturally”, at 5 °C for £3.", "cp1252"),
        ("The café in Zürich was open, “naturally”, for £3.", "mac_roman"),
        ("日本の首相は東京で韓国の大統領と会談した。", "iso2022_jp"),
        ("日本の首相は東京で韓国の大統領と会談し、安全保障での協力を確認した。", "shift_jis"),
        ("أعلنت وزارة الدفاع السورية اليوم أن القوات الحكومية قصفت مواقع في ريف حلب.", "cp1256"),
    ],
)
def test_the_encoding_is_the_one_whose_words_look_like_words(text: str, encoding: str) -> None:
    assert read_article("a.txt", text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1254", "Köprüde çalışan işçiler grevi bitirdi; Bakan, ücretlerin artacağını söyledi."),
        ("cp1250", "Muncitorii din port au încheiat aseară greva şi au spus că salariile cresc."),
        (
            "cp1257",
            "Uosto darbininkai baigė streiką ir sakė, kad atlyginimai šįmet didės už žiemą.",
        ),
        ("cp1251", "Рабочие порта закончили забастовку вчера вечером, сказал министр."),
        ("koi8-r", "Рабочие порта закончили забастовку вчера вечером, сказал министр."),
        ("cp1256", "أنهى عمال الميناء الإضراب مساء أمس وقال الوزير إن الأجور سترتفع."),
        ("cp1255", "עובדי הנמל סיימו אתמול בערב את השביתה והשר אמר שהשכר יעלה."),
        ("cp1253", "Οι εργάτες του λιμανιού τελείωσαν χθες το βράδυ την απεργία."),
        ("gb18030", "港口工人昨晚结束了罢工。部长说工资将会提高。码头今天早上重新开放。"),
        ("shift_jis", "港の労働者は昨夜ストライキを終えた。大臣は賃金が上がると述べた。"),
        ("euc_kr", "항구 노동자들이 어젯밤 파업을 끝냈다. 장관은 임금이 오를 것이라고 말했다."),
        ("cp874", "คนงานท่าเรือยุติการนัดหยุดงานเมื่อคืนนี้ รัฐมนตรีกล่าวว่าค่าจ้างจะเพิ่มขึ้น"),
        ("cp1252", "Les dockers ont arrêté la grève hier soir à Brest, a déclaré le ministère."),
    ],
)
def test_the_encodings_of_the_worlds_languages_are_told(encoding: str, text: str) -> None:
    assert encoding in ENCODINGS
    assert read_article("a.txt", text.encode(encoding)).text == text


def test_vietnamese_with_its_tones_apart_is_the_text_that_utf_8_gives() -> None:
    text = "Công nhân cảng Hải Phòng đã kết thúc đình công tối qua, Bộ trưởng nói lương sẽ tăng."
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = "".join(
        unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones))
        + "".join(c for c in parts if c in tones)
        for parts in (unicodedata.normalize("NFD", char) for char in text)
    )
    article = read_article("a.txt", apart.encode("cp1258"))
    assert (article.text, article.language) == (text, "vi")
    assert article.article_id == read_article("b.txt", text.encode()).article_id


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_that_is_offered_is_known(encoding: str) -> None:
    assert "x".encode(encoding).decode(encoding) == "x"


def test_names_of_several_languages_stay_in_western_letters() -> None:
    text = "Pietà, Málaga, São Tomé, Köln and Curaçao were on the list."
    assert read_article("a.txt", text.encode("cp1252")).text == text


def test_the_encoding_that_a_server_names_counts() -> None:
    sent = Sent(data="Þing í Reykjavík: ğüş".encode("cp1254", "ignore"), charset="cp1254")
    assert read_article("a.txt", sent).text.endswith("ğüş")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2020-02-13T10:00:00+03:00", date(2020, 2, 13)),
        ("20200213", date(2020, 2, 13)),
        ("13/02/2020", date(2020, 2, 13)),
        ("02/13/2020 10:00", date(2020, 2, 13)),
        ("3.2.2020", date(2020, 2, 3)),
        ("2020/2/13", date(2020, 2, 13)),
        ("Thu, 13 Feb 2020 23:30:00 -0700", date(2020, 2, 13)),
        ("03/02/2020", None),
        ("99/99/2020", None),
        ("yesterday", None),
    ],
)
def test_a_field_s_day_is_read_where_it_can_mean_one_day_only(words: str, day: date | None) -> None:
    assert day_in(words) == day


def test_letters_that_a_printer_joined_are_letters_again() -> None:
    assert clean_text("ﬁghters, oﬃcials") == "fighters, officials"
    assert clean_text("\ufee3\ufea4\ufee4\ufeaa") == "\u0645\u062d\u0645\u062f"  # Muhammad


@pytest.mark.parametrize(
    ("header", "charset"),
    [
        ("text/html; charset=ISO-8859-2", "iso-8859-2"),
        ("text/html", None),
        ("", None),
        (None, None),
    ],
)
def test_the_encoding_that_a_server_names_is_told(header, charset):
    assert charset_of(header) == charset


def test_lines_of_a_printed_page_are_joined_where_the_next_word_had_no_room() -> None:
    page = (
        "Clash near Herat\n"
        "Fighters attacked an army post near\n"
        "Herat on Tuesday, and the counter-\n"
        "insurgency went on in Mazar-i-\n"
        "Sharif and in the west.\n"
        "In Kabul the president met with\n"
        "the Turkish minister."
    )
    assert _paragraphs(page).rstrip() == (
        "Clash near Herat\n"
        "Fighters attacked an army post near Herat on Tuesday, and the counterinsurgency went on "
        "in Mazar-i-Sharif and in the west.\n"
        "In Kabul the president met with the Turkish minister."
    )


def _pdf(*lines: tuple[int, int, str], **about: str) -> PdfWriter:
    """Return a PDF of one page with lines at their places, in points from the lower left."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    font = {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")}
    font[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts = DictionaryObject({NameObject("/F1"): DictionaryObject(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    shown = (f"BT /F1 12 Tf {x} {y} Td ({words}) Tj ET" for x, y, words in lines)
    stream.set_data("\n".join(shown).encode())
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({f"/{name}": value for name, value in about.items()})
    return writer


def _bytes_of(writer: PdfWriter) -> bytes:
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_pdf_that_only_forbids_printing_is_read_and_a_locked_one_is_told(password: str) -> None:
    writer = _pdf((20, 100, "Gunmen killed two."))
    writer.encrypt(password, "owner", algorithm="AES-256")
    data = _bytes_of(writer)
    if password:
        with pytest.raises(UnreadableInputError, match="locked"):
            read_article("a.pdf", data)
    else:
        assert read_article("a.pdf", data).text == "Gunmen killed two."


LEFT = textwrap.wrap("Gunmen attacked a post near Tikrit. " * 6, 40)
RIGHT = textwrap.wrap("Dockers went on strike in Aden. " * 6, 40)


def test_columns_of_a_pdf_are_read_one_after_the_other_however_the_file_holds_them() -> None:
    rows = [
        (x, 700 - 14 * at, words)
        for at, pair in enumerate(zip(LEFT, RIGHT, strict=False))
        for x, words in zip((50, 320), pair, strict=True)
    ]
    by_columns = sorted(rows, key=lambda line: line[0])
    across, down = (read_article("a.pdf", _bytes_of(_pdf(*lines))) for lines in (rows, by_columns))
    assert across.text.split() == down.text.split()
    assert "Tikrit. Dockers" not in across.text.replace("\n", " ")[:200]


def test_a_table_in_a_pdf_is_read_row_by_row() -> None:
    cells = [("Town", "Killed"), ("Kunduz", "12"), ("Herat", "3"), ("Farah", "7"), ("Ghor", "1")]
    lines = [
        (x, 700 - 14 * at, words)
        for at, pair in enumerate(cells)
        for x, words in zip((50, 320), pair, strict=True)
    ]
    words = read_article("a.pdf", _bytes_of(_pdf(*lines))).text.split()
    assert words == [word for pair in cells for word in pair]


def test_what_a_program_calls_a_pdf_that_nobody_named_is_no_title() -> None:
    told = _pdf((20, 100, "Gunmen killed two."), Title="untitled", Author="(anonymous)")
    article = read_article("a.pdf", _bytes_of(told))
    assert (article.title, article.author) == ("Gunmen killed two.", None)
    told = _pdf((20, 100, "Gunmen killed two."), Title="Microsoft Word - Raid", Author="Ann")
    article = read_article("a.pdf", _bytes_of(told))
    assert (article.title, article.author) == ("Raid", "Ann")


def test_a_word_document_is_read_as_its_changes_leave_it() -> None:
    document = docx.Document()
    body = document.element.body
    words = '<w:r xmlns:w="{}"><w:{}>{}</w:{}></w:r>'
    space = body.nsmap["w"]

    def run(text: str, tag: str = "t") -> str:
        return words.format(space, tag, text, tag)

    def wrapped(name: str, inside: str) -> str:
        return f'<w:{name} xmlns:w="{space}">{inside}</w:{name}>'

    box = wrapped("txbxContent", wrapped("p", run("Said in a box.")))
    paragraphs = [
        run("Soldiers ")
        + wrapped("ins", run("shelled Palmyra."))
        + wrapped("del", run(" left Palmyra.", "delText"))
        + wrapped("moveFrom", run("Moved away.")),
        run("With a box.") + wrapped("pict", box),
    ]
    parts = [wrapped("p", paragraph) for paragraph in paragraphs]
    parts.append(wrapped("sdt", wrapped("sdtContent", wrapped("p", run("In a field.")))))
    for at, part in enumerate(parts):
        body.insert(at, parse_xml(part))
    table = document.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Toll"
    table.cell(1, 0).text, table.cell(1, 1).text = "Raqqa", "4"
    file = io.BytesIO()
    document.save(file)
    text = read_article("a.docx", file.getvalue()).text
    assert text.split("\n\n") == [
        "Soldiers shelled Palmyra.", "With a box.", "Said in a box.", "In a field.", "Toll",
        "Raqqa\t4",
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_of_articles_is_read_row_by_row_also_past_an_open_quotation_mark(
    delimiter: str,
) -> None:
    rows = ["title,text", "A,Gunmen fired.", 'B,"Dockers struck.', 'C,"In two\nlines."', "D,More."]
    table = "\n".join(row.replace(",", delimiter) for row in rows).encode()
    parts = list(parts_of("news.csv", io.BytesIO(table)))
    with pytest.raises(UnreadableInputError, match="row 3: a quotation mark"):
        parts[1].read()
    texts = [part.read() for at, part in enumerate(parts) if at != 1]
    assert [reading.text for reading in texts] == ["Gunmen fired.", "In two\nlines.", "More."]


def test_what_a_word_processor_s_template_says_of_its_making_is_no_day() -> None:
    file = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Gunmen killed two police officers in Quetta, the army said.")
    document.save(file)
    assert read_article("a.docx", file.getvalue()).published is None


def test_a_word_document_without_properties_has_its_first_line_for_a_title() -> None:
    file, bare = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Raid in Quetta")
    document.add_paragraph("Gunmen killed two police officers in Quetta, the army said.")
    document.save(file)
    with zipfile.ZipFile(file) as full, zipfile.ZipFile(bare, "w") as less:
        for part in full.namelist():
            if part != "docProps/core.xml":
                rels = full.read(part)
                less.writestr(
                    part, re.sub(rb"<Relationship [^>]*core-properties[^>]*/>", b"", rels)
                )
    article = read_article("a.docx", bare.getvalue())
    assert (article.title, article.published) == ("Raid in Quetta", None)


def test_a_table_in_markdown_keeps_its_cells_apart() -> None:
    text = read_article("a.md", b"# Toll\n\n|Town|Killed|\n|---|---|\n|Kunduz|12|\n").text
    assert text == "Toll\n\nTown\tKilled\nKunduz\t12"


def test_all_words_of_a_mail_that_is_a_page_are_read() -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Note", "desk@example.org"
    mail.set_content(
        "<style>p {color: red}</style><p>Gunmen attacked a\npost.</p><table><tr><td>Herat</td>"
        "<td>3</td></tr></table><div>Troops left &amp; came back.<br>At once.</div>",
        subtype="html",
    )
    lines = read_article("a.eml", bytes(mail)).text.split("\n")
    said = [line.strip() for line in lines if line.strip()]
    assert said == ["Gunmen attacked a post.", "Herat\t3", "Troops left & came back.", "At once."]


def test_a_page_says_who_wrote_it() -> None:
    page = PAGE.replace("<head>", '<head><meta name="author" content="Ann Writer">')
    assert read_article("a.html", page.encode()).author == "Ann Writer"


@pytest.mark.parametrize("name", ["a.docx", "a.zip", "a.warc", "a.warc.gz", "a.eml", "a.pdf"])
@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\x1f\x8b", b"WARC/1.0\r\n"])
def test_a_broken_file_is_told_in_words_and_never_passed_over(name: str, start: bytes) -> None:
    data = start + bytes(range(256))
    with pytest.raises(UnreadableInputError):
        _read_whole(name, data)


def _read_whole(name: str, data: bytes) -> None:
    if is_collection(name, data[:4]):
        [part] = parts_of(name, io.BytesIO(data))
        read_article(name, part.read())
    else:
        read_article(name, data)


def _mail() -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Desk <desk@wire.example>", "Two reports"
    mail.set_content("See what is attached.")
    mail.add_attachment(BODY.encode(), maintype="text", subtype="plain", filename="a.txt")
    mail.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    return mail


def test_what_is_attached_to_a_mail_comes_in_too() -> None:
    outer = EmailMessage()
    outer["Subject"] = "Fwd"
    outer.add_attachment(_mail())
    names = [part.name for part in parts_of("m.eml", io.BytesIO(outer.as_bytes()))]
    assert names == ["m.eml/forwarded.eml", "m.eml/forwarded.eml/a.txt"]
    [text, attached] = parts_of("m.eml", io.BytesIO(_mail().as_bytes()))
    assert read_article(text.name, text.read()).title == "Two reports"
    assert read_article(attached.name, attached.read()).text == BODY


def test_a_web_archive_that_ends_early_says_where() -> None:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for name in ("one", "two"):
        page = io.BytesIO(PAGE.replace("Tuesday", name).encode())
        url = f"https://a.example/{name}"
        record = writer.create_warc_record(url, "response", page, http_headers=headers)
        writer.write_record(record)
        record.raw_stream.close()
    whole, last = parts_of("a.warc", io.BytesIO(file.getvalue()[:-500]))
    assert "one" in read_article(whole.name, whole.read()).text
    with pytest.raises(UnreadableInputError, match="ends in the middle"):
        last.read()


def test_a_table_is_read_in_its_encoding() -> None:
    rows = "title,text\nA,Министр прибыл в Минск на переговоры о границе.\n"
    [part] = parts_of("a.csv", io.BytesIO(rows.encode("cp1251")))
    assert "Минск" in read_article(part.name, part.read()).text
