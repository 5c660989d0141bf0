"""Coding: from sentences to events with actors, date, place, standing and their quote."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.coding import CODER
from dashboard.events import Modality
from gazetteer.places import GeoPrecision


def ids(actors):
    return [actor.actor_id for actor in actors]


def summary(event):
    return (event.event_type, ids(event.source_actors), ids(event.target_actors))


@pytest.mark.parametrize(
    ("text", "kind", "source", "target"),
    [
        ("Israeli soldiers killed two Lebanese farmers.", "ASSAULT", ["ISR.MIL"], ["LBN.CVL"]),
        ("Two Kenyan policemen were killed by al-Shabaab militants.",
         "ASSAULT", ["SOM.REB.ALSHABAAB"], ["KEN.COP"]),
        ("Taliban fighters attacked an army post, killing seven Afghan soldiers.",
         "ASSAULT", ["AFG.REB.TALIBAN"], ["AFG.MIL"]),
        ("Boko Haram carried out a raid on Nigerian troops.",
         "ASSAULT", ["NGA.REB.BOKOHARAM"], ["NGA.MIL"]),
        ("The attack on Turkish soldiers by the PKK lasted an hour.",
         "ASSAULT", ["TUR.REB.PKK"], ["TUR.MIL"]),
        ("Egyptian police arrested 40 Sudanese refugees.", "COERCE", ["EGY.COP"], ["SDN.REF"]),
        ("France imposed sanctions on Belarus.", "SANCTION", ["FRA"], ["BLR"]),
        ("Japan and Australia signed a trade agreement.", "SUPPORT", ["AUS", "JPN"], []),
        ("Norway pledged aid to Ukraine.", "AGREE", ["NOR"], ["UKR"]),
        ("Qatar donated food to Somalia.", "AID", ["QAT"], ["SOM"]),
        ("Ethiopia and Eritrea agreed to reopen their border.", "AGREE", ["ERI", "ETH"], []),
        ("Chile rejected a Bolivian proposal.", "REJECT", ["CHL"], ["BOL"]),
        ("Canada refused to meet Syrian diplomats.", "REJECT", ["CAN"], ["SYR.GOV"]),
        ("The United Nations urged Myanmar to free the journalists.",
         "REQUEST", ["IGO.UN"], ["MMR"]),
        ("Spain said that Libya must release the crew.", "REQUEST", ["ESP"], ["LBY"]),
        ("North Korea threatened to attack Japan.", "THREATEN", ["PRK"], ["JPN"]),
        ("Kenya's president threatened that Kenya would impose sanctions on Somalia.",
         "THREATEN", ["KEN.GOV"], ["SOM"]),
        ("China praised Pakistan.", "SUPPORT", ["CHN"], ["PAK"]),
        ("Kenyan police arrested 40 suspects in Mombasa.", "COERCE", ["KEN.COP"], ["KEN.CVL"]),
        ("Kenyan troops beat two men in Somalia.", "ASSAULT", ["KEN.MIL"], ["SOM.CVL"]),
        ("A Russian missile killed six people.", "ASSAULT", ["RUS"], []),
        ("Norway banned the head of the prison service of Chad.", "COERCE", ["NOR"], ["TCD.GOV"]),
        ("President Ramaphosa described the Chadian envoy as unfit.",
         "ACCUSE", ["ZAF.GOV"], ["TCD.GOV"]),
        ("Bombs were dropped on Dresden.", "ASSAULT", [], ["DEU"]),
        ("Norway returned 28 manuscripts to Mali.", "RETREAT", ["NOR"], ["MLI"]),
        ("Japan said that it had halted aid to Serbia.", "SANCTION", ["JPN"], ["SRB"]),
        ("Turkish police arrested 40 migrants.", "COERCE", ["TUR.COP"], []),
        ("Kenyan army officers arrested a Chadian minister.", "COERCE", ["KEN.MIL"], ["TCD.GOV"]),
        ("Kenyan government forces shelled a Chadian border post.",
         "ASSAULT", ["KEN.MIL"], ["TCD"]),
        ("Russian drones hit a power plant in Odesa.", "ASSAULT", ["RUS.MIL"], ["UKR"]),
        ("Qatar will give the Lebanese army 20 million dollars.", "AGREE", ["QAT"], ["LBN.MIL"]),
        ("Kenya warned that it would close its border with Somalia.",
         "THREATEN", ["KEN"], ["SOM"]),
        ("The United States imposed visa restrictions on Nicaraguan officials.",
         "SANCTION", ["USA"], ["NIC.GOV"]),
        ("Demonstrators gathered in the centre of Yerevan.",
         "PROTEST", ["ARM.OPP.PROTESTERS"], []),
        ("Hamas said it had fired ten rockets at Ashkelon.", "ASSAULT", ["PSE.REB.HAMAS"], ["ISR"]),
        ("U.S. Attorney General Ann Reid thanked Mexico.", "SUPPORT", ["USA.GOV"], ["MEX"]),
        ("Kenya's opposition accused the government of lying.",
         "ACCUSE", ["KEN.OPP"], ["KEN.GOV"]),
        ("Nairobi protests over taxes", "PROTEST", ["KEN.OPP.PROTESTERS"], []),
        ("Japan sent 75 rescue workers to Turkey.", "AID", ["JPN"], ["TUR"]),
        ("Britain announced sanctions on three Russian banks.", "SANCTION", ["GBR"], ["RUS.BUS"]),
        ("Supporters of Venezuela's jailed former president marched in Caracas.",
         "PROTEST", ["VEN.OPP"], []),
        ("Supporters of Venezuela's president attacked a radio station.",
         "ASSAULT", ["VEN.CVL"], []),
        ("Hamas handed three hostages over to the Red Cross.",
         "RETREAT", ["PSE.REB.HAMAS"], ["IGO.ICRC"]),
        ("Kenya recalled its envoy from Chad and accused it of theft.",
         "ACCUSE", ["KEN"], ["TCD"]),
        ("Russian and Chinese bombers flew joint patrols near Alaska.",
         "COOPERATE", ["CHN.MIL", "RUS.MIL"], []),
        ("Kenya said it would send the army into Somalia.", "MOBILIZE", ["KEN"], ["SOM"]),
        ("Kenya suspended part of its military aid program for Uganda.",
         "SANCTION", ["KEN"], ["UGA"]),
        ("The Omani parliament demanded an admission by Yemen that its police shot the crew.",
         "REQUEST", ["OMN.LEG"], ["YEM"]),
        ("Peruvian farmers held a rally condemning the Chilean government.",
         "PROTEST", ["PER.CVL"], ["CHL.GOV"]),
        ("Russia withdrew its troops from Georgia.", "RETREAT", ["RUS"], ["GEO"]),
        ("India deployed 5,000 troops along the frontier.", "MOBILIZE", ["IND"], []),
        ("Amnesty International accused Bahrain of torture.",
         "ACCUSE", ["NGO.AMNESTY"], ["BHR"]),
        ("Kyrgyz and Tajik border guards fought near Batken.",
         "ASSAULT", ["KGZ.MIL", "TJK.MIL"], []),
        ("Ecuador declared the Mexican ambassador persona non grata.",
         "SANCTION", ["ECU"], ["MEX.GOV"]),
        ("Mali withdrew from ECOWAS.", "SANCTION", ["MLI"], ["IGO.ECOWAS"]),
        ("China held military drills around Taiwan.", "MOBILIZE", ["CHN"], []),
        ("India and Oman held naval drills in the Arabian Sea.",
         "COOPERATE", ["IND", "OMN"], []),
        ("Kenya said that it would not allow Somali traders to return.",
         "REJECT", ["KEN"], ["SOM.CVL"]),
        ("Finland is ready to host talks with Belarus.", "AGREE", ["FIN"], ["BLR"]),
    ],
)  # fmt: skip
def test_who_did_what_to_whom(code, text, kind, source, target):
    assert (kind, source, target) in [summary(event) for event in code(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Kenya recalled its ambassador after a bombing in Mogadishu.",
        "France imposed sanctions on Syria following an attack in Idlib.",
    ],
)
def test_an_answer_to_an_attack_is_not_where_the_attack_was(code, text):
    where = {
        event.event_type: [spot.place.name for spot in event.locations] for event in code(text)
    }
    assert where["SANCTION"] == []
    assert len(where["ASSAULT"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a training camp on the edge of Mali's capital, Bamako, on Tuesday.",
        "Rescue teams from Turkey searched the ruins of Bamako for survivors.",
    ],
)
def test_the_place_of_a_site_is_where_it_happened(code, text):
    (event,) = code(text)
    assert [spot.place.name for spot in event.locations] == ["Bamako"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Iran rejected reports that it had expelled two UN inspectors.", Modality.DENIED),
        ("Iran studied allegations that Norway had expelled two envoys.", Modality.CLAIMED),
    ],
)
def test_what_others_report_is_claimed_and_what_is_rejected_denied(code, text, modality):
    (event,) = [event for event in code(text) if event.event_type == "SANCTION"]
    assert event.modality is modality


def test_whom_one_fires_at_does_not_act(code):
    (event,) = code("Officers fired water cannon at protesting fishermen in Mombasa.")
    assert event.event_type == "ASSAULT"


def test_a_number_between_two_is_a_size(code):
    (event,) = code("Rebels wounded between 10 and 15 people in Goma.")
    assert [(size.low, size.high) for size in event.sizes] == [(10, 15)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Gunmen burned homes and killed nine residents in the village.", 2),
        ("Rebels burned a church, killing nine people in the village.", 1),
    ],
)
def test_burning_what_people_own_and_killing_them_are_two_deeds(code, text, number):
    assert [event.event_type for event in code(text)] == ["ASSAULT"] * number


def test_who_stops_giving_punishes_and_gives_nothing(code):
    assert [summary(e) for e in code("Germany stopped sending aid to Niger.")] == [
        ("SANCTION", ["DEU"], ["NER"])
    ]


def test_what_is_done_to_any_thing_is_no_event(code):
    assert code("The fund counts every 10 dollars donated by farmers in Peru.") == ()
    assert code("Farmers in Peru donated 10 tons of maize to Chile.") != ()


def test_a_quote_is_the_sentence_at_its_offsets(code):
    text = "A quiet day.\n\nIsraeli soldiers killed two Lebanese farmers on Sunday. Nobody spoke."
    (event,) = code(text)
    assert text[event.start : event.end] == event.quote
    assert event.quote == "Israeli soldiers killed two Lebanese farmers on Sunday."
    assert text[event.trigger_start : event.trigger_end] == "killed"
    assert event.coder == CODER


def test_blame_does_not_make_an_attacker(code):
    text = (
        "The Sept. 14 missile strike on Saudi Aramco, for which Paris and Riyadh blame Iran, "
        "shook the markets, while Iran denies responsibility. Saudi Arabia was calm."
    )
    events = {event.event_type: event for event in code(text)}
    assert summary(events["ASSAULT"]) == ("ASSAULT", [], ["SAU.BUS.ARAMCO"])
    assert summary(events["ACCUSE"]) == ("ACCUSE", ["FRA.GOV", "SAU.GOV"], ["IRN"])
    assert summary(events["REJECT"])[:2] == ("REJECT", ["IRN"])
    assert events["ASSAULT"].when.iso == "2019-09-14"
    assert events["ACCUSE"].locations == ()


def test_a_company_that_was_hit_is_placed_in_its_country_at_large(code):
    text = "A drone attack on Saudi Aramco stopped work. Saudi Arabia said nothing."
    (event,) = code(text)
    (location,) = event.locations
    assert location.precision is GeoPrecision.COUNTRY
    assert location.place.country_code == "SA"
    assert "no more than the country" in location.reason


def test_an_accusation_of_an_act_is_no_proof_of_it(code):
    events = code("Sweden accused Belarus of bombing a power plant.")
    assaults = [event for event in events if event.event_type == "ASSAULT"]
    assert all(event.source_actors == () for event in assaults)
    assert all(event.modality is Modality.CLAIMED for event in assaults)


def test_a_visit_is_placed_where_it_goes(code):
    text = "Ghana's defence minister, Kofi Tetteh, visited Nairobi on Friday."
    (event,) = code(text)
    assert (event.event_type, event.mode) == ("CONSULT", "visit")
    assert ids(event.source_actors) == ["GHA.GOV"]
    assert [location.place.name for location in event.locations] == ["Nairobi"]
    assert event.when.iso == "2019-11-22"


def test_a_follow_up_sentence_keeps_its_own_date_and_takes_no_other_place(code):
    text = (
        "In April gunmen attacked Colombian soldiers in Cali. "
        "In February, 12 Colombian policemen had died in a bomb attack."
    )
    first, second = code(text)
    assert [location.place.name for location in first.locations] == ["Cali"]
    assert (first.when.iso, second.when.iso) == ("2019-04", "2019-02")
    assert second.locations == ()
    assert second.unplaced_reason


def test_protests_that_shake_a_country_happen_there(code):
    text = "Chile has been rocked by protests since Oct. 18."
    (event,) = code(text)
    assert event.event_type == "PROTEST"
    assert ids(event.source_actors) == ["CHL.OPP.PROTESTERS"]
    assert [location.place.country_code for location in event.locations] == ["CL"]
    assert (event.when.earliest, event.when.latest) == (date(2019, 10, 18), date(2019, 11, 25))


@pytest.mark.parametrize(
    "text",
    [
        "An earthquake killed 40 Turkish soldiers.",
        "Ten Italian tourists were injured in a bus crash.",
        "He died of a heart attack in Lima.",
        "The Russian general suffered a heart attack in Moscow.",
        "Kenya would have paid more attention to Uganda.",
        "Soldiers rehearsed an attack on the airport in Accra.",
        "The Peruvian team beat Brazil in Lima.",
        "In March they went home to Oslo.",
        "A spokesman gave a demonstration of strength in Cairo.",
    ],
)
def test_what_is_no_event_is_not_coded(code, text):
    assert code(text) == ()


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Israeli soldiers killed two Lebanese farmers.", Modality.REPORTED),
        ("The Chinese premier will visit Ottawa on Friday.", Modality.PLANNED),
        ("Israeli soldiers did not kill the Lebanese farmers.", Modality.NEGATED),
        ("Russia could invade Georgia.", Modality.HYPOTHETICAL),
        ("If Russia invades Georgia, prices rise.", Modality.HYPOTHETICAL),
    ],
)
def test_the_standing_of_an_act_is_kept(code, text, modality):
    (event,) = code(text)
    assert event.modality is modality


def test_a_general_word_takes_up_the_name_before(code):
    text = "Leaders of ECOWAS met in Accra. The bloc lifted its sanctions against Guinea."
    concession = next(event for event in code(text) if event.event_type == "CONCEDE")
    assert ids(concession.source_actors) == ["IGO.ECOWAS"]
    assert ids(concession.target_actors) == ["GIN"]


def test_what_another_verb_ends_is_not_told_as_going_on(code):
    kinds = [event.event_type for event in code("Peru lifted its sanctions against Chile.")]
    assert kinds == ["CONCEDE"]


def test_the_date_of_a_relative_clause_is_not_the_date_of_the_act(code):
    events = code("Peru urged Chile to reopen the road, which was closed on May 5.")
    assert [event.when for event in events if event.event_type == "REQUEST"] == [None]


def test_a_pronoun_does_not_act_on_itself(code):
    text = "Critics of Prime Minister Ana Ruiz of Peru met. He praised Ruiz."
    assert all(event.source_actors != event.target_actors for event in code(text))


def test_what_is_demanded_has_not_been_done(code):
    kinds = [event.event_type for event in code("Peru urged Chile to release the prisoners.")]
    assert kinds == ["REQUEST"]


def test_the_same_event_told_twice_is_one(code):
    text = (
        "Turkish soldiers killed three Kurdish fighters in Mardin on Saturday. "
        "The killing in Mardin drew no comment. "
        "On Saturday, Turkish soldiers killed the three fighters in Mardin."
    )
    assert len([event for event in code(text) if event.event_type == "ASSAULT"]) == 1


def test_events_come_in_the_order_of_the_text_and_always_alike(code):
    text = (
        "France condemned Belarus. Germany praised Ukraine. "
        "Italian police arrested three Albanian smugglers in Bari on Sunday."
    )
    events = code(text)
    assert [event.start for event in events] == sorted(event.start for event in events)
    assert events == code(text)


def test_an_event_without_a_place_says_why(code):
    for event in code("France condemned Belarus. Israeli soldiers killed two Lebanese farmers."):
        assert event.locations == ()
        assert event.unplaced_reason


def test_without_a_report_date_a_weekday_stays_unknown(code):
    (event,) = code("Israeli soldiers killed two Lebanese farmers on Sunday.", None)
    assert event.when is None


@pytest.mark.parametrize("text", ["", "   \n\n", "a" * 20_000, "<script>alert(1)</script> ${x}"])
def test_text_without_events_is_no_error(code, text):
    assert code(text) == ()


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.sampled_from(
            ["Iran", "attacked", "the", "troops", "of", "France", "in", "Paris", ",", "and", "\n",
             "who", "was", "said", "to", "visit", "on", "Tuesday", ".", "Gen.", "Smith", "by"]
        ),
        max_size=30,
    )
)  # fmt: skip
def test_every_quote_stands_in_the_text(code, tokens):
    text = " ".join(tokens)
    for event in code(text):
        assert text[event.start : event.end] == event.quote
        assert event.start <= event.trigger_start < event.trigger_end <= event.end


def test_a_cross_border_attack_lies_along_the_border_that_the_text_names(code):
    text = (
        "Kenyan and Somali officials discussed the Kenya-Somalia border. "
        "Ten Kenyan soldiers were killed in a cross-border raid in May."
    )
    raid = next(event for event in code(text) if event.event_type == "ASSAULT")
    assert [where.place.place_id for where in raid.locations] == ["border:KE-SO"]
    assert raid.locations[0].precision is GeoPrecision.REGION


def test_a_cross_border_attack_has_no_place_when_no_border_is_named(code):
    raid = next(iter(code("Ten Kenyan soldiers were killed in a cross-border raid in May.")))
    assert not raid.locations


def test_a_general_is_of_the_army_that_an_apposition_gives_him(code):
    (event,) = code(
        "Gen. Asim Munir, the head of Pakistan's army, met Iranian President "
        "Hassan Rouhani in Tehran on Monday."
    )
    assert ids(event.source_actors) == ["PAK.MIL"]
    assert ids(event.target_actors) == ["IRN.GOV"]


def test_a_thing_that_killed_is_no_actor(code):
    events = code(
        "Lebanese Prime Minister Hassan Diab resigned on Monday. A blast shook Beirut on Aug. 4. "
        "It killed more than 160 people."
    )
    assert all(not event.source_actors for event in events if event.event_type == "ASSAULT")


def test_protesters_are_not_those_of_the_paragraph_before(code):
    events = code(
        "France sent a frigate to Toulon on Tuesday.\n\n"
        "Protesters stormed the foreign ministry in the east of Beirut on Saturday."
    )
    protest = next(event for event in events if event.event_type == "PROTEST")
    assert {actor.country_code for actor in protest.source_actors} == {"LB"}


def test_an_addressee_is_never_the_country_of_the_minister_who_speaks(code):
    events = code("A letter came. Foreign Minister Asad Qurban urged Tehran to act at once.")
    assert all(actor.country_code != "IR" for event in events for actor in event.source_actors)


def test_both_parties_are_nobody_when_the_paragraph_names_none(code):
    events = code(
        "Olusegun Obasanjo, a Nigerian, led talks in Ethiopia.\n\n"
        "Both parties promised to stop fighting. The commanders of both armies met in Nairobi."
    )
    told = [event for event in events if "Both" in event.quote or "both" in event.quote]
    assert not [actor for event in told for actor in event.source_actors]


def test_a_signed_accord_has_both_parties_its_town_and_its_day(code):
    (event,) = code(
        "Kenya and Uganda signed an agreement on exports in Kisumu on Nov. 2.",
    )
    assert summary(event) == ("AGREE", ["KEN", "UGA"], [])
    assert [location.place.name for location in event.locations] == ["Kisumu"]
    assert event.when is not None
    assert event.when.iso == "2019-11-02"


def test_where_residents_protest_is_where_they_live(code):
    (event,) = code("Residents of Kisumu protested on Friday over water prices.")
    assert [location.place.name for location in event.locations] == ["Kisumu"]


def test_a_ministry_protests_in_a_note_not_in_the_street(code):
    events = code("Norway's foreign ministry protested in a letter to Iran's embassy on Monday.")
    assert [summary(event) for event in events] == [("ACCUSE", ["NOR.GOV"], ["IRN.GOV"])]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (
            "The government of Lebanon resigned on Nov. 18, six days after a bombing in Beirut.",
            {"RETREAT": "2019-11-18", "ASSAULT": "2019-11-12"},
        ),
        (
            "The government of Lebanon resigned six days after a bombing in Beirut on Nov. 4.",
            {"RETREAT": "2019-11-10", "ASSAULT": "2019-11-04"},
        ),
    ],
)
def test_days_between_two_acts_date_the_one_from_the_other(code, text, days):
    found = {event.event_type: event.when.iso for event in code(text) if event.when}
    assert found == days


def test_nobody_killed_an_officer_who_died_beside_what_others_did(code):
    events = code(
        "Thousands of people demonstrated in Beirut on Saturday. Security forces fired tear gas "
        "at the crowd. A police officer died in the clashes."
    )
    died = next(event for event in events if "died" in event.quote)
    assert not died.source_actors


def test_the_police_of_one_deed_are_not_the_unknown_doers_of_another(code):
    events = code(
        "Police in Senegal fired tear gas at several hundred strikers. On March 9 gunmen attacked "
        "a lorry near Kidira and killed three customs officers."
    )
    attack = next(event for event in events if "lorry" in event.quote)
    assert not attack.source_actors


def test_who_died_in_clashes_was_not_killed_by_the_blast_of_the_days_before(code):
    events = code(
        "An explosion wrecked the port of Beirut on Monday. Thousands of people demonstrated there "
        "on Saturday. A police officer died in the clashes."
    )
    blast = next(event for event in events if "wrecked" in event.quote)
    assert not blast.target_actors


@pytest.mark.parametrize(
    ("text", "event_type", "place"),
    [
        ("In a speech in Berlin, the chancellor accused Russia of lying.", "ACCUSE", "Berlin"),
        ("The envoy told reporters in Bonn that Peru would not sign.", "REJECT", "Bonn"),
        ("Speaking in Quito on Monday, the minister condemned the raid.", "ACCUSE", "Quito"),
        ("The mayor, speaking at a rally in Accra, warned Iran of war.", "THREATEN", "Accra"),
        ("During a visit to Cairo, the envoy urged Israel to stop.", "REQUEST", "Cairo"),
        ("France proposed talks in Geneva with Iran.", "REQUEST", None),
        ("In a letter to Berlin, Poland rejected the plan.", "REJECT", None),
        ("Kenya condemned the meeting in Doha.", "ACCUSE", None),
    ],
)
def test_words_are_placed_where_the_text_says_that_they_were_spoken(code, text, event_type, place):
    [event] = [event for event in code(text) if event.event_type == event_type]
    assert [where.place.name for where in event.locations] == ([place] if place else [])


def test_a_place_that_nobody_knows_takes_no_place_from_the_sentence_before(code):
    events = code(
        "Rebels attacked Goma on Monday. Soldiers shelled people in the village of Vorlunkaya "
        "and wounded nine civilians."
    )
    shelling = [event for event in events if "Vorlunkaya" in event.quote]
    assert all(not event.locations for event in shelling)


def test_near_a_town_is_less_exact_than_in_it(code):
    (near,) = code("Rebels attacked soldiers near Goma on Monday.")
    (inside,) = code("Rebels attacked soldiers in Goma on Monday.")
    assert [location.precision for location in near.locations] == [GeoPrecision.NEAR]
    assert [location.precision for location in inside.locations] == [GeoPrecision.EXACT]


def test_the_reason_for_a_place_is_a_plain_sentence(code):
    (event,) = code("Rebels attacked soldiers in Goma on Monday.")
    (location,) = event.locations
    assert location.reason.startswith("Goma is ")
    assert location.reason.count("Goma") == 1


def test_what_crowds_storm_is_no_arrest(code):
    events = code("Protesters stormed the ministry in Beirut on Saturday and held it for hours.")
    assert [(event.event_type, event.mode) for event in events] == [("PROTEST", "riot")]


def test_medicine_flown_to_a_country_is_aid(code):
    events = code("Kuwait has flown field hospitals and medicine to Beirut.")
    assert [event.event_type for event in events] == ["AID"]


def test_an_attack_that_somebody_claims_is_the_one_that_was_told(code):
    attack = code(
        "Gunmen raided a market near Maiduguri on Sunday. Boko Haram claimed responsibility for "
        "the attack."
    )
    assert [ids(event.source_actors) for event in attack] == [["NGA.REB.BOKOHARAM"]]
    assert attack[0].when.iso == "2019-11-24"


def test_a_headline_tells_what_the_sentence_below_it_tells(code):
    (blast,) = code(
        "Blast at market kills seven\n"
        "QUETTA, Pakistan, Nov 25 (Reuters) - At least seven people were killed on Sunday when a "
        "bomb exploded at a market in Quetta."
    )
    assert blast.when.iso == "2019-11-24"
    assert [location.place.name for location in blast.locations] == ["Quetta"]


def test_what_troops_are_only_sent_for_is_not_told(code):
    events = code("Turkey sent troops to the border in order to launch attacks on Syria.")
    assert [event.event_type for event in events] == ["MOBILIZE"]


def test_the_town_of_a_dateline_is_nobodys_country(code):
    (event,) = code(
        "TEHRAN - Gen. Asim Munir, the head of Pakistan's army, met President Rouhani on Monday."
    )
    assert ids(event.source_actors) == ["PAK.MIL"]


def test_protesters_are_named_as_protesters(code):
    (event,) = code("Kenyan protesters marched in Nairobi on Saturday.")
    assert [actor.name for actor in event.source_actors] == ["Protesters in Kenya"]


def test_a_denied_act_is_told_as_denied_and_by_whom(code):
    events = code("Turkey denied that Turkish jets had bombed Kurdish fighters in Syria.")
    denied = next(event for event in events if event.event_type == "ASSAULT")
    assert denied.modality is Modality.DENIED
    assert ids(denied.attributed_to) == ["TUR"]


def test_a_claim_says_who_claims(code):
    events = code("Kyiv claims that Russian troops killed 12 Ukrainian farmers near Kherson.")
    claimed = next(event for event in events if event.event_type == "ASSAULT")
    assert (claimed.modality, ids(claimed.attributed_to)) == (Modality.CLAIMED, ["UKR.GOV"])


def test_who_plans_an_act_is_kept(code):
    (event,) = code("Japan plans to send troops to Sudan.")
    assert (event.modality, ids(event.attributed_to)) == (Modality.PLANNED, ["JPN"])


def test_what_happened_long_before_the_report_is_background(code):
    text = (
        "In 1998, Indian soldiers killed 20 villagers in Srinagar. "
        "On Nov. 19 Indian soldiers killed two militants in Srinagar."
    )
    assert [event.modality for event in code(text)] == [Modality.BACKGROUND, Modality.REPORTED]


def test_an_event_says_what_it_is_about(code):
    (event,) = code("Kenyan police arrested 40 Somali refugees.")
    assert event.contexts == ("asylum", "migration")


def test_people_without_a_country_still_make_an_event(code):
    (event,) = code("A young woman was killed by a bullet on Tuesday.")
    assert (event.event_type, event.source_actors, event.target_actors) == ("ASSAULT", (), ())


def test_a_second_telling_without_names_is_no_second_event(code):
    text = "A young woman was killed by a bullet. The victim was shot at a bus stop."
    assert [event.event_type for event in code(text)] == ["ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Nine students were believed to have been shot at a college in Kumasi. The man who did "
            "the shooting fled on foot."
        ),
        (
            "Six nurses were shot at a clinic near Durban. A guard said that the one who fired the "
            "shots was a patient."
        ),
        (
            "Peruvian police have arrested a fugitive banker in Lima. The banker was taken into "
            "custody at dawn."
        ),
        (
            "The editor was arrested by the Kenyan police in Nakuru. He is held in a cell without "
            "light."
        ),
        "Two men were arrested in Brno. They were arrested by Czech police.",
        (
            "Riots have shaken Bolivia for three nights. People took to the streets over the price "
            "of bread."
        ),
        "Riots have shaken Bolivia for three nights. The minister left after the rioting.",
        "Bandits ambushed a bus near Kidal. The ambush killed eleven traders.",
        "Zambia's dockers downed tools on Monday. The strike halted the port.",
        (
            "The firm asked for a loan from the Ghanaian government. The firm has applied for "
            "cheap credit."
        ),
        (
            "Three shoppers were hurt in a botched attempt on a rebel leader's life in Gaza. "
            "Israeli troops were attempting to kill the man."
        ),
        (
            "A gunman opened fire in a mall in Turku, killing two people and wounding three. "
            "Doctors said two were killed and three wounded."
        ),
        (
            "Norway reached a deal with Chad over oil. Norway's foreign minister signed the accord "
            "today."
        ),
        "Ghana's president will go to Paris for talks with France's president.",
        (
            "Clashes between farmers and herders in Kassala went on while troops tried to end days "
            "of fighting."
        ),
    ],
)
def test_a_later_telling_of_one_event_adds_none(code, text):
    assert len(code(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        (
            "Nine students were shot at a college in Kumasi. A farmer was shot dead in Tamale on "
            "Monday."
        ),
        "Kenyan police arrested an editor in Nakuru. A lawyer was taken into custody in Mombasa.",
        "Kenyan police arrested an editor in Nakuru. Two lawyers were also detained.",
        "Police arrested Jan Novak in Brno. Petr Svoboda was taken into custody.",
        "Four men were arrested in Perth. Two women were held in Sydney.",
        (
            "Riots shook Sucre on Monday. Another protest followed: people took to the streets in "
            "Oruro."
        ),
        "Thousands marched in Sucre. Soldiers fought rebels near Oruro.",
        (
            "Soldiers attempted to kill a mayor in Herat. Another attempt failed in Kunduz, where "
            "rebels tried to kill a judge."
        ),
        "A bomb killed seven people in Karachi. A blast in Quetta killed seven soldiers.",
        "Chile's president visited Lima. He met Peru's president on Friday.",
    ],
)
def test_other_places_victims_and_numbers_make_two_events(code, text):
    assert len(code(text)) == 2


def test_a_later_telling_of_an_arrest_is_kept_with_it(code):
    text = "The editor was arrested by the Kenyan police in Nakuru. He is held in a dark cell."
    (event,) = code(text)
    assert [telling.mode for telling in event.tellings] == ["arrest", "arrest"]


def test_what_somebody_tells_has_happened(code):
    (event,) = code("A colonel told reporters that Norway had provided Kenya with medicine.")
    assert (event.event_type, event.modality) == ("AID", Modality.REPORTED)


def test_a_person_goes_by_the_first_of_two_names(code):
    text = "Malaysian Prime Minister Najib Razak spoke. Najib denied any wrongdoing."
    assert ("REJECT", ["MYS.GOV"], []) in [summary(event) for event in code(text)]


def test_harsh_words_are_an_accusation(code):
    text = "Kenya called the Ethiopian decision illegal."
    assert ("ACCUSE", ["KEN"], ["ETH"]) in [summary(event) for event in code(text)]


def test_a_refusal_to_comment_is_no_event(code):
    assert code("The Kenyan government declined to comment.") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Karnataka sued the Indian government.", ("ACCUSE", ["IND.GOV"], [])),
        ("The Taliban claimed responsibility for the bombing in Kabul.",
         ("ASSAULT", ["AFG.REB.TALIBAN"], [])),
        ("Two Kenyan men pleaded guilty to the thefts.", ("CONCEDE", ["KEN.CVL"], [])),
        ("Two Kenyan men pleaded not guilty to the thefts.", ("REJECT", ["KEN.CVL"], [])),
        ("Norwegian police are searching for two men.", ("ACCUSE", ["NOR.COP"], [])),
        ("French soldiers were deployed.", ("MOBILIZE", ["FRA.MIL"], [])),
    ],
)  # fmt: skip
def test_kinds_of_telling_that_real_articles_use(code, text, expected):
    assert expected in [summary(event) for event in code(text)]


def test_a_date_dates_only_the_clause_that_it_stands_in(code):
    text = "Police in Nairobi arrested two men in September; rebels attacked the town of Bunia."
    events = {event.event_type: event for event in code(text)}
    assert events["COERCE"].when is not None
    assert events["ASSAULT"].when is None


def test_an_event_says_how_many_it_concerned(code):
    (event,) = code("Rebels killed at least 27 soldiers in Herat on Monday.")
    assert [(size.kind, size.low, size.words) for size in event.sizes] == [
        ("killed", 27, "at least 27")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In talks with Iranian diplomats in Vienna, the French president raised the case.",
         ["CONSULT"]),
        ("The Peruvian minister said Ecuador was responsible for the delay.", ["ACCUSE"]),
        ("A judge in Tbilisi ruled that the three activists should stay in custody.", ["COERCE"]),
        ("Two senators joined unions in calling for the Peruvian minister to resign.", ["REQUEST"]),
        ("The chairman has won strong backing from Poland.", ["SUPPORT"]),
        ("The quarrel set off expulsions of Czech diplomats.", ["SANCTION"]),
        ("Kenya announced that the border crossing would be closed.", ["THREATEN"]),
        ("Le Drian, the French minister, threatened that France would recognize the rebels.",
         ["THREATEN"]),
        ("Two of the men were acquitted.", ["CONCEDE"]),
    ],
)  # fmt: skip
def test_deeds_told_in_less_common_ways_are_found(code, text, expected):
    assert [event.event_type for event in code(text)] == expected


def test_one_speaker_may_make_several_demands(code):
    events = code(
        "Peru urged its neighbours to close their ports. "
        "The government of Peru demanded an inquiry into the sinking of a trawler."
    )
    assert [event.event_type for event in events] == ["REQUEST", "REQUEST"]


def test_letters_that_no_text_means_a_country_by_are_none(code):
    assert code("Sen. Ann Cole denounced the plan.")[0].source_actors != ("SEN",)


def test_a_later_act_does_not_take_the_date_of_the_act_it_is_joined_to(code):
    text = "Latvia removed the statue in October and will return the land to the town from Dec. 3."
    dates = {e.quote[e.trigger_start - e.start :][:6]: e.when for e in code(text)}
    assert all(
        when is None or when.iso != "2019-10" for word, when in dates.items() if "ret" in word
    )


def test_what_an_act_followed_is_not_dated_by_it(code):
    events = code("The envoy met Sudanese rebels in Juba on Friday after a raid on a camp.")
    raid = next(event for event in events if event.event_type == "ASSAULT")
    assert raid.when is None


def test_the_armies_of_both_countries_are_those_of_the_two_that_the_text_is_about(code):
    text = (
        "Chile and Peru have quarrelled for years. Chile sent an envoy to Peru.\n\n"
        "Both countries' armies took steps this year to coordinate their policies."
    )
    (event,) = [event for event in code(text) if event.event_type == "COOPERATE"]
    assert ids(event.source_actors) == ["CHL.MIL", "PER.MIL"]


@pytest.mark.parametrize("dateline", ["MAPUTO, Nov 22 -", "Maputo (Lusa) 22 November —"])
def test_the_day_in_a_dateline_is_that_of_the_report(code, dateline):
    (event,) = code(f"{dateline} Gunmen killed eight people in Palma on Tuesday.")
    assert event.when.iso == "2019-11-19"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Angela Merkel attacked Alexis Tsipras over his budget.", "ACCUSE"),
        ("Russian troops attacked Ukrainian soldiers.", "ASSAULT"),
    ],
)
def test_politicians_attack_in_words(code, text, expected):
    assert [event.event_type for event in code(text)] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The general executed his cousin after finding him guilty of spying.",
            {"ASSAULT", "SANCTION"},
        ),
        ("Three held over Lagos blast", {"COERCE"}),
        ("Suspect arrested in Nairobi after a bombing.", {"COERCE", "ASSAULT"}),
        ("French soldier killed in Mali by rebels.", {"ASSAULT"}),
        ("The rebel army captured nearly half of the island.", {"ASSAULT"}),
        ("The city of Kunduz fell to the Taliban.", {"ASSAULT"}),
        ("Turkey summoned the Dutch ambassador over the shelling.", {"REQUEST", "ASSAULT"}),
        ("At least one porter was killed in Mogadishu.", {"ASSAULT"}),
        ("A peace agreement was signed in Jeddah on Sunday.", {"SUPPORT"}),
        ("The ceasefire was violated by both sides.", {"REJECT"}),
        ("Parliament voted to ban the party.", {"COERCE"}),
    ],
)
def test_headlines_nouns_and_small_clauses_tell_deeds(code, text, expected):
    assert {event.event_type for event in code(text)} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Four people were killed when their bus hit a truck.",
        "The UN raps Myanmar over its camps.",
        "The waiter was charged with two counts of assault.",
        "Yet her attacks were less convincing than his.",
        "The minister was fired on Tuesday by a note that nobody saw.",
    ],
)
def test_accidents_counts_and_figures_of_speech_are_no_violence(code, text):
    assert "ASSAULT" not in {event.event_type for event in code(text)}


def test_who_says_we_is_the_speaker(code):
    (event,) = code("“We urge Israel to stop,” the Turkish foreign minister said.")
    assert summary(event) == ("REQUEST", ["TUR.GOV"], ["ISR"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In Lima gang members set fire to a police station and kidnapped two officers.",
         ["ASSAULT", "ASSAULT"]),
        ("The minister ordered Iraq's envoy in Ankara to return and demanded an apology.",
         ["REQUEST", "REQUEST"]),
        ("Police in Eswatini fired on crowds in Mbabane; the ministers refused to meet them.",
         ["ASSAULT", "REJECT"]),
        ("Five people were wounded in a raid in Basra and at least a dozen arrested.",
         ["ASSAULT", "COERCE"]),
        ("Fighting between the army and rebels left 40 dead.", ["ASSAULT"]),
        ("Iran said it would no longer allow inspectors into the site.", ["REJECT"]),
        ("Nobody was killed.", []),
    ],
)  # fmt: skip
def test_joined_acts_are_told_apart(code, text, expected):
    events = code(text)
    assert [event.event_type for event in events] == expected
    assert all(event.modality is Modality.REPORTED for event in events)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Local police arrested nine butchers and seized 500 kilos of beef in Cebu.",
         ["COERCE", "COERCE"]),
        ("The rebels killed ten soldiers near Gao. The coup shocked Mali.",
         ["ASSAULT", "ASSAULT"]),
        ("Talks in Luanda hosted by Angola's president ended on Friday.", ["CONSULT"]),
        ("She denounced President Macron for pulling out of Mali.", ["ACCUSE", "RETREAT"]),
    ],
)  # fmt: skip
def test_acts_that_differ_stay_apart(code, text, expected):
    assert [event.event_type for event in code(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Iranian minister said the allegations were baseless.", ["REJECT"]),
        ("The Kremlin insisted that it had no role in the attack.", ["REJECT", "ASSAULT"]),
        ("The Iranian minister said the report was positive.", []),
    ],
)
def test_who_calls_charges_false_rejects_them(code, text, expected):
    assert [event.event_type for event in code(text)] == expected


def test_letters_of_an_agency_are_no_pronoun(code):
    text = "The World Health Organization (WHO) met in Geneva. WHO urged Chad to act."
    assert summary(code(text)[-1]) == ("REQUEST", ["IGO.UN.WHO"], ["TCD"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A mine accident in Chile poisoned hundreds of villagers with arsenic.", []),
        ("Trump called the massacre a riot.", ["ASSAULT"]),
        ("I do not know whether Erdogan was blackmailed by Merkel.", []),
        ("There was growing talk of intervention in Syria.", []),
    ],
)
def test_accidents_names_and_doubts_are_no_deeds(code, text, expected):
    told = [event for event in code(text) if event.modality is Modality.REPORTED]
    assert [event.event_type for event in told] == expected


def test_a_coup_did_not_happen_where_it_was_condemned(code):
    told = code("Speaking in Accra, the Ghanaian president condemned the coup.")
    assert [event.locations for event in told if event.event_type == "ASSAULT"] == [()]
    told = code("In Accra, Ghana's president condemned the coup in Niger.")
    placed = [event for event in told if event.event_type == "ASSAULT"]
    assert [where.place.name for event in placed for where in event.locations] == ["Niger"]


def test_a_place_before_is_not_that_of_another_country_s_act(code):
    told = code("Gunmen stormed a hotel in Bamako. Ukraine's police arrested two men.")
    arrest = next(event for event in told if event.event_type == "COERCE")
    assert "Bamako" not in [where.place.name for where in arrest.locations]


def test_a_minister_is_not_of_the_country_that_he_will_visit(code):
    (visit,) = code("The minister will travel to Turkey on Sunday.")
    assert ids(visit.source_actors) == []
    (claim,) = code("The minister claimed that the money from Kenya had not been paid out.")
    assert (ids(claim.source_actors), ids(claim.target_actors)) == ([], ["KEN"])


def test_a_month_near_at_hand_for_which_somebody_is_invited_is_to_come(code):
    (invited,) = code(
        "Japan invited the Indian premier to a summit in early December.",
        published=date(2024, 11, 20),
    )
    assert invited.when is None or invited.when.earliest.year == 2024


def test_a_headline_takes_no_word_of_the_next_line(code):
    told = code("Rebels seize Goma\nThousands of people marched through Kampala on Tuesday.")
    assert [event.event_type for event in told] == ["ASSAULT", "PROTEST"]


def test_what_bodies_between_states_say_of_wrongs_accuses(code):
    told = code("Human Rights Watch said Saudi border guards had killed hundreds of migrants.")
    assert {"ACCUSE", "ASSAULT"} == {event.event_type for event in told}
    told = code("Guinea's opposition said security forces had killed three protesters.")
    assert {"ACCUSE", "ASSAULT"} == {event.event_type for event in told}
    assert not [
        event
        for event in code("Police said gunmen had killed six people in Lagos.")
        if event.event_type == "ACCUSE"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "There is no need for a new road, the mayor of Lagos said.",
        "The mayor of Lagos said that the bridge will need to be mended.",
        "The general recalled the war in a book.",
    ],
)
def test_what_asks_nothing_of_others_is_no_demand(code, text):
    assert code(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Aid workers said that Russian jets had bombed a market in Idlib.", True),
        ("The Kenyan minister suggested that Uganda had poisoned the general.", True),
        ("The Kenyan army said that Kenyan soldiers had bombed a camp.", False),
        ("The ministry said that Russian jets would bomb the town.", False),
    ],
)
def test_who_tells_of_the_wrongs_of_others_accuses_them(code, text, expected):
    assert ("ACCUSE" in {event.event_type for event in code(text)}) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Kenyan minister said Uganda must pay.", "said Uganda must pay"),
        ("The Kenyan senator called the plan a disgrace.", "called the plan a disgrace"),
        ("A drone strike hit the port of Hodeidah.", "drone strike"),
    ],
)
def test_the_words_of_an_act_say_which_act_it_is(code, text, words):
    (event,) = code(text)
    assert text[event.trigger_start : event.trigger_end] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Norwegian party spoke of its hacked emails.", "COERCE"),
        ("In denouncing the plan, the Kenyan president spoke of Uganda.", "ACCUSE"),
        ("It called on the United Nations to convene a panel.", "REQUEST"),
        ("The match was played with 900 police officers deployed in Marseille.", "MOBILIZE"),
        ("Reporters met students protesting the fees in Nairobi.", "PROTEST"),
        ("Serbia's decision to withdraw from the pact surprised Croatia.", "SANCTION"),
        ("He told of last month's failed coup.", "ASSAULT"),
    ],
)
def test_participles_gerunds_and_nouns_tell_what_was_done(code, text, expected):
    assert expected in {event.event_type for event in code(text)}


def test_what_others_did_is_told_beside_the_answer_to_it(code):
    told = code("Students defied Kenya's curfew.")
    assert [event.event_type for event in told] == ["REJECT", "COERCE"]
    told = code("Farmers defied the ban by blocking the roads to Lyon.")
    assert [event.event_type for event in told] == ["REJECT", "PROTEST"]


def test_a_guess_at_what_is_past_is_a_claim(code):
    killed = code("More villagers may have been killed in the raid on Kidal.")[0]
    assert killed.modality is Modality.CLAIMED


def test_the_sum_of_a_war_lies_at_no_town_of_the_sentence_before(code):
    text = "The talks opened in Geneva. More than 9,000 villagers have died in ten years of war."
    died = next(event for event in code(text) if event.event_type == "ASSAULT")
    assert not died.locations


def test_a_first_name_that_is_a_leaders_surname_makes_nobody_that_leader(code):
    text = "Lebanese Prime Minister Hassan Diab condemned the raid."
    (said, *_) = code(text, None)
    assert [actor.actor_id for actor in said.source_actors] == ["LBN.GOV"]


def test_it_is_the_government_that_says_what_it_did(code):
    (event,) = code("Mali's government said it had expelled the envoy of a neighbour.")
    assert [actor.actor_id for actor in event.source_actors] == ["MLI.GOV"]


def test_thousands_of_things_are_nobody_who_is_released(code):
    assert not code("The website on Tuesday released thousands of emails of the party.")
    (freed,) = code("The guerrillas on Tuesday released dozens of farmers.")
    assert freed.event_type == "RETREAT"


def test_who_is_worried_and_calls_for_a_thing_asks_for_it(code):
    text = "Austria is concerned about the trial and called for the release of the activists."
    assert ["AUT"] in [
        [actor.actor_id for actor in event.source_actors]
        for event in code(text)
        if event.event_type == "REQUEST"
    ]


def test_an_embassy_is_of_its_country_and_not_of_where_it_stands(code):
    (event,) = code("A mob stormed the Mexican embassy in Quito.")
    assert [actor.actor_id for actor in event.target_actors] == ["MEX.GOV"]


@pytest.mark.parametrize(
    ("text", "actor_ids"),
    [
        ("US-backed forces seized the town.", []),
        ("Iranian-backed Houthi rebels fired on a ship.", ["YEM.REB.HOUTHI"]),
    ],
)
def test_whom_a_country_backs_is_not_of_that_country(code, text, actor_ids):
    (event,) = code(text)
    assert [actor.actor_id for actor in event.source_actors] == actor_ids


def test_what_somebody_is_charged_with_saying_is_no_accusation_of_its_own(code):
    text = "Thai police on Monday charged two activists with insulting the monarchy."
    assert [event.event_type for event in code(text)] == ["ACCUSE"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru's president said the dam would be a disaster for fishermen.", "ACCUSE"),
        ("Chile's leader said Peru's plan would ruin the fishermen.", "ACCUSE"),
        ("Peru's president offered her apologies to the family.", "SUPPORT"),
        ("Canada's Liberals gave $25,000 to the campaign of the mayor.", "AID"),
        ("The Peruvian police wiretapped the phone of a Chilean diplomat.", "COERCE"),
        ("A federal judge in Montana blocked the ban.", "REJECT"),
        ("Peru's president was troubled by the arrest of the editor.", "ACCUSE"),
        ("Peru's president chose not to attend the hearing.", "REJECT"),
    ],
)
def test_quarrels_within_a_state_are_told_in_plain_words(code, text, expected):
    assert expected in [event.event_type for event in code(text)]


def test_what_would_be_a_danger_is_no_judgement_of_anybody(code):
    assert not code("Peru's president said the flood would be a danger.")


@pytest.mark.parametrize(
    "text",
    [
        "The rebel commander said that his own men had killed nine soldiers.",
        "The commander said his soldiers had shelled the market.",
        "A village elder said their soldiers had shot two farmers.",
        "Local newspapers said that soldiers had shot a farmer.",
    ],
)
def test_who_speaks_of_their_own_side_or_only_reports_accuses_nobody(code, text):
    assert "ACCUSE" not in {event.event_type for event in code(text)}


def test_a_decision_to_punish_is_the_deed_to_come(code):
    (event,) = code("Peru decided to sever diplomatic ties with Ecuador.")
    assert (event.event_type, event.modality) == ("SANCTION", Modality.PLANNED)


def test_a_predicate_is_among_the_words_of_an_act(code):
    text = "Turkey held Greece responsible."
    (event,) = code(text)
    assert text[event.trigger_start : event.trigger_end].endswith("responsible")


def test_what_somebody_is_suspected_of_is_told_in_the_suspicion_alone(code):
    events = code("The minister suspected his driver of spying on him.")
    assert [event.event_type for event in events] == ["ACCUSE"]


def test_reports_from_a_town_are_not_what_its_people_say(code):
    events = code("Reports from Nairobi say Ugandan soldiers have beaten herders.")
    assert "ACCUSE" not in {event.event_type for event in events}
