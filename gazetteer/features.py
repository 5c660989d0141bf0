"""The evidence for a candidate: one pure function a signal.

Each signal gives a number for a candidate in its setting, and says the same in a reader's
words. The weights that turn numbers into points stand in data/rules/weights.tsv.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from gazetteer.countries import countries
from gazetteer.geodesy import distance_km, distance_to_box_km
from gazetteer.places import FeatureClass, Place
from gazetteer.rules import table

NEAR_KM = 150.0
"""Distance at which nearness to another mention has lost two thirds of its value."""

_TOP_POPULATION_EXPONENT = 7.0
_CONTAINER_REACH_KM = 60.0
_LEAST_SHARE = 0.03
"""Less of a text's evidence than this is a namesake's by the way."""
_NEXT_DOOR_SHARE = 0.25
_KINDS = (
    "country",
    "region",
    "admin1",
    "admin2",
    "capital",
    "seat",
    "town",
    "section",
    "water",
    "relief",
    "site",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """A place that bears the name, and how it bears it."""

    place: Place
    is_primary: bool
    rank: int
    """Place among the bearers of the name by population, the largest being 0."""
    largest_population: int
    """Inhabitants of the name's largest bearer."""

    kind: str
    """What kind of place it is, one of the kinds that have a weight."""
    population: int
    """Inhabitants; where they are unknown, what is usual for the kind."""
    countries: tuple[str, ...] = ()
    """The countries that it lies in or, for a sea, that lie on it."""
    shore_countries: tuple[str, ...] = ()
    """Those of them whose middle lies near: naming the others is no hint of the sea."""
    holds_namesake: bool = False
    """Whether a town of the same name lies in it: Herat in Herat Province."""
    is_in_namesake_country: bool = False
    """Whether it lies in a country whose own name is the name."""
    is_unrivalled: bool = False
    """Whether it is a large town, and no other bearer of the name is near its size."""
    is_usual: bool = False
    """Whether the name means it wherever nothing in the text says otherwise."""
    holds_owner: bool = False
    """Whether the name is another's own, who lies in it: West Bank, of a whole country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A place that another mention most probably means."""

    name: str
    place: Place
    trust: float
    """Probability in [0, 1] that the other mention means it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What the text says around all mentions of one name, the name itself left out.

    Shares are in [0, 1]: how much of the text's evidence points to a country or to a
    first-order division, named by its country code and its own code.
    """

    countries_in_sentence: Mapping[str, float] = field(default_factory=dict)
    countries_in_document: Mapping[str, float] = field(default_factory=dict)
    divisions_in_sentence: Mapping[tuple[str, str], float] = field(default_factory=dict)
    divisions_in_document: Mapping[tuple[str, str], float] = field(default_factory=dict)
    containers: tuple[Anchor, ...] = ()
    """What is named after a comma: Texas in "Paris, Texas"."""
    contents: tuple[Anchor, ...] = ()
    """What the name is the container of."""
    is_container: bool = False
    """Whether it stands after "X, ", be X known or not."""
    neighbours: tuple[Anchor, ...] = ()
    companions: tuple[Anchor, ...] = ()
    """What the other mentions of the same sentences most probably mean."""
    type_words: tuple[str, ...] = ()
    """Words beside the name that say what it is: "province", "river"."""
    hinted: tuple[str, ...] = ()
    """Countries that the reader, the source or the corpus says the text is about."""
    is_metonym: bool = False
    """Whether the name stands for a government or a people wherever it is used."""
    has_article: bool = False
    """Whether "the" stands before the name: "the Gulf", "the Woodlands"."""
    nearnesses: dict[str, tuple[float, ...]] = field(
        default_factory=dict, init=False, compare=False, repr=False
    )
    """How near the neighbours are to each place that was asked for, kept by its id."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence."""

    name: str
    measure: Callable[[Option, Setting], float]
    explain: Callable[[Option, Setting], str]


