"""Sentences written for these tests; the expected countries and capitals are GeoNames'."""

from __future__ import annotations

import pytest
import spacy

from gazetteer.geoparse import geoparse
from gazetteer.other_languages import detect_language, find_names
from gazetteer.rules import table

SENTENCES = [
    ("ar", "وصل الوفد من بغداد إلى الرياض عبر الأردن.", ["Baghdad", "Riyadh", "Jordan"]),
    ("ar", "اجتمع المندوبون في القاهرة ثم سافروا إلى دمشق.", ["Cairo", "Damascus"]),
    ("fa", "نمایندگان از تهران به اسلام‌آباد رفتند و از پاکستان گفتند.", ["Tehran", "Pakistan"]),
    ("fa", "قطار تازه از مشهد به کابل می‌رود.", ["Mashhad", "Kabul"]),
    ("ur", "وفد لاہور سے کراچی گیا اور پھر ایران روانہ ہوا۔", ["Lahore", "Karachi", "Iran"]),
    ("ur", "ٹرین اسلام آباد میں رکی۔", ["Islamabad"]),
    ("ru", "Делегация прилетела из Москвы в Киев через Польшу.", ["Moscow", "Kyiv", "Poland"]),
    ("ru", "Встреча прошла в Тегеране, а потом в Пекине.", ["Tehran", "Beijing"]),
    ("fr", "La délégation a quitté Londres pour Le Caire et l'Allemagne.", ["London", "Cairo"]),
    ("fr", "Un train relie Bruxelles et Moscou en passant par la Pologne.", ["Brussels", "Moscow"]),
    ("es", "La delegación viajó de Londres a Nueva York y a los Estados Unidos.",
     ["London", "New York City", "United States"]),
    ("es", "El barco salió de La Habana hacia Argelia.", ["Havana", "Algeria"]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "places"), SENTENCES)
def test_capitals_countries_and_large_cities_are_right_without_a_model(
    place_store, language, text, places
):
    assert detect_language(text) == language
    found = geoparse(text, store=place_store, language=language).resolutions
    names = [r.place.name for r in found if r.place]
    assert [name for name in places if name not in names] == [], names
    for resolution in found:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(("language", "text", "places"), SENTENCES)
def test_small_words_are_no_places(place_store, language, text, places):
    found = find_names(text, place_store, language)
    assert len(found) <= len(places) + 1, [mention.surface for mention in found]


def test_a_pipeline_that_a_user_has_adds_its_places_and_takes_away_its_persons(
    place_store, tmp_path, monkeypatch
):
    pipeline = spacy.blank("fr")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [{"label": "LOC", "pattern": "Giverny"}, {"label": "PER", "pattern": "Rennes"}]
    )
    pipeline.to_disk(tmp_path / "fr")
    text = "Rennes est né à Giverny et a vécu dans la ville de Lyon."
    names = [r.mention.surface for r in geoparse(text, store=place_store).resolutions]
    assert names == ["Rennes", "Lyon"]
    monkeypatch.setenv("DATELINE_MODEL_FR", str(tmp_path / "fr"))
    found = geoparse(text, store=place_store).resolutions
    assert [r.mention.surface for r in found] == ["Giverny", "Lyon"]
    assert all(r.place and r.place.country_code == "FR" for r in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "de",
            "Die Delegation ist von Berlin nach Wien gefahren und bleibt bis zum Abend.",
        ),
        ("it", "Il treno da Roma è arrivato a Milano dopo un viaggio di tre ore con gli ospiti."),
        ("pt", "O navio saiu de Lisboa para o Rio de Janeiro e não voltou mais."),
        ("en", "El Paso and Las Vegas lie in the west of the United States."),
    ],
)
def test_the_language_is_told_by_its_small_words(language, text):
    assert detect_language(text) == language


def test_english_is_what_is_read_where_nothing_tells():
    assert detect_language("Rain fell on the town.") == "en"
    assert detect_language("") == "en"
    assert detect_language("12 345") == "en"


