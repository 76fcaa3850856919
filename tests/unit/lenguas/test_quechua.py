"""The Quechua analyser against words checked by hand, and against hostile input."""

import csv
import time
from pathlib import Path

import pytest

from lenguas import identify, normalise, quechua, spanish, tokens

STEMS = list(csv.DictReader((Path(__file__).parent / "stems.csv").read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("row", STEMS, ids=[row["surface"] for row in STEMS])
def test_stem_of_collected_words(row: dict[str, str]) -> None:
    assert quechua.stem(row["surface"]) == row["key"]


def test_the_collection_is_whole() -> None:
    assert len(STEMS) == 85


@pytest.mark.parametrize(
    ("word", "root", "suffixes", "loan"),
    [
        ("DNIyta", "dni", ("y", "ta"), True),
        ("DNI-niyki", "dni", ("niyki",), True),
        ("licenciaykita", "lisinsiya", ("yki", "ta"), True),
        ("papelniyta", "papil", ("niy", "ta"), True),
        ("certificadokunata", "sirtifikadu", ("kuna", "ta"), True),
        ("renovayta", "rinuba", ("y", "ta"), True),
        ("internetta", "intirnit", ("ta",), True),
        ("inscripsyunta", "inskripsiyun", ("ta",), True),
        ("requisitosta", "rikisitu", ("ta",), True),
        ("minutuskuna", "minutu", ("kuna",), True),
        ("uraskuna", "ura", ("kuna",), True),
        ("vencisqa", "binsi", ("sqa",), True),
        ("chinkarachini", "chinka", ("ra", "chi", "ni"), False),
        ("hamuqtiy", "hamu", ("qti", "y"), False),
        ("wasiykichikpi", "wasi", ("ykichiq", "pi"), False),
        ("RENIECpi", "riniik", ("pi",), True),
        ("pampachaykuway", "panpacha", ("yku", "wa", "y"), False),
        ("yaykuykamuy", "yayku", ("yka", "mu", "y"), False),
        ("hamuchkani", "hamu", ("chka", "ni"), False),
        ("munashani", "muna", ("sa", "ni"), False),
        ("yanapawankimanchu", "yanapa", ("wa", "nki", "man", "chu"), False),
        ("suwarquwanku", "suwa", ("rqu", "wa", "nku"), False),
        ("mañakunankupaqqa", "mañaku", ("na", "nku", "paq", "qa"), False),
        ("ñuqanchikkama", "ñuqanchik", ("kama",), False),
        ("wasinchikkunapi", "wasi", ("nchik", "kuna", "pi"), False),
        ("qanchisniyuq", "qanchis", ("niyuq",), False),
    ],
)
def test_analysis_names_root_suffixes_and_loan(
    word: str, root: str, suffixes: tuple[str, ...], loan: bool
) -> None:
    assert quechua.analyse(word) == quechua.Analysis(root, suffixes, loan)


@pytest.mark.parametrize(
    "words",
    [
        "p'unchaw punchaw p'unchay punchawpi",
        "huk hoq hukta",
        "achka askha achkha",
        "llamkani llank'ani",
        "kunan kanan",
        "wawqiy wayqiy",
        "qayamuy waqyamuy",
        "kustan cuestan",
        "unuta yakuta",
        "tiyani yachani",
        "rurasaq ruwasaq",
        "qam qanpa qammanta",
        "kimsa kinsa",
        "pichqa pisqa",
    ],
)
def test_words_for_one_thing_meet(words: str) -> None:
    assert len({quechua.stem(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("wasi", "wasi"), ("warmi", "warmi"), ("runa", "runa"), ("mana", "mana"), ("llaqta", "llaqta"),
        ("tayta", "tayta"), ("wata", "wata"), ("punku", "punku"), ("killa", "killa"), ("sumaq", "sumaq"),
        ("kunan", "kunan"), ("pusaq", "pusaq"), ("ñawpaq", "ñawpaq"), ("iskay", "iskay"), ("hatun", "hatun"),
    ],
)  # fmt: skip
def test_a_root_that_ends_like_a_suffix_stays_whole(word: str, root: str) -> None:
    assert quechua.stem(word) == root


@pytest.mark.parametrize(
    "word", ["wasiniy", "papelyki", "wasiqm", "taya", "kunapi", "xyz", "a", "", "munawas"]
)
def test_what_is_no_word_has_no_stem(word: str) -> None:
    assert quechua.stem(word) is None


@pytest.mark.parametrize(
    "word",
    "requisitos firman pagara renovaran licencia licencias casa mayo uno unos torre transferencia asesoria "
    "cambiarian para mañana papa mama kay kani ripi domicilio certificado antecedentes robaron pensionista mayoria tanta cosa trabajo".split(),
)
def test_strict_leaves_spanish_words_alone(word: str) -> None:
    assert quechua.stem(word, strict=True) is None


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("licenciaykita", "lisinsiya"),
        ("mañakuyta", "mañaku"),
        ("oficinamanqa", "ufisina"),
        ("llaqta", "llaqta"),
    ],
)
def test_strict_keeps_quechua_words(word: str, root: str) -> None:
    assert quechua.stem(word, strict=True) == root


def test_stems_of_a_sentence() -> None:
    assert quechua.stems("¿Haykataq DNI chanin?") == ["hayka", "dni", "chani"]
    assert quechua.stems("Brevetiyta renovayta munani, S/ 25.00") == ["bribiti", "rinuba", "muna", "S/ 25.00"]


def test_an_unknown_root_loses_case_and_enclitics_only_when_enough_remains() -> None:
    assert quechua.light_stem("Pampachirimanta") == "panpachiri"
    assert quechua.light_stem("Vilcashuamankunapas") == quechua.light_stem("Vilcashuamanpi")
    assert quechua.light_stem("zota") == "suta"


def test_lexicon_is_large_enough_and_well_formed() -> None:
    path = Path(quechua.__file__).parent / "data" / "roots.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows) >= 400
    assert {row["class"] for row in rows} == {"noun", "verb", "particle"}
    assert {row["origin"] for row in rows} == {"quechua", "spanish"}
    assert all(row["gloss"] and row["source"] and row["confidence"] in {"high", "medium"} for row in rows)
    assert len({(row["root"], row["class"]) for row in rows}) == len(rows)
    keys = {normalise.key(row["root"]) for row in rows}
    assert not [row["alias"] for row in rows if row["alias"] and normalise.key(row["alias"]) not in keys]


HOSTILE = [
    "a" * 4000, "kuna" * 1000, "ykuykuyku" * 444, "qkta" * 1000, "ll" * 2000, "ñ" * 4000, "a'" * 2000, "a-" * 2000,
    "-" * 4000, "ta-" * 1333, "dni-ta" * 666, "1." * 2000, "S/" * 2000, "a\u0301" * 2000, "\u200b" * 4000,
    "👍" * 4000, "lallallalla" * 363,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=[ascii(text[:6]) for text in HOSTILE])
def test_four_thousand_characters_take_under_fifty_milliseconds(text: str) -> None:
    quechua.stem("wasi")
    spanish.stem("casa")
    identify.identify("warm up")

    def seconds() -> float:
        start = time.perf_counter()
        tokens.tokens(text)
        quechua.stems(text)
        quechua.stem(text)
        identify.identify(text)
        spanish.stem(text)
        normalise.key(text)
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 0.05


def test_forty_letters_is_the_longest_word() -> None:
    longest = "wasi" + "lla" * 12
    assert len(longest) == 40
    assert quechua.stem(longest) == "wasi"
    assert quechua.stem(longest + "lla") is None
