"""What stands in and round a name and changes nothing; the sentences are ours."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazetteer.geoparse import geoparse
from gazetteer.language import load_pipeline, model_name
from gazetteer.reading import Reading, with_other_words

SENTENCES = [
    "Rockets were fired from <Tripoli>, <Sidon> and <Beirut> on Sunday.",
    "Air raid sirens sounded in <Kharkiv> before dawn.",
    "<Gaza> was hit twice overnight.",
    "The convoy left <Gao> for <Timbuktu> with food.",
    "<Tehran> denied that it had armed the rebels.",
    "<Moscow> and <Beijing> agreed to build a pipeline.",
    "Floods cut the road between <Quetta> and <Sibi>.",
    "Ministers from <Egypt> and <Saudi Arabia> met in <Geneva>.",
    "She was born in <Buenos Aires> and lives in <Rio de Janeiro>.",
    "Three soldiers died near <Kandahar> on Monday.",
    "The storm made landfall at <Veracruz>, <Mexico>, at noon.",
    "Police in <Ivory Coast> seized a ton of cocaine.",
    "The ferry sank off the coast of <Libya> with 90 aboard.",
    "They flew from <New York> to <Cape Town> last week.",
    "Shells fell on <Kramatorsk>, killing two.",
    "Officials in <Bamako> said the attack was repelled.",
    "The quake was felt in <Islamabad>, <Lahore> and <Peshawar>.",
    "Protests spread to <Lyon> and <Marseille>.",
    "The talks ended in April. <Ankara> had asked for them.",
    "In <Khujand>, the police closed two roads.",
]
MARKS = [
    "[<]", "(<)", "( < )", '"<"', "'<'", "\u201c<\u201d", "\u2018<\u2019", "\u00ab<\u00bb",
    "\u201e<\u201c", "*<*", "**<**", "_<_", "[\u201c<\u201d]", "{<}", "`<`",
]  # fmt: skip


def _with_marks(sentence, mark):
    opening, closing = mark.split("<")
    return sentence.replace("<", opening).replace(">", closing)


@pytest.fixture
def places(parse, place_store):
    def places(text):
        found = geoparse(text, doc=parse(text), store=place_store).resolutions
        assert all(text[r.mention.start : r.mention.end] == r.mention.surface for r in found)
        return [(r.mention.kind.value, r.place, r.confidence) for r in found]

    return places


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_quotes_and_brackets_round_names_change_no_place(places, sentence, mark):
    plain = places(_with_marks(sentence, "<"))
    assert plain
    assert places(_with_marks(sentence, mark)) == plain


@pytest.mark.parametrize("mark", ["[<]", "(<)"])
def test_brackets_round_a_name_that_owns_something_change_nothing(places, mark):
    sentence = "Nurses walked out in <Cox's Bazar> on Sunday."
    assert places(_with_marks(sentence, mark)) == places(_with_marks(sentence, "<")) != []


@pytest.mark.parametrize(
    "form",
    [
        "<b>{}</b>", "<i class='x'>{}</i>", "<a href='http://x.org/y'>{}</a>",
        "[{}](http://x.org/y)", "[{}](/wiki/y)", "[[{}]]",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["Kandahar", "Buenos Aires"])
def test_markup_round_a_name_changes_nothing(places, name, form):
    plain = places(f"The envoy landed in {name} on Monday.")
    assert plain
    assert places(f"The envoy landed in {form.format(name)} on Monday.") == plain


@pytest.mark.parametrize(
    "broken", ["{}\u00ad{}", "{}\u200b{}", "{}-\n{}", "{}\u00ad\n{}", "{}-{}", "{}<b>{}</b>"]
)
@pytest.mark.parametrize(
    ("head", "tail"),
    [("Isla", "mabad"), ("Pesha", "war"), ("Wash", "ington"), ("Bagh", "dad"), ("Sara", "jevo")],
)
def test_a_name_split_within_a_word_is_whole(places, head, tail, broken):
    plain = places(f"The envoy landed in {head}{tail} on Monday.")
    assert plain
    assert places(f"The envoy landed in {broken.format(head, tail)} on Monday.") == plain


@pytest.mark.parametrize(
    "text",
    [
        "Cairo (Egypt)",
        "Ramallah [West Bank]",
        "the armed forces (SAF) and the rebels",
        "a Pakistan-based group, a Saudi-led raid and a well-known anti-war song",
        "The Anti-war march, the Co-op and the Non-profit",
        "\u201cIran,\u201d he said, \u201cis ready.\u201d",
        "He sang \u201cthe long way home\u201d and \u201cnever again\u201d.",
        "RIYADH, Saudi Arabia (AP) - It rained.",
        "the boys' team and the girls' school",
        "IN BRIEF",
    ],
)
def test_what_says_something_stays(parse, text):
    assert Reading(text, parse(text).vocab).is_plain


@pytest.mark.parametrize(
    ("headline", "read"),
    [
        (
            "PAKISTAN SAYS TALKS WITH INDIA IN NEW YORK FAIL",
            "Pakistan says talks with India in New York fail",
        ),
        ("US WARNS TURKEY OVER NATO DEAL", "US warns Turkey over NATO deal"),
        ("FLOODS HIT NORTH KOREA, CHINA SAYS", "Floods hit North Korea, China says"),
        ("REBELS LEAVE GOMA AS U.N. TROOPS MOVE IN", "Rebels leave Goma as U.N. troops move in"),
    ],
)
def test_a_headline_in_capitals_is_read_as_a_sentence(parse, headline, read):
    assert Reading(headline, parse(headline).vocab).text == read


def test_a_country_in_a_headline_is_used_as_in_a_sentence(places):
    assert places("PAKISTAN SAYS TALKS WITH INDIA IN NEW YORK FAIL\n\nMore soon.") == places(
        "Pakistan says talks with India in New York fail\n\nMore soon."
    )


def test_the_parse_is_of_the_text_itself(parse):
    text = "Troops left \u201cKanda-\nhar\u201d and [Herat]. SHE SAID (NOT) MUCH.\n\nThe end\u00ad."
    doc = parse(text)
    assert doc.text == text
    assert "Kanda-\nhar" in [token.text for token in doc]
    assert "Kandahar" in [token.text for token in Reading(text, doc.vocab).plain_doc(doc)]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(
            ["Iran", "[", "]", " ", "(", ")", "\u201c", "\u201d", "'", "*", "-", "\n", "mabad",
             "Isla", "\u00ad", "\u200b", ",", ".", "THE KING OF SPAIN", "\u0130", "and", "\u00df"]
        ),
        max_size=25,
    ).map("".join)
)  # fmt: skip
def test_spans_come_back_from_the_plain_text(parse, text):
    doc = parse(text)
    assert doc.text == text
    reading = Reading(text, doc.vocab)
    assert reading.plain_doc(doc).text == reading.text
    for start in range(len(reading.text)):
        there = reading.to_source(start, start + 1)
        assert reading.from_source(*there) == (start, start + 1)


@pytest.mark.parametrize(
    "text",
    ["a" * 400_000, "a-" * 200_000, "A" * 300_000 + " BB CC", "[" * 300_000, '"A ' * 100_000],
)
def test_long_runs_of_one_kind_are_read_to_their_end(text):
    assert len(Reading(text).text) == len(text)


def test_the_parse_of_many_marks_takes_time_by_their_number_not_its_square(parse):
    def seconds(names):
        text = "[Herat] " * names
        reading = Reading(text)
        doc = reading.plain_doc(parse(text))
        start = time.process_time()
        assert reading.source_doc(doc).text == text
        return time.process_time() - start

    assert min(seconds(2000) for _ in range(3)) < 12 * min(seconds(500) for _ in range(3))


def test_a_stop_after_a_headline_leaves_the_other_words_as_the_pipeline_reads_them():
    words = load_pipeline(model_name()).make_doc("Envoys leave\nThey weren't told on Sept. 3.")
    stopped = with_other_words(words, {2: "."})
    assert stopped[2].text == "."
    assert [word.norm_ for word in stopped[3:]] == [word.norm_ for word in words[3:]]