def kind_of_place(place: Place) -> str:
    """Return the kind of `place`: "country", "region", "admin1", "town", "water" ..."""
    code, letter = place.feature_code, place.feature_class
    if code in _KIND_OF_CODE:
        return _KIND_OF_CODE[code]
    if code.startswith("PCL"):
        return "country"
    return _KIND_OF_CLASS.get(letter, "site")


_KIND_OF_CODE = {
    "TERR": "country",
    "CONT": "region",
    "ADM1": "admin1",
    "ADM1H": "admin1",
    "ADM2": "admin2",
    "PPLC": "capital",
    "PPLA": "seat",
    "PPLX": "section",
    "PPLQ": "section",
    "PPLH": "section",
    "ISL": "relief",
    "ISLS": "relief",
}
_USUAL_POPULATION = {
    "country": 1_000_000,
    "region": 3_000_000,
    "admin1": 50_000,
    "admin2": 10_000,
    "capital": 100_000,
    "seat": 20_000,
    "town": 300,
    "section": 3_000,
    "water": 300_000,
    "relief": 5_000,
    "site": 3_000,
}
"""What stands in for an unknown population; the order of magnitude is what matters."""

_NAMED_BY_NEWS = 20_000
"""For towns written down by hand, which is because news name them."""

_KIND_OF_CLASS = {
    FeatureClass.ADMIN: "admin2",
    FeatureClass.WATER: "water",
    FeatureClass.AREA: "region",
    FeatureClass.POPULATED: "town",
    FeatureClass.ROAD: "site",
    FeatureClass.SITE: "site",
    FeatureClass.RELIEF: "relief",
    FeatureClass.UNDERSEA: "water",
    FeatureClass.VEGETATION: "region",
}

_SEAT_OF_GOVERNMENT = 1_000_000
"""For the White House and its like, which news name as often as a large town."""


def usual_population(place: Place) -> int:
    """Return the inhabitants of `place`, or what is usual for its kind when they are unknown."""
    kind = kind_of_place(place)
    if kind == "town" and place.place_id.startswith("cur:"):
        return _NAMED_BY_NEWS
    if place.feature_code == "GOVB":
        return _SEAT_OF_GOVERNMENT
    return place.population or _USUAL_POPULATION[kind]


def population(option: Option, _setting: Setting) -> float:
    """Return the logarithm of the inhabitants, 1 at ten million."""
    return math.log10(max(option.population, 1)) / _TOP_POPULATION_EXPONENT


def population_share(option: Option, _setting: Setting) -> float:
    """Return how far the place falls behind the name's largest bearer, in powers of ten."""
    return math.log10(max(option.population, 1) / max(option.largest_population, 1)) / 3


def hinted(option: Option, setting: Setting) -> float:
    """Return 1 for a place in a country that was named as the text's context."""
    return float(not set(option.countries).isdisjoint(setting.hinted))


def speaks(option: Option, setting: Setting) -> float:
    """Return 1 for a country or a capital where the name stands for a government.

    Not where it tells in which state a town lies: "Atlanta, Georgia".
    """
    return float(
        setting.is_metonym and not setting.contents and option.kind in {"country", "capital"}
    )


def lonely_share(option: Option, setting: Setting) -> float:
    """Return the share of `population_share` where the text has no evidence of its own.

    Without context a name means its best known bearer.
    """
    return 0.0 if setting.countries_in_document else population_share(option, setting)


def first_rank(option: Option, _setting: Setting) -> float:
    """Return 1 for the name's largest bearer, less for each smaller one."""
    return 1 / (1 + option.rank)


def primary_name(option: Option, _setting: Setting) -> float:
    """Return 1 when the name is the place's own, 0 when it is another of its names.

    The further names of seas and regions are English usage ("the Gulf"), not a foreign or a
    historic name that happens to be spelt so: they count as their own.
    """
    return float(option.is_primary or option.kind in {"water", "region"})


def country_in_sentence(option: Option, setting: Setting) -> float:
    """Return the share of the sentence's evidence that points to the place's country."""
    return _country_share(option, setting.countries_in_sentence)


def country_in_document(option: Option, setting: Setting) -> float:
    """Return the share of the text's evidence that points to the place's country."""
    return _country_share(option, setting.countries_in_document)


