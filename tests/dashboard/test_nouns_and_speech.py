"""Coding what nouns name, what people say, and who "he", "it" and short names are."""

from __future__ import annotations

import pytest

from dashboard.events import Modality


def told(events):
    """Return the types of the events in the order of the text."""
    return [event.event_type for event in events]


def ids(actors):
    return [actor.actor_id for actor in actors]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Officers linked to an overnight coup attempt fled to the hills.", ["ASSAULT"]),
        ("Nurses wept when the hostage crisis in Bamako ended.", ["ASSAULT"]),
        ("A lawyer for the massacre suspect spoke to the court.", ["ASSAULT"]),
        ("The port reopened after the overthrow of the governor.", ["ASSAULT"]),
        ("Norway and Latvia carried out a prisoner swap on Monday.", ["COOPERATE"]),
        ("The farm minister issued a travel ban on cattle dealers.", ["COERCE"]),
        ("Guards seized the tanker after the Saudi intervention in Yemen.", ["COERCE", "MOBILIZE"]),
        ("Officials in Kano announced an investigation into the price of rice.", ["ACCUSE"]),
        ("Kenya said that its inquiry into the oil spill had found nothing.", ["ACCUSE"]),
        ("The inquiry has shown that brakes were faulty.", ["ACCUSE"]),
        ("Arrest warrants were issued for the bankers by a judge in Quito.", ["COERCE"]),
        ("The mines were sold after the resignation of Peru's energy minister.", ["RETREAT"]),
        ("The shop owner stayed in Taipei despite Chinese threats.", ["THREATEN"]),
        ("There were demands for his release from lawyers in Ankara.", ["REQUEST"]),
        ("The dam was filled over Egyptian objections.", ["REJECT"]),
        ("Following a visit to Baku by the Polish president, flights resumed.", ["CONSULT"]),
        ("After the deployment of Ugandan troops, the market reopened.", ["MOBILIZE"]),
        ("Trade grew following the lifting of sanctions on Sudan.", ["CONCEDE", "SANCTION"]),
        ("Flags rose after a prisoner exchange between Israel and Hamas.", ["COOPERATE"]),
        ("A meeting in Lusaka of Zambian ministers ended on Monday.", ["CONSULT"]),
        ("A conference of Baltic navy chiefs opened in Tallinn.", ["CONSULT"]),
        ("The Kigali Climate Summit opened on Monday.", ["CONSULT"]),
        ("Pressure is growing on the Latvian premier to sack her deputy.", ["REQUEST"]),
        ("Calls are mounting for the bank's chairman to step down.", ["REQUEST"]),
        ("The warden made a recommendation that the bridge be closed.", ["REQUEST"]),
        ("A threat by nurses to walk out alarmed the clinic.", ["THREATEN"]),
        ("Strikes are planned by Belgian bus drivers in May.", ["PROTEST"]),
        ("Crowds sang after the prisoner release in Hama.", ["RETREAT"]),
        ("The pull-out of Rwandan troops from the park began.", ["RETREAT"]),
        ("The mediator asked for an adjournment of the talks in Muscat.", ["REQUEST", "CONSULT"]),
        ("The bishop's appeal to the strikers was ignored.", ["REJECT", "REQUEST"]),
        ("The jailed poet's sister was barred from the square in Minsk.", ["SANCTION", "COERCE"]),
        ("Oman in aid pledge to Malta", ["AGREE"]),
        ("Two were found guilty of the murder of a nun.", ["SANCTION", "ASSAULT"]),
        ("Donations of maize from Zambia reached the camp.", ["AID"]),
        ("Laos extended its invitation to the Japanese emperor.", ["REQUEST"]),
        ("An attempt to kidnap the sultan failed.", ["ASSAULT"]),
        ("Plans to deploy 90 Fijian troops in Dili were announced.", ["MOBILIZE"]),
        ("A Danish effort to mediate between the clans has begun.", ["CONSULT"]),
        ("The drivers' threat to block the port was withdrawn.", ["THREATEN"]),
        ("A pledge by the abbot to open the archive was printed.", ["AGREE"]),
        ("The Malian and Chadian ministers are expected to discuss tuna.", ["CONSULT"]),
        ("The rebels shrugged off a plea from the queen to disarm.", ["REJECT", "REQUEST"]),
        ("Blame for the riots was put on the mayor.", ["ACCUSE", "PROTEST"]),
        ("Chile's leader renewed an offer of talks to the rebels.", ["AGREE"]),
    ],
)
def test_nouns_name_acts(code, text, expected):
    assert told(code(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The minister does not want a trade war.",
        "Critics fear a civil war.",
        "Attack helicopters cost too much, the auditors found.",
        "The price war between two supermarkets goes on.",
        "It is a matter of weeks before the ban is lifted.",
        "Any attempt to kidnap a player is a foul.",
        "The town has begun its efforts to fight mosquitoes.",
        "A bid to end the strike failed.",
        "A call for a burst pipe came from a hotel.",
        "The town in plea form.",
    ],
)
def test_nouns_that_name_no_act_are_none(code, text):
    assert told(code(text)) == []