FORMS = [
    ("ru", "В России прошли выборы.", "России", "Russia"),
    ("ru", "Они жили в Ливии.", "Ливии", "Libya"),
    ("ru", "Президент Болгарии молчал.", "Болгарии", "Bulgaria"),
    ("ru", "Они говорили с Данией.", "Данией", "Denmark"),
    ("ru", "Они были в Египте.", "Египте", "Egypt"),
    ("ru", "Они были в Саудовской Аравии.", "Саудовской Аравии", "Saudi Arabia"),
    ("ru", "Они в Объединённых Арабских Эмиратах.", "Объединённых Арабских Эмиратах",
     "United Arab Emirates"),
    ("ru", "Они жили в Венеции.", "Венеции", "Venice"),
    ("ru", "Дожди шли на Филиппинах.", "Филиппинах", "Philippines"),
    ("ru", "Они жили во Львове.", "Львове", "Lviv"),
    ("ru", "Они жили в Вашингтоне.", "Вашингтоне", "gn:4140963"),
    ("ru", "Они жили в Херсоне.", "Херсоне", "Kherson"),
    ("ru", "Они были в Нижнем Новгороде.", "Нижнем Новгороде", "gn:520555"),
    ("ru", "Они были в Ростове-на-Дону.", "Ростове-на-Дону", "gn:501175"),
    ("uk", "Вони були у Львові та не чули.", "Львові", "Lviv"),
    ("uk", "Вони були у Празі.", "Празі", "Prague"),
    ("uk", "Вони поїхали до Єгипту.", "Єгипту", "Egypt"),
    ("fr", "L'Allemagne a protesté.", "Allemagne", "Germany"),
    ("fr", "Les ministres de l’Ukraine sont là.", "Ukraine", "Ukraine"),
    ("fr", "Le vol d'Alger est parti.", "Alger", "Algiers"),
    ("fr", "Elle vit en Côte d'Ivoire.", "Côte d'Ivoire", "Ivory Coast"),
    ("fr", "Elle vit en Arabie saoudite.", "Arabie saoudite", "Saudi Arabia"),
    ("fr", "La cour de La Haye a jugé.", "La Haye", "The Hague"),
    ("fr", "Elle vit à Mexico.", "Mexico", "Mexico City"),
    ("it", "Il presidente dell'Ucraina parla.", "Ucraina", "Ukraine"),
    ("es", "Viajó a los EE. UU. ayer.", "EE. UU", "United States"),
    ("es", "Viajó a Gaza ayer.", "Gaza", "Gaza"),
    ("ar", "وصل الوفد إلى عمّان أمس.", "عمّان", "Amman"),
    ("ar", "وصل الوفد إلى إدلب أمس.", "إدلب", "Idlib"),
    ("ar", "من مصر ورام الله أمس.", "رام الله", "Ramallah"),
    ("ar", "جلسة للعراق أمس.", "عراق", "Iraq"),
    ("ar", "سافر وبالقاهرة نزل.", "القاهرة", "Cairo"),
    ("fa", "زائران در قم ماندند.", "قم", "Qom"),
    ("fa", "وزیران در هنگ‌کنگ ماندند.", "هنگ‌کنگ", "Hong Kong"),
    ("fa", "از تهران و مشهد آمدند.", "مشهد", "Mashhad"),
    ("ur", "وفد نیویارک پہنچ گیا۔", "نیویارک", "New York City"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "surface", "place"), FORMS)
def test_a_name_is_found_in_the_form_that_the_sentence_gives_it(
    place_store, language, text, surface, place
):
    found = geoparse(text, store=place_store, language=language).resolutions
    for resolution in found:
        mention = resolution.mention
        assert text[mention.start : mention.end] == mention.surface == mention.surface.strip()
    places = {r.mention.surface: r.place for r in found if r.place}
    assert place in {places[surface].name, places[surface].place_id}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Они сказали, что всё хорошо. Ему помогли врачи, а потом Анна ушла домой."),
        ("fr", "Mais l'Assemblée a voté. Selon elle, Depuis lundi l'Histoire attend."),
        ("ar", "وأضاف المتحدث أن القوات دخلت المدينة ليلا، ولم يصب أحد بسوء."),
        ("fa", "وی افزود که مردم آرام هستند و همه به خانه رفتند."),
    ],
)
def test_common_words_are_no_places(place_store, language, text):
    assert find_names(text, place_store, language) == ()


def test_the_places_of_the_tables_are_those_that_their_rows_name(place_store):
    rows = dict(table("known_towns", 2))
    named = {place_id: place_store.by_id(place_id).name for place_id in rows}
    assert named == rows
    assert all(place_store.by_id(row[2]) for row in table("language_names", 4))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("日本の首相は三日、東京で韓国の大統領と会談した。", "ja"),
        ("中国外交部长星期二在北京会见了巴基斯坦外长。", "zh"),
        ("한국 대통령은 화요일 서울에서 일본 총리와 만났다.", "ko"),
        ("ראש הממשלה נפגש בירושלים עם שר החוץ של מצרים.", "he"),
        ("Policja zatrzymała pięć osób, które były w Łodzi i w Warszawie.", "pl"),
        ("Dışişleri bakanı bir anlaşma için Ankara'da görüştü ve imzaladı.", "tr"),
        ("De minister heeft in Den Haag met zijn collega gesproken over het akkoord.", "nl"),
        ("Nurses in a U.S. clinic went on strike.", "en"),
        ("Several dozen bakers protested outside the town hall and burned an old flag.", "en"),
    ],
)
def test_the_language_is_told_by_script_and_small_words(text, language):
    assert detect_language(text) == language