def division_in_sentence(option: Option, setting: Setting) -> float:
    """Return the share of the sentence's evidence that points to the place's division."""
    return setting.divisions_in_sentence.get(_division(option.place), 0.0)


def division_in_document(option: Option, setting: Setting) -> float:
    """Return the share of the text's evidence that points to the place's division."""
    return setting.divisions_in_document.get(_division(option.place), 0.0)


def foreign(option: Option, setting: Setting) -> float:
    """Return 1 when the text names countries and never the place's; seas belong to none.

    Half for the best known bearer in a neighbour of what is named: Kandahar, beside Pakistan;
    half for a large town without a rival, which any text may name: Milan, beside Cairo.
    """
    if not setting.countries_in_document or not option.countries or option.kind == "water":
        return 0.0
    shares = setting.countries_in_document
    if _country_share(option, shares) >= _LEAST_SHARE:
        return 0.0
    if option.is_unrivalled:
        return 0.5
    near = {code for own in option.countries for code in _neighbours(own)}
    is_next_door = sum(shares.get(code, 0.0) for code in near) >= _NEXT_DOOR_SHARE
    return 0.5 if is_next_door and option.rank == 0 else 1.0


def _neighbours(code: str) -> frozenset[str]:
    country = countries().get(code)
    return frozenset(country.neighbours) if country else frozenset()


def containment(option: Option, setting: Setting) -> float:
    """Return how surely the place lies in what follows its name after a comma."""
    return max((a.trust for a in setting.containers if is_inside(option.place, a.place)), default=0)


def not_contained(option: Option, setting: Setting) -> float:
    """Return 1 when something follows after a comma and the place does not lie in it."""
    return float(bool(setting.containers) and containment(option, setting) == 0)


def holds_another(option: Option, setting: Setting) -> float:
    """Return how surely what stands before the comma lies in the place."""
    return max((a.trust for a in setting.contents if is_inside(a.place, option.place)), default=0)


def sibling(option: Option, setting: Setting) -> float:
    """Return how surely a place of the same kind, in the same country, is named beside it.

    States stand in lists of states, countries in lists of countries.
    """
    return max(
        (anchor.trust for anchor in setting.companions if _are_siblings(option, anchor.place)),
        default=0.0,
    )


def _are_siblings(option: Option, other: Place) -> bool:
    if option.kind != kind_of_place(other):
        return False
    return option.kind == "country" or option.place.country_code == other.country_code


def nearness(option: Option, setting: Setting) -> float:
    """Return the nearness to the nearest place that another mention means, in [0, 1]."""
    return max(_nearnesses(option.place, setting), default=0.0)


def crowd(option: Option, setting: Setting) -> float:
    """Return the mean nearness to the places that the other mentions mean."""
    if not setting.neighbours:
        return 0.0
    return sum(_nearnesses(option.place, setting)) / len(setting.neighbours)


def type_word(option: Option, setting: Setting) -> float:
    """Return 1 when a word beside the name fits the kind of place, -1 when none fits."""
    if not setting.type_words:
        return 0.0
    code = option.place.feature_code
    fits = any(code.startswith(_codes_of_word(word)) for word in setting.type_words)
    return 1.0 if fits else -1.0


def is_inside(inner: Place, outer: Place) -> bool:
    """Say whether `inner` lies in `outer`, as far as their codes and centres tell."""
    if inner.place_id == outer.place_id:
        return False
    kind = kind_of_place(outer)
    if kind == "country":
        return outer.country_code in inner.all_countries
    if kind == "admin1":
        return _division(inner) == _division(outer)
    if outer.bounds is not None and kind in {"region", "water"}:
        return outer.bounds.contains(inner.coordinates)
    reach = outer.radius_km or _CONTAINER_REACH_KM
    return distance_km(inner.coordinates, outer.coordinates) <= reach


def namesake(option: Option, setting: Setting) -> float:
    """Return 1 for a division that a town of the same name lies in: news means the town."""
    return float(option.holds_namesake and not setting.type_words and not setting.is_container)


