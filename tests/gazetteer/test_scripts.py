"""Names in other scripts find the places of their Latin forms."""

from __future__ import annotations

import pytest

from gazetteer.names import name_key
from gazetteer.store import PlaceStore

NAMES = {
    "Arabic": {
        "القاهرة": "Cairo",
        "بغداد": "Baghdad",
        "دمشق": "Damascus",
        "بيروت": "Beirut",
        "عمان": "Amman",
        "صنعاء": "Sanaa",
        "الدوحة": "Doha",
        "المنامة": "Manama",
        "أبوظبي": "Abu Dhabi",
        "دبي": "Dubai",
        "جدة": "Jeddah",
        "مكة": "Mecca",
        "الموصل": "Mosul",
        "حلب": "Aleppo",
        "طرابلس": "Tripoli",
        "تونس": "Tunis",
        "الجزائر": "Algiers",
        "الرباط": "Rabat",
        "الخرطوم": "Khartoum",
        "القدس": "Jerusalem",
        "غزة": "Gaza",
        "سوريا": "Syria",
        "العراق": "Iraq",
        "إيران": "Iran",
        "مصر": "Egypt",
        "اليمن": "Yemen",
        "لبنان": "Lebanon",
        "السعودية": "Saudi Arabia",
        "قطر": "Qatar",
        "الكويت": "Kuwait",
        "واشنطن": "gn:4140963",
        "موسكو": "Moscow",
        "باريس": "Paris",
        "لندن": "London",
        "الإمارات": "United Arab Emirates",
        "عدن": "Aden",
        "البصرة": "Basra",
        "الرياض": "Riyadh",
        "طهران": "Tehran",
        "الولايات المتحدة": "United States",
        "فلسطين": "State of Palestine",
        "إسرائيل": "Israel",
        "أفغانستان": "Afghanistan",
    },
    "Persian": {
        "تهران": "Tehran",
        "مشهد": "Mashhad",
        "اصفهان": "Isfahan",
        "شیراز": "Shiraz",
        "تبریز": "Tabriz",
        "قم": "Qom",
        "کابل": "Kabul",
        "هرات": "Herat",
        "قندهار": "Kandahar",
        "ایران": "Iran",
        "افغانستان": "Afghanistan",
        "عراق": "Iraq",
        "ترکیه": "Turkey",
        "عربستان سعودی": "Saudi Arabia",
        "آمریکا": "United States",
        "روسیه": "Russia",
        "بندرعباس": "Bandar Abbas",
        "بوشهر": "Bushehr",
        "دمشق": "Damascus",
        "پاکستان": "Pakistan",
        "مسکو": "Moscow",
        "پکن": "Beijing",
    },
    "Urdu": {
        "لاہور": "Lahore",
        "کراچی": "Karachi",
        "پشاور": "Peshawar",
        "کوئٹہ": "Quetta",
        "راولپنڈی": "Rawalpindi",
        "ملتان": "Multan",
        "فیصل آباد": "Faisalabad",
        "بھارت": "India",
        "افغانستان": "Afghanistan",
        "چین": "China",
        "دہلی": "Delhi",
        "ممبئی": "Mumbai",
        "سری نگر": "Srinagar",
        "ریاض": "Riyadh",
        "پاکستان": "Pakistan",
        "اسلام آباد": "gn:1176615",
        "حیدرآباد": "Hyderabad",
        "گوادر": "Gwadar",
    },
    "Cyrillic, Russian": {
        "Москва": "Moscow",
        "Киев": "Kyiv",
        "Минск": "Minsk",
        "Варшава": "Warsaw",
        "Лондон": "London",
        "Париж": "Paris",
        "Берлин": "Berlin",
        "Вашингтон": "gn:4140963",
        "Пекин": "Beijing",
        "Токио": "Tokyo",
        "Россия": "Russia",
        "Украина": "Ukraine",
        "США": "United States",
        "Китай": "China",
        "Иран": "Iran",
        "Сирия": "Syria",
        "Харьков": "Kharkiv",
        "Одесса": "Odesa",
        "Донецк": "Donetsk",
        "Мариуполь": "Mariupol",
        "Севастополь": "Sevastopol",
        "Тбилиси": "Tbilisi",
        "Ереван": "Yerevan",
        "Баку": "Baku",
        "Дамаск": "Damascus",
        "Багдад": "Baghdad",
        "Кабул": "Kabul",
        "Тель-Авив": "Tel Aviv",
        "Иерусалим": "Jerusalem",
        "Сеул": "Seoul",
        "Пхеньян": "Pyongyang",
    },
    "Cyrillic, Ukrainian": {
        "Київ": "Kyiv",
        "Харків": "Kharkiv",
        "Львів": "Lviv",
        "Одеса": "Odesa",
        "Дніпро": "Dnipro",
        "Маріуполь": "Mariupol",
        "Україна": "Ukraine",
        "Росія": "Russia",
        "Запоріжжя": "Zaporizhzhya",
        "Херсон": "Kherson",
    },
    "Hebrew": {
        "ירושלים": "Jerusalem",
        "חיפה": "Haifa",
        "עזה": "Gaza",
        "רמאללה": "Ramallah",
        "דמשק": "Damascus",
        "ביירות": "Beirut",
        "קהיר": "Cairo",
        "עמאן": "Amman",
        "בגדאד": "Baghdad",
        "טהראן": "Tehran",
        "ישראל": "Israel",
        "איראן": "Iran",
        "לבנון": "Lebanon",
        "סוריה": "Syria",
        "מצרים": "Egypt",
        "ירדן": "Jordan",
        "רוסיה": "Russia",
        "מוסקבה": "Moscow",
        "לונדון": "London",
        "וושינגטון": "gn:4140963",
        "באר שבע": "Beersheba",
        "אילת": "Eilat",
        "תל אביב": "Tel Aviv",
        "תל־אביב": "Tel Aviv",
        "ארצות הברית": "United States",
    },
    "Chinese": {
        "北京": "Beijing",
        "上海": "Shanghai",
        "台北": "Taipei",
        "香港": "gn:1819730",
        "东京": "Tokyo",
        "首尔": "Seoul",
        "平壤": "Pyongyang",
        "莫斯科": "Moscow",
        "华盛顿": "gn:4140963",
        "伦敦": "London",
        "巴黎": "Paris",
        "柏林": "Berlin",
        "新德里": "gn:1261481",
        "伊斯兰堡": "gn:1176615",
        "喀布尔": "Kabul",
        "巴格达": "Baghdad",
        "大马士革": "Damascus",
        "开罗": "Cairo",
        "耶路撒冷": "Jerusalem",
        "利雅得": "Riyadh",
        "基辅": "Kyiv",
        "中国": "China",
        "美国": "United States",
        "伊朗": "Iran",
        "俄罗斯": "Russia",
        "叙利亚": "Syria",
        "日本": "Japan",
        "韩国": "South Korea",
        "台灣": "Taiwan",
        "德黑蘭": "Tehran",
        "乌鲁木齐": "Urumqi",
        "拉萨": "Lhasa",
        "广州": "Guangzhou",
        "重慶": "Chongqing",
    },
    "Korean": {
        "한국": "South Korea",
        "북한": "North Korea",
    },
    "Devanagari": {
        "भारत": "India",
        "यूक्रेन": "Ukraine",
    },
}
"""What capitals, countries and large cities are called, by script; a value with ":" is an id."""


