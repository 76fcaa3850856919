"""A model that understands less does not go live, and says why; what editors accepted is learnt."""

import json
import shutil

import pytest
import yaml

from assistant import fingerprint, guard, launch, models, settings
from assistant.guard import Line, Score, compare, held_out
from tests.assistant.conftest import DATA_DIR

EXPECTED = {
    "preguntas_es.yml": [
        ("cuánto cuesta el pasaporte", {"codigo": "x", "aspecto": "costo"}),
        ("qué necesito para el dni", {"codigo": "x", "aspecto": "requisitos"}),
        ("cuánto demora y cuánto cuesta", {"codigo": "x", "aspectos": ["plazo", "costo"]}),
        ("dónde queda", {"o": [{"codigo": "x", "aspecto": "donde"}, {"sede": "y", "aspecto": "contacto"}]}),
        ("quiero una persona", {"persona": True}),
        ("el dni", {"o": [{"codigo": "x", "aspecto": "descripcion"}, {"preguntar_aspecto": "x"}]}),
    ],
    "preguntas_qu.yml": [("hayk'ataq chanin", {"codigo": "x", "aspecto": "costo"})],
}


@pytest.fixture
def config(tmp_path):
    found = settings.Settings("embedded", tmp_path, "", 8000, "", "", "", "", "")
    found.models_dir.mkdir()
    return found


@pytest.fixture
def questions(tmp_path):
    """Held-out questions of the tests' own."""
    folder = tmp_path / "guarded"
    folder.mkdir()
    for name, entries in EXPECTED.items():
        listed = [{"texto": text, "espera": expected} for text, expected in entries]
        (folder / name).write_text(yaml.safe_dump(listed, allow_unicode=True))
    refused = [{"texto": "quién ganó el partido"}, {"texto": "la visa", "admite": [{"persona": True}]}]
    (folder / "no_responder.yml").write_text(yaml.safe_dump(refused, allow_unicode=True))
    return folder


def accept(config, text, intent="costo"):
    folder = config.accepted_dir / "es"
    folder.mkdir(parents=True)
    data = {"version": "3.1", "nlu": [{"intent": intent, "examples": f"- {text}\n"}]}
    (folder / "aceptados.yml").write_text(yaml.safe_dump(data, allow_unicode=True))


def test_only_what_plainly_asks_is_measured(questions):
    found = {line.text: line for line in held_out(questions)}
    assert found["cuánto demora y cuánto cuesta"].right == {"plazo", "costo"}
    assert found["dónde queda"].right == {"donde", "contacto"}
    assert found["quién ganó el partido"].group == "no"
    assert not {"quiero una persona", "el dni", "la visa"} & set(found)


def test_what_must_not_be_answered_is_right_when_it_is_no_question_of_a_ficha():
    line = Line("no", "x", frozenset())
    assert line.holds("nlu_fallback")
    assert not line.holds("costo")


def test_one_line_more_or_less_is_the_same_and_more_is_worse():
    assert not Score("es", 100, 90, 89).is_worse
    assert Score("es", 100, 90, 88).is_worse
    assert not Score("es", 1000, 900, 895).is_worse
    assert Score("es", 1000, 900, 894).is_worse


def test_a_language_that_loses_is_not_outweighed_by_one_that_wins():
    lines = [Line(group, str(n), frozenset({"costo"})) for group in ("es", "qu") for n in range(10)]
    live = ["donde"] * 10 + ["costo"] * 10
    scores = compare(lines, live, ["costo"] * 10 + ["donde"] * 3 + ["costo"] * 7)
    assert [score.is_worse for score in scores] == [False, True]