def borrowed_name(option: Option, _setting: Setting) -> float:
    """Return 1 for a wider place that is called by the own name of a place within it."""
    return float(option.holds_owner)


def overshadowed(option: Option, setting: Setting) -> float:
    """Return 1 for a place in the country whose own name it shares: Mexico City, of Mexico."""
    return float(option.is_in_namesake_country and not setting.type_words)


def definite(option: Option, setting: Setting) -> float:
    """Return 1 for seas, mountains, regions and sites after "the", -1 for towns after it."""
    if not setting.has_article:
        return 0.0
    if option.kind in {"water", "region", "relief", "site"}:
        return 1.0
    return 0.0 if option.kind == "country" else -1.0


def _country_share(option: Option, shares: Mapping[str, float]) -> float:
    codes = option.shore_countries if option.kind == "water" else option.countries
    return min(1.0, sum(shares.get(code, 0.0) for code in codes))


def _division(place: Place) -> tuple[str, str]:
    return place.country_code or "", place.admin1_code or "-"


def _nearnesses(place: Place, setting: Setting) -> tuple[float, ...]:
    known = setting.nearnesses.get(place.place_id)
    if known is None:
        known = tuple(_nearness(place, anchor) for anchor in setting.neighbours)
        setting.nearnesses[place.place_id] = known
    return known


def _nearness(place: Place, anchor: Anchor) -> float:
    return anchor.trust * math.exp(-_distance_km(place, anchor.place) / NEAR_KM)


def _distance_km(wide: Place, place: Place) -> float:
    """Return the distance between two places; a sea or a region is as near as its box.

    A division counts from its middle: its box would always be nearer than its own towns.
    """
    point, box = place.coordinates, wide.bounds
    if box is None or wide.feature_class is FeatureClass.ADMIN:
        return distance_km(wide.coordinates, point)
    return distance_to_box_km(point, box)


@cache
def _codes_of_word(word: str) -> tuple[str, ...]:
    return next((tuple(codes.split()) for w, codes in table("type_words", 2) if w == word), ())


def _is_kind(kind: str) -> Signal:
    return Signal(
        f"is_{kind}",
        lambda option, _setting: float(option.kind == kind),
        lambda option, _setting: f"{option.place.name} is {_KIND_IN_WORDS[kind]}",
    )


_KIND_IN_WORDS = {
    "country": "a country",
    "region": "a region",
    "admin1": "a first-order division",
    "admin2": "a smaller division",
    "capital": "a capital",
    "seat": "the seat of a division",
    "town": "a town or village",
    "section": "a part of a town",
    "water": "a body of water",
    "relief": "a mountain, an island or the like",
    "site": "a single site",
}


def _explain_population(option: Option, _setting: Setting) -> str:
    if option.place.population is None:
        return "its population is unknown"
    if option.kind in {"admin1", "admin2"}:
        return f"about {option.place.population:,} people live there (estimate)"
    return f"{option.place.population:,} people live there"


def _explain_share(why: str) -> Callable[[Option, Setting], str]:
    def explain(option: Option, _setting: Setting) -> str:
        return f"{why}another of that name has {option.largest_population:,} people"

    return explain


def _explain_hint(_option: Option, setting: Setting) -> str:
    return f"the context given is {', '.join(setting.hinted)}"


def _explain_speaks(_option: Option, _setting: Setting) -> str:
    return "the name stands for a government here"


def _explain_rank(option: Option, _setting: Setting) -> str:
    if option.rank == 0:
        return "the largest place of that name"
    return f"number {option.rank + 1} by size among the places of that name"


def _explain_name(option: Option, _setting: Setting) -> str:
    if option.is_primary:
        return f"its own name is {option.place.name}"
    return f"{option.place.name} is commonly called so"


def _explain_country(where: str) -> Callable[[Option, Setting], str]:
    def explain(option: Option, _setting: Setting) -> str:
        return f"{where} speaks of {_country_names(option)}"

    return explain


def _explain_division(where: str) -> Callable[[Option, Setting], str]:
    def explain(option: Option, _setting: Setting) -> str:
        return f"{where} names its division ({option.place.country_code})"

    return explain