@pytest.mark.parametrize(
    ("name", "latin"), [pair for table in NAMES.values() for pair in table.items()]
)
def test_a_name_in_another_script_finds_the_place_of_its_latin_form(
    place_store: PlaceStore, name: str, latin: str
):
    wanted = latin if ":" in latin else place_store.by_name(latin)[0].place.place_id
    assert wanted in {match.place.place_id for match in place_store.by_name(name)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("كابل", "کابل"),  # Arabic kaf, Persian keheh
        ("كوفي", "کوفی"),  # Arabic and Persian yeh
        ("مكة", "مكه"),  # teh marbuta
        ("طَهْران", "طهران"),  # vowel points
        ("سری\u200cنگر", "سرینگر"),  # a zero-width non-joiner
        ("Київ", "КИЇВ"),
        ("תל־אביב", "תל אביב"),  # maqaf
        ("יְרוּשָׁלַיִם", "ירושלים"),
        ("أمريكا", "امريكا"),  # a hamza that many leave out
    ],
)
def test_spellings_that_writers_mix_have_one_key(one: str, other: str):
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("place_id", "names"),
    [
        ("sea:red-sea", "البحر الأحمر|دریای سرخ|بحیرہ احمر|Красное море|Червоне море|ים סוף|红海"),
        (
            "cur:strait-of-hormuz",
            "مضيق هرمز|تنگه هرمز|آبنائے ہرمز|Ормузский пролив|מצר הורמוז|霍尔木兹海峡",
        ),
        ("sea:persian-gulf", "الخليج العربي|خلیج فارس|Персидский залив|המפרץ הפרסי|波斯湾"),
        ("cur:suez-canal", "قناة السويس|کانال سوئز|نہر سوئز|Суэцкий канал|תעלת סואץ|苏伊士运河"),
        ("cur:golan-heights", "هضبة الجولان|Голанские высоты|רמת הגולן|戈兰高地"),
        ("adm1:CN.13", "شينجيانغ|Синьцзян|新疆"),
    ],
)
def test_waters_and_regions_are_found_in_every_script(place_store, place_id, names):
    for name in names.split("|"):
        assert place_id in [match.place.place_id for match in place_store.by_name(name)], name
