import json
import re
from contextlib import contextmanager

import pytest
import yaml
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant import examples, lexicon
from assistant.components.vocabulary import QuestionVocabulary
from assistant.examples import Example, marked, render, unambiguous
from assistant.settings import NLU_DATA


@pytest.fixture
def folder(tmp_path):
    def write(name, entries):
        (tmp_path / f"{name}.yml").write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")

    for name in ("preguntas_es", "preguntas_qu", "conversaciones", "no_responder"):
        write(name, [])
    return tmp_path, write


def asks(text, aspecto, **more):
    return {"idioma": "es", "texto": text, "espera": {"codigo": "x", "aspecto": aspecto}, **more}


def test_a_turn_that_leaves_its_aspect_to_the_one_before_teaches_nothing(folder):
    path, write = folder
    turns = [
        asks("cuánto es el DNI", "costo"),
        asks("¿y el de menores?", "costo"),
        asks("y demora?", "plazo"),
    ]
    write("conversaciones", [{"idioma": "es", "turnos": turns}])
    assert [(e.text, e.intent) for e in examples.examples((path,))] == [
        ("cuánto es el DNI", "costo"),
        ("y demora?", "plazo"),
    ]


def test_only_what_means_one_intent_becomes_an_example(folder):
    path, write = folder
    either = {"o": [{"codigo": "x", "aspecto": "costo"}, {"codigo": "x", "aspecto": "canales"}]}
    same = {"o": [{"codigo": "x", "aspecto": "costo"}, {"codigo": "y", "aspecto": "costo"}]}
    write(
        "preguntas_es",
        [
            {"idioma": "es", "texto": "cuánto y dónde pago", "espera": either},
            {"idioma": "es", "texto": "cuánto pago", "espera": same},
            {"idioma": "es", "texto": "antecedentes", "espera": {"preguntar": ["x", "y"]}},
            {"idioma": "es", "texto": "con una persona", "espera": {"persona": True}},
        ],
    )
    refused = {"idioma": "es", "motivo": "medicina", "texto": "me duele la muela"}
    write("no_responder", [refused, {**refused, "motivo": "no_existe", "texto": "licencia de ovnis"}])
    assert [(e.text, e.intent) for e in examples.examples((path,))] == [
        ("cuánto pago", "costo"),
        ("con una persona", "persona"),
        ("me duele la muela", "fuera_de_alcance"),
    ]


def test_what_would_teach_two_things_or_is_taught_already_is_left_out():
    found = [
        Example("es", "costo", "y eso"),
        Example("es", "plazo", "Y eso"),
        Example("es", "costo", "cuánto es"),
        Example("es", "costo", "a cómo"),
        Example("es", "costo", "a cómo"),
    ]
    assert unambiguous(found, {"cuánto es": "costo"}) == {"costo": ["a cómo"]}


def test_names_are_marked_and_the_stories_said_to_be_stories():
    before = lexicon.current
    lexicon.current = lexicon.Lexicon()
    try:
        assert marked("perdí mi cuaderno") == "perdí mi cuaderno"
    finally:
        lexicon.current = before
    block = yaml.safe_load(render({"costo": ["cuánto es el [DNI](tramite)"]}))["nlu"][0]
    assert (block["intent"], block["metadata"]) == ("costo", {"told": True})
    assert block["examples"] == "- cuánto es el [DNI](tramite)\n"


@pytest.mark.parametrize(
    "measuring", ["tercera/b", "cuarta/d", "quinta/m", "sexta/m", "septima/m", "octava/m"]
)
def test_what_measures_is_not_learnt_from(measuring):
    def plain(text):
        return " ".join(re.findall(r"\w+", re.sub(r"\[([^\]]+)\]\(\w+\)", r"\1", text).lower()))

    learnt = {
        plain(line[2:])
        for locale in ("es", "qu")
        for block in yaml.safe_load((NLU_DATA / locale / examples.WRITTEN).read_text(encoding="utf-8"))["nlu"]
        for line in block["examples"].splitlines()
    }
    ranking = NLU_DATA.parent / "content" / "busqueda"
    for name in ("preguntas", "turnos"):
        texts = yaml.safe_load((ranking / f"{name}.yaml").read_text(encoding="utf-8"))
        learnt |= {plain(text) for several in texts.values() for text in several}
    half = NLU_DATA / "desarrollo" / measuring
    measured = {
        plain(entry["texto"])
        for name in ("preguntas_es", "preguntas_qu", "no_responder")
        for entry in yaml.safe_load((half / f"{name}.yml").read_text(encoding="utf-8"))
    }
    assert len(learnt) > 1000
    assert not [text for text in measured & learnt if len(text.split()) > 3]


def test_the_words_of_a_story_are_neither_questions_nor_names(tmp_path):
    """«Dios se lo [pague](tramite)» would take "pagar" from the words of questions."""

    class Storage:
        @contextmanager
        def write_to(self, _resource):
            yield tmp_path

    def example(text, name, told):
        start = text.index(name)
        entity = {"entity": "tramite", "start": start, "end": start + len(name), "value": name}
        return Message(
            {"text": text, "intent": "costo", "entities": [entity], "metadata": {"intent": {"told": told}}}
        )

    asked = [
        example("cuánto tengo que pagar por el dni", "dni", False),
        example("mi chacra, pagar ya", "pagar", True),
    ]
    QuestionVocabulary(Storage(), Resource("words"), frozenset()).train(TrainingData(asked))
    known = json.loads((tmp_path / "words.json").read_text(encoding="utf-8"))
    assert "pag" in known
    assert not [word for word in known if word.startswith("chakr")]


def test_what_answers_a_question_back_does_not_say_what_is_asked(folder):
    path, write = folder
    turns = [
        {"idioma": "es", "texto": "antecedentes cuánto", "espera": {"preguntar": ["x", "y"]}},
        asks("el penal", "costo"),
        asks("y dónde", "donde"),
        {"idioma": "es", "texto": "la apostilla", "espera": {"preguntar_aspecto": "y"}},
    ]
    write("conversaciones", [{"idioma": "es", "turnos": turns}])
    assert [(e.text, e.intent) for e in examples.examples((path,))] == [
        ("y dónde", "donde"),
        ("la apostilla", "nombrar_tramite"),
    ]


def test_what_was_asked_first_is_of_the_ficha_meant_or_of_each_to_be_asked_about(folder):
    path, write = folder
    write(
        "preguntas_es",
        [
            asks("mi dni", "costo"),
            {"idioma": "es", "texto": "la partida", "espera": {"preguntar": ["y", "z"]}},
        ],
    )
    write("no_responder", [{"idioma": "es", "motivo": "no_catalogo", "texto": "libreta militar"}])
    assert examples.meant((path,)) == {
        "x": ["mi dni"],
        "y": ["la partida"],
        "z": ["la partida"],
        "-": ["libreta militar"],
    }


def test_what_was_said_while_a_ficha_was_talked_of_goes_on_or_turns_to_another(folder):
    path, write = folder
    turns = [
        asks("mi dni", "costo"),
        asks("y dónde", "donde"),
        {"idioma": "es", "texto": "no, el otro", "espera": {"preguntar_aspecto": "y"}},
        {"idioma": "es", "texto": "el segundo", "opcion": 2, "espera": {"preguntar_aspecto": "z"}},
    ]
    write("conversaciones", [{"idioma": "es", "turnos": turns}])
    assert examples.said_beside((path,)) == {"cambia": ["no, el otro"], "sigue": ["y dónde"]}