def _explain_foreign(option: Option, _setting: Setting) -> str:
    return f"nothing else in the text points to {_country_names(option)}"


def _country_names(option: Option) -> str:
    known = countries()
    return ", ".join(known[c].name if c in known else c for c in option.countries[:3])


def _explain_containment(option: Option, setting: Setting) -> str:
    inside = [a.name for a in setting.containers if is_inside(option.place, a.place)]
    return f"it lies in {inside[0]}, named right after it" if inside else ""


def _explain_not_contained(_option: Option, setting: Setting) -> str:
    return f"it does not lie in {setting.containers[0].name}, named right after it"


def _explain_contents(option: Option, setting: Setting) -> str:
    inside = [a.name for a in setting.contents if is_inside(a.place, option.place)]
    return f"{inside[0]}, named right before it, lies there" if inside else ""


def _explain_nearness(option: Option, setting: Setting) -> str:
    if not setting.neighbours:
        return ""
    anchor = max(setting.neighbours, key=lambda a: _nearness(option.place, a))
    distance = _distance_km(option.place, anchor.place)
    return f"{distance:,.0f} km from {anchor.name}, also named"


def _explain_crowd(_option: Option, _setting: Setting) -> str:
    return "on the whole near the other places named"


def _explain_sibling(option: Option, setting: Setting) -> str:
    names = [a.name for a in setting.companions if _are_siblings(option, a.place)]
    return f"{names[0]}, of the same kind, is named beside it" if names else ""


def _explain_type(option: Option, setting: Setting) -> str:
    word = setting.type_words[0] if setting.type_words else ""
    fits = type_word(option, setting) > 0
    return f'the word "{word}" beside the name {"fits" if fits else "does not fit"}'


def _explain_namesake(_option: Option, _setting: Setting) -> str:
    return "a place within it has the name, and is meant more often"


def _explain_overshadowed(option: Option, _setting: Setting) -> str:
    return f"the country that {option.place.name} lies in has the name too"


def _explain_article(option: Option, setting: Setting) -> str:
    verdict = "fits" if definite(option, setting) > 0 else "does not fit"
    return f'"the" before the name {verdict} {_KIND_IN_WORDS[option.kind]}'


KIND_SIGNALS = tuple(_is_kind(kind) for kind in _KINDS)
FIRST_SIGNALS = (
    Signal("population", population, _explain_population),
    Signal("population_share", population_share, _explain_share("")),
    Signal("first_rank", first_rank, _explain_rank),
    Signal("primary_name", primary_name, _explain_name),
    Signal("hinted", hinted, _explain_hint),
    Signal("speaks", speaks, _explain_speaks),
    Signal("type_word", type_word, _explain_type),
    Signal("namesake", namesake, _explain_namesake),
    Signal("borrowed_name", borrowed_name, _explain_namesake),
    Signal("overshadowed", overshadowed, _explain_overshadowed),
    Signal("definite", definite, _explain_article),
    Signal("containment", containment, _explain_containment),
    Signal("not_contained", not_contained, _explain_not_contained),
    Signal("holds_another", holds_another, _explain_contents),
    *KIND_SIGNALS,
)
"""What can be said of a candidate before the other mentions are resolved."""

CONTEXT_SIGNALS = (
    Signal("country_in_sentence", country_in_sentence, _explain_country("the same sentence")),
    Signal("country_in_document", country_in_document, _explain_country("the text")),
    Signal("division_in_sentence", division_in_sentence, _explain_division("the same sentence")),
    Signal("division_in_document", division_in_document, _explain_division("the text")),
    Signal("lonely_share", lonely_share, _explain_share("nothing else speaks for a country, and ")),
    Signal("foreign", foreign, _explain_foreign),
    Signal("sibling", sibling, _explain_sibling),
    Signal("nearness", nearness, _explain_nearness),
    Signal("crowd", crowd, _explain_crowd),
)
"""What the other mentions say, once they have been resolved for the first time."""

SIGNALS = FIRST_SIGNALS + CONTEXT_SIGNALS