def test_a_verb_and_the_noun_that_it_carries_are_one_event(code):
    assert told(code("Togo and Benin held peace talks in Accra on Monday.")) == ["CONSULT"]


PENTAGON = "USA.MIL.PENTAGON"


@pytest.mark.parametrize(
    ("text", "expected", "source", "target"),
    [
        ("Poland said Russia had caused a crisis in the Baltic.", "ACCUSE", ["POL"], ["RUS"]),
        ("Kenya said that Sudan was in breach of the accord.", "ACCUSE", ["KEN"], ["SDN"]),
        ("Merkel said there was no reason to lift the embargo.", "REJECT", ["DEU.GOV"], []),
        ("Kenya said it had not attacked the boat.", "REJECT", ["KEN"], []),
        ("Japan said that it would not give in.", "REJECT", ["JPN"], []),
        ("Spain said Morocco was a friend.", "SUPPORT", ["ESP"], ["MAR"]),
        ("Spain said it was ready to adopt tariffs on Morocco.", "THREATEN", ["ESP"], ["MAR"]),
        (
            "Peru at first denied it, aides said, and then admitted striking a boat.",
            "CONCEDE",
            ["PER"],
            [],
        ),
        ("The Pentagon said it would send more troops to Oman.", "MOBILIZE", [PENTAGON], ["OMN"]),
        ("Iran warned that an attack would have grave consequences.", "THREATEN", ["IRN"], []),
    ],
)
def test_what_somebody_says_may_be_an_act(code, text, expected, source, target):
    events = [event for event in code(text) if event.event_type == expected]
    assert [(ids(e.source_actors), ids(e.target_actors)) for e in events] == [(source, target)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The union's leader said the new law was unjust.", ["ACCUSE"]),
        ("The opposition leader said the government must resign.", ["REQUEST"]),
        ("The bakers said the company had lied to them.", ["ACCUSE"]),
        ("The baker said the bread was good.", []),
        ("The mayor said that he would not comment.", []),
        ("The ferry company said that the winter storm had caused trouble.", []),
    ],
)
def test_people_without_a_country_accuse_and_demand(code, text, expected):
    assert told(code(text)) == expected


def test_two_verbs_that_share_what_follows_are_one_act(code):
    assert told(code("Malta and Cyprus welcomed and praised the Irish plan.")) == ["SUPPORT"]


def test_arrests_that_police_report_are_theirs(code):
    (event,) = code("French police said two bankers were arrested in Lyon.")
    assert (event.event_type, ids(event.source_actors)) == ("COERCE", ["FRA.COP"])


def test_what_somebody_said_they_would_do_is_planned(code):
    (event,) = code("Ada Brandt, the party's spokeswoman, said that she would resign.")
    assert (event.event_type, event.modality) == ("RETREAT", Modality.PLANNED)


def test_a_short_name_and_it_take_up_a_body(code):
    text = "The Harvest Relief Front moved. The Front grew. Instead it urged voters to stay away."
    assert told(code(text)) == ["REQUEST"]


def test_a_telling_too_thin_to_keep_hides_no_other(code):
    text = "Two bakers were held on charges. In May both were charged with fraud by a clerk."
    assert "ACCUSE" in told(code(text))


def test_two_people_who_refuse_are_two_refusals(code):
    text = (
        "Senator Brandt ruled out a coalition with the farmers. Governor Odo ruled out new taxes."
    )
    assert told(code(text)) == ["REJECT", "REJECT"]


def test_a_sentence_that_begins_separately_tells_of_something_else(code):
    text = "Italy approved a deal to sell Oman trucks. Separately, Italy approved a deal with Cuba."
    assert told(code(text)) == ["AGREE", "AGREE"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Each town's clerks are responsible for printing the lists, said Ola Berg, a mayor.", []),
        ("Turkey said that Syria was responsible for shelling the camp.", ["ACCUSE", "ASSAULT"]),
    ],
)
def test_who_is_responsible_for_work_is_blamed_for_nothing(code, text, types):
    assert sorted(told(code(text))) == types


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The two cooks were placed under house arrest.", "placed under house arrest"),
        ("The junta came under fire from Kenya.", "came under fire"),
    ],
)
def test_a_verb_that_says_little_is_marked_with_its_noun(code, text, words):
    assert [text[event.trigger_start : event.trigger_end] for event in code(text)] == [words]


def test_it_is_the_body_that_speaks(code):
    events = code("The Kremlin said it would not accept the plan.")
    assert [(event.event_type, ids(event.source_actors)) for event in events] == [
        ("REJECT", ["RUS.GOV.KREMLIN"])
    ]