NAMESAKES = [
    ("fr", "La banque a son siège à Luxembourg.", "gn:2960316"),
    ("fr", "Le président du Luxembourg a parlé.", "gn:2960313"),
    ("fr", "Les bureaux étaient vides à Koweït.", "gn:285787"),
    ("fr", "Le Koweït a fermé le port.", "gn:285570"),
    ("fr", "Un avion est parti vers Panama.", "gn:3703443"),
    ("fr", "Le canal du Panama est bloqué.", "gn:3703430"),
    ("es", "Llovió en la ciudad de Guatemala.", "gn:3598132"),
    ("es", "El presidente de Guatemala viajó ayer.", "gn:3595528"),
    ("es", "La selección de México ganó ayer.", "gn:3996063"),
    ("ru", "В городе Тунис прошёл марш.", "gn:2464470"),
    ("ru", "Президент Туниса молчал.", "gn:2464461"),
    ("ar", "وصل الوفد إلى تونس العاصمة أمس.", "gn:2464470"),
    ("ar", "قال رئيس تونس ذلك أمس.", "gn:2464461"),
    ("ar", "دخلت القوات مدينة الكويت أمس.", "gn:285787"),
    ("ar", "وصل الملك إلى عمان عاصمة الأردن.", "gn:250441"),
    ("ar", "استقبل العاهل الأردني الوفد في عمان.", "gn:250441"),
    ("ar", "أبحرت سفينة من عمان أمس.", "gn:286963"),
    ("fa", "هیئت به شهر تونس رسید.", "gn:2464470"),
    ("fa", "قایقی در آبهای عمان غرق شد.", "gn:286963"),
    ("ur", "اردن کے بادشاہ عمان سے روانہ ہوئے۔", "gn:250441"),
]


@pytest.mark.parametrize(("language", "text", "place_id"), NAMESAKES)
def test_a_capital_and_a_country_of_one_name_are_told_by_the_words_beside(
    place_store, language, text, place_id
):
    found = geoparse(text, store=place_store, language=language).resolutions
    assert place_id in [r.place.place_id for r in found if r.place]


def test_the_other_of_two_namesakes_is_offered_too(place_store):
    (found,) = geoparse("Il vit à Luxembourg.", store=place_store, language="fr").resolutions
    assert {"gn:2960316", "gn:2960313"} <= {c.place.place_id for c in found.candidates}


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("fr", "Mme Florence Parly a rencontré Vincent Lyon à Nice.", ["Nice"]),
        ("fr", "Sofia Valence chante à Sofia.", ["Sofia"]),
        ("es", "Santiago Gómez y Victoria Córdoba viven en Quito.", ["Quito"]),
        ("es", "Don Pedro Burgos vive en Sevilla.", ["Sevilla"]),
        ("es", "Salvador Allende nació en Valparaíso.", ["Valparaíso"]),
        ("ru", "Министр встретился с Владимиром Путиным в Сочи.", ["Сочи"]),
        ("ru", "В Киеве Зеленский встретил гостей.", ["Киеве"]),
        ("it", "Andrea Modena vive in Torino.", ["Torino"]),
    ],
)
def test_a_person_s_name_is_no_town(place_store, language, text, places):
    found = geoparse(text, store=place_store, language=language).resolutions
    assert [r.mention.surface for r in found] == places


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fa", "سیل در گوادر و چابهار خسارت زد."),
        ("ru", "Армия взяла Покровск и Часов Яр."),
        ("fr", "Ils ont quitté Gao pour Kidal."),
    ],
)
def test_small_towns_of_the_news_are_known(place_store, language, text):
    assert len(geoparse(text, store=place_store, language=language).resolutions) == 2


def test_directions_and_verbs_are_no_places(place_store):
    for language, text in [("fr", "Il vit dans le Sud du pays."), ("ur", "صدر واپس چلے گئے۔")]:
        assert find_names(text, place_store, language) == ()


@pytest.mark.parametrize("mark", ["«{}»", "“{}”", "[{}]", "({})", "{}"])
def test_marks_round_a_name_change_nothing_in_other_languages(place_store, mark):
    text = f"Ils sont partis de {mark.format('Bamako')} vers la {mark.format('Guinée')}."
    found = geoparse(text, store=place_store, language="fr").resolutions
    assert [r.mention.surface for r in found] == ["Bamako", "Guinée"]


@pytest.mark.parametrize(
    ("text", "language", "place_ids"),
    [
        ("Танкер вышел из Ормузского пролива в Аравийское море.", "ru",
         ["cur:strait-of-hormuz", "sea:arabian-sea"]),
        ("В Красном море горел сухогруз, шедший к Суэцкому каналу.", "ru",
         ["sea:red-sea", "cur:suez-canal"]),
        ("Корабель вийшов із Чорного моря до Середземного моря.", "uk",
         ["sea:black-sea", "sea:mediterranean-sea"]),
        ("وقال إن سفينة غرقت في البحر الأحمر وإن أخرى عبرت مضيق هرمز.", "ar",
         ["sea:red-sea", "cur:strait-of-hormuz"]),
        ("نفت‌کش از تنگه هرمز گذشت و به دریای سرخ رسید.", "fa",
         ["cur:strait-of-hormuz", "sea:red-sea"]),
    ],
)  # fmt: skip
def test_waters_are_found_under_the_names_of_the_language(place_store, text, language, place_ids):
    found = geoparse(text, store=place_store, language=language).resolutions
    assert [r.place.place_id for r in found if r.place] == place_ids
