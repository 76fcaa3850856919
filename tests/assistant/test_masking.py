import threading
import urllib.error

import pytest
from rasa.shared.nlu.training_data.message import Message

from assistant import lexicon
from assistant.components.tokens import MaskingTokenizer
from assistant.lexicon import Lexicon
from assistant.words import folded_words
from lenguas import spanish
from lenguas.normalise import key
from tests.assistant.content_double import CATALOGUE, ContentDouble
from tests.assistant.content_double import lexicon as published


@pytest.fixture
def names(monkeypatch):
    current = Lexicon()
    current.replace(published(CATALOGUE))
    monkeypatch.setattr(lexicon, "current", current)
    return current


def tokens(text, locale="es"):
    message = Message({"text": text, "metadata": {"locale": locale}})
    tokenizer = MaskingTokenizer(MaskingTokenizer.get_default_config())
    tokenizer.process([message])
    return [token.text for token in message.get("text_tokens")], message.get("entities")


@pytest.mark.parametrize(
    ("text", "codigo"),
    [
        ("cuánto cuesta el duplicado de mi DNI", "reniec-dni-duplicado"),
        ("PASAPORTE ELECTRONICO requisitos", "migraciones-pasaporte"),
        ("haykataq pasaportepa chanin", "migraciones-pasaporte"),
        ("imakunata apasaq brevetenpaq", "mtc-brevete-revalidacion"),
        ("antecedentes penalesta munani", "poder-judicial-antecedentes-penales"),
        ("certificado unico laboralmanta willaway", "mtpe-certificado-unico-laboral"),
    ],
)
def test_a_name_is_one_mask_with_its_codigo(names, text, codigo):
    words, entities = tokens(text)
    assert words.count("xtramitex") == 1
    assert entities[0]["ids"] == [codigo]


def test_the_same_question_looks_the_same_whatever_it_is_about(names):
    assert tokens("cuánto cuesta el pasaporte")[0] == tokens("cuanto cuesta el certificado único laboral")[0]


def test_a_new_name_is_masked_with_nothing_retrained(names):
    assert "xtramitex" not in tokens("cuánto cuesta la licencia de apicultura")[0]
    names.replace(published({**CATALOGUE, "senasa-apicultura": ["licencia de apicultura"]}))
    words, entities = tokens("cuánto cuesta la licencia de apicultura")
    assert words[-1] == "xtramitex"
    assert entities[0]["ids"] == ["senasa-apicultura"]


def test_places_have_their_own_mask(names):
    assert "xsedex" in tokens("a qué hora abre el MAC Piura")[0]


def test_an_office_is_found_and_says_nothing_of_what_is_asked(names):
    words, entities = tokens("teléfono de la RENIEC")
    assert words == tokens("teléfono de la")[0]
    assert [entity["entity"] for entity in entities] == ["entidad"]
    assert tokens("RENIEC")[0] == ["xentidadx"]


def test_a_question_is_never_swallowed_by_a_name(names):
    names.replace(published({"salud-cita": ["cita"], "x-costo": ["Costo"], "y": ["cita médica"]}))
    assert tokens("necesito cita")[1] == []
    assert tokens("costo")[1] == []
    assert tokens("requisitos cita médica")[1][0]["ids"] == ["y"]


def test_names_that_hold_a_question_are_masked_without_it(names):
    names.protect(
        frozenset(key(spanish.stem(word)) for word in "pagar tasa sacar vigencia vida cita".split())
    )
    names.replace(
        published({
            "m-pasaporte": ["pasaporte", "cita para el pasaporte", "sacar pasaporte"],
            "bn-tasas": ["pagar la tasa"],
            "midis-vida": ["+vida"],
            "sunarp-poder": ["vigencia de poder"],
        })
    )  # fmt: skip
    assert tokens("cita para el pasaporte")[0] == [key("cita"), "para", "il", "xtramitex"]
    assert tokens("quiero sacar pasaporte")[0][-2:] == [key("sacar"), "xtramitex"]
    for text in ("dónde se paga la tasa", "me quiero quitar la vida"):
        assert tokens(text)[1] == [], text
    assert tokens("requisitos de vigencia de poder")[1][0]["ids"] == ["sunarp-poder"]


def test_a_word_is_not_another_name_with_a_suffix(names):
    names.replace(published({"rree-consulado": ["consulado"]}))
    assert tokens("quisiera hacer una consulta")[1] == []
    assert tokens("consuladomanta willaway")[1][0]["ids"] == ["rree-consulado"]


def test_courtesy_is_dropped_unless_it_is_all_there_is(names):
    assert tokens("hola buenas tardes señorita pasaporte por favor gracias")[0] == ["xtramitex"]
    assert len(tokens("hola buenas tardes")[0]) == 3


def test_everything_works_with_an_empty_lexicon(monkeypatch):
    monkeypatch.setattr(lexicon, "current", Lexicon())
    words, entities = tokens("¿cuánto cuesta el pasaporte?")
    assert len(words) == 4
    assert entities == []
    assert tokens("¡¡??")[0] == ["xnadax"]


def test_hostile_texts_take_no_time(names):
    for text in ("a" * 4000, "ta" * 2000, "dni " * 1000, "kunakunakuna" * 300):
        thread = threading.Thread(target=tokens, args=(text,), daemon=True)
        thread.start()
        thread.join(2)
        assert not thread.is_alive(), text[:20]


def test_the_longest_name_wins_and_names_do_not_overlap(names):
    found = names.find(folded_words("renovación del DNI y pasaporte electrónico"))
    assert [(match.ids, match.end - match.start) for match in found] == [
        (("reniec-dni-renovacion",), 3), (("migraciones-pasaporte",), 2),
    ]  # fmt: skip


def test_the_lexicon_is_asked_with_its_etag_and_read_again_only_when_changed():
    double = ContentDouble()
    double.start()
    current, url = Lexicon(), f"{double.url}/api/v1/lexicon"
    assert current.refresh(url) is True
    assert current.refresh(url) is False
    double.publish("senasa-apicultura", "licencia de apicultura")
    assert current.refresh(url) is True
    assert current.find(["licencia", "de", "apicultura"])[0].ids == ("senasa-apicultura",)
    assert double.lexicon_statuses == [200, 304, 200]
    double.stop()


def test_a_lexicon_that_cannot_be_read_keeps_the_names(names):
    with pytest.raises(urllib.error.URLError):
        names.refresh("http://127.0.0.1:9/api/v1/lexicon")
    with pytest.raises(KeyError):
        names.replace({"entries": []})
    assert names.find(["pasaporte"])