def test_a_model_worse_on_purpose_is_refused_with_its_figures(config, questions, monkeypatch, capsys):
    config.model.write_bytes(b"live")
    candidate = config.models_dir / "candidate.tar.gz"
    lines = held_out(questions)
    told = {
        config.model: [min(line.right, default="saludo") for line in lines],
        candidate: ["costo" for _line in lines],
    }
    monkeypatch.setattr(guard, "intents_of", lambda model, asked: told[model])
    why = guard.why_worse(config, candidate, print, questions)
    assert "el castellano: 2 de 4 (antes 4)" in why
    assert "quechua" not in why
    said = capsys.readouterr().out
    assert "el quechua: 1 de 1 (antes 1)" in said
    assert not [line.text for line in lines if line.text in said + why]
    told[candidate] = told[config.model]
    assert guard.why_worse(config, candidate, print, questions) == ""


def test_without_questions_to_compare_on_nothing_goes_live_unlooked_at(config, tmp_path):
    assert guard.why_worse(config, config.model, print, tmp_path / "none")


def test_a_question_that_was_accepted_measures_nothing(config, questions, monkeypatch):
    accept(config, "cuánto cuesta el [Pasaporte](tramite)")
    measured = []
    monkeypatch.setattr(
        guard, "intents_of", lambda model, lines: measured.append(lines) or ["x"] * len(lines)
    )
    guard.why_worse(config, config.model, print, questions)
    assert "cuánto cuesta el pasaporte" not in {line.text for line in measured[0]}
    assert len(measured[0]) == len(held_out(questions)) - 1


def test_an_accepted_example_makes_the_model_out_of_date(config):
    before = fingerprint.current(config)
    accept(config, "a cómo está")
    assert fingerprint.current(config) != before
    shutil.rmtree(config.accepted_dir)
    assert fingerprint.current(config) == before


def train_with(config, monkeypatch, questions, worse):
    """The real `train`, with a fit that takes no time and makes a worse model."""
    from assistant import training

    def fit(folder, more):
        archive = folder / "new.tar.gz"
        archive.write_bytes(b"worse" if worse else b"better")
        return archive

    def intents(model, lines):
        wrong = model.read_bytes() == b"worse"
        return ["saludo" if wrong and line.right else min(line.right, default="saludo") for line in lines]

    monkeypatch.setattr(training, "_run_rasa", fit)
    monkeypatch.setattr(guard, "intents_of", intents)
    monkeypatch.setattr(guard.why_worse, "__defaults__", (questions,))
    return launch.train(config)


def test_the_live_model_stays_and_the_refused_one_is_not_trained_again(
    config, questions, monkeypatch, capsys
):
    config.model.write_bytes(b"live")
    assert train_with(config, monkeypatch, questions, worse=True) == 0
    assert config.model.read_bytes() == b"live"
    assert "REFUSED" in capsys.readouterr().out
    assert "castellano" in json.loads((config.models_dir / "refused.json").read_text())["why"]
    monkeypatch.setattr(guard, "intents_of", lambda model, lines: pytest.fail("trained again"))
    assert launch.train(config) == 0
    assert "REFUSED" in capsys.readouterr().out


def test_after_a_change_a_better_model_goes_live_and_the_refusal_is_forgotten(config, questions, monkeypatch):
    config.model.write_bytes(b"live")
    train_with(config, monkeypatch, questions, worse=True)
    accept(config, "a cómo está")
    train_with(config, monkeypatch, questions, worse=False)
    assert config.model.read_bytes() == b"better"
    assert not (config.models_dir / "refused.json").exists()
    models.put_back(config)
    assert config.model.read_bytes() == b"live"


def test_a_refused_model_can_be_put_in_place_by_name(config, questions, monkeypatch):
    config.model.write_bytes(b"live")
    train_with(config, monkeypatch, questions, worse=True)
    assert launch.main(["dance"]) == 2
    assert launch.train_anyway(config) == 0
    assert config.model.read_bytes() == b"worse"


def test_the_real_model_is_measured_and_is_no_worse_than_itself(model, config, questions):
    live = settings.Settings("embedded", DATA_DIR, "", 8000, "", "", "", "", "")
    assert guard.why_worse(live, live.model, print, questions) == ""
    told = guard.intents_of(model, held_out(questions)[:2])
    assert told == ["costo", "requisitos"]
