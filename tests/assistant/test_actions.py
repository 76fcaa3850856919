import asyncio
import inspect
from dataclasses import replace

import pytest
import yaml
from rasa_sdk import Tracker

from assistant.actions import content_api
from assistant.actions.change_language import wanted
from assistant.actions.content_api import ContentApiError, Resolution
from assistant.actions.turn import Turn, TurnAction
from assistant.settings import PROJECT

NOTHING = Resolution("none", None, (), None, ())
SURE = Resolution("sure", "a-dni", (), None, ())
CONTEXT = Resolution("context", "b-pasaporte", (), None, ())
WHICH = Resolution("which", None, ("a-dni", "b-pasaporte"), None, ())
PIURA = Resolution("none", None, (), "mac-piura", ("mac-piura",))
OPTIONS = [
    {"codigo": "pj-antecedentes-penales", "aspecto": "costo"},
    {"codigo": "pnp-antecedentes-policiales", "aspecto": "costo"},
]
NOT_FOUND = [{"type": "say", "key": "not_found"}, {"type": "offer_person", "reason": "misunderstood"}]


def test_every_action_of_the_domain_has_a_class_and_the_other_way_round(actions):
    declared = yaml.safe_load((PROJECT / "domain" / "actions.yml").read_text())["actions"]
    ours = {name for name, run in actions.items() if run.__module__.startswith("assistant.")}
    assert sorted(declared) == sorted(ours)


@pytest.mark.parametrize(
    ("resolution", "context", "expected"),
    [
        (SURE, {}, [{"type": "answer", "codigo": "a-dni", "aspecto": "costo"}]),
        (CONTEXT, {"codigo": "b-pasaporte"}, [{"type": "answer", "codigo": "b-pasaporte", "aspecto": "costo"}]),
        (
            WHICH, {},
            [{"type": "choices", "reason": "which_tramite", "options": [
                {"codigo": "a-dni", "aspecto": "costo"}, {"codigo": "b-pasaporte", "aspecto": "costo"}]}],
        ),
        (NOTHING, {}, [{"type": "choices", "reason": "which_tramite", "options": [], "aspecto": "costo"}]),
    ],
)  # fmt: skip
def test_an_aspect_by_what_the_text_resolves_to(act, resolution, context, expected):
    assert act("costo", resolution=resolution, **context) == expected


def test_the_resolver_is_told_the_context_and_the_aspect(act):
    act("costo", "cuánto cuesta", SURE, codigo="b-pasaporte", naming="cuánto cuesta y demora el dni")
    assert act.asked == [("cuánto cuesta y demora el dni", "es", "b-pasaporte", "costo")]


def test_a_named_thing_that_is_not_found_never_falls_back_to_the_context(act):
    for parsed in ({"unknown_words": ["ubni"]}, {"entities": [{"entity": "tramite"}]}):
        assert (
            act("costo", "cuánto cuesta el ovni", NOTHING, parsed=parsed, codigo="b-pasaporte") == NOT_FOUND
        )


@pytest.mark.parametrize("aspecto", ["donde", "horario", "contacto"])
def test_a_sede_named_is_answered_as_a_sede(act, aspecto):
    assert act(aspecto, "mac piura", PIURA) == [{"type": "answer", "sede": "mac-piura", "aspecto": aspecto}]


def test_where_a_tramite_is_done_in_a_sede_says_both(act):
    both = replace(PIURA, decision="sure", codigo="a-dni")
    named = {"entities": [{"entity": "tramite"}]}
    found = act("donde", "dónde saco el dni en el mac piura", both, parsed=named)
    assert [result.get("sede") or result["codigo"] for result in found] == ["mac-piura", "a-dni"]
    assert act("donde", "cuál es la dirección del mac piura", both) == [
        {"type": "answer", "sede": "mac-piura", "aspecto": "donde"}
    ]


def test_the_sede_answered_before_stays_the_subject(act):
    assert act("horario", "a qué hora abren", NOTHING, sede="mac-piura") == [
        {"type": "answer", "sede": "mac-piura", "aspecto": "horario"}
    ]
    assert act("costo", "cuánto cuesta", NOTHING, sede="mac-piura")[0]["type"] == "choices"


def test_centres_without_a_name_ask_which(act):
    assert act("donde", "dónde hay un centro mac", NOTHING) == [
        {"type": "choices", "reason": "which_sede", "options": []}
    ]
    several = replace(NOTHING, sedes=("a", "b", "c", "d", "e"))
    assert len(act("donde", "dónde queda el mac de lima", several)[0]["options"]) == 4


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        (SURE, {"type": "answer", "codigo": "a-dni", "aspecto": "descripcion"}),
        (PIURA, {"type": "answer", "sede": "mac-piura", "aspecto": "donde"}),
        (NOTHING, {"type": "choices", "reason": "which_tramite", "options": []}),
    ],
)
def test_a_name_alone(act, resolution, expected):
    assert act("nombrar_tramite", "dni", resolution) == [expected]


def test_a_name_alone_with_the_context_ficha_asks_what_of_it(act):
    (result,) = act("nombrar_tramite", "quiero sacarlo", CONTEXT, codigo="b-pasaporte")
    assert result["reason"] == "which_aspect"
    assert len(result["options"]) == 4
    assert {option["codigo"] for option in result["options"]} == {"b-pasaporte"}


@pytest.mark.parametrize(
    ("text", "codigo"),
    [
        ("el segundo", "pnp-antecedentes-policiales"), ("la primera", "pj-antecedentes-penales"),
        ("2", "pnp-antecedentes-policiales"), ("el último", "pnp-antecedentes-policiales"),
        ("el penal", "pj-antecedentes-penales"), ("los policiales", "pnp-antecedentes-policiales"),
        ("iskay kaqta", "pnp-antecedentes-policiales"), ("ñawpaq kaq", "pj-antecedentes-penales"),
        ("penal kaqta", "pj-antecedentes-penales"),
    ],
)  # fmt: skip
def test_choosing_keeps_what_was_asked(act, text, codigo):
    for intent in ("elegir", "nombrar_tramite", "nlu_fallback"):
        if intent == "nombrar_tramite" and not any(word in text for word in ("penal", "policial")):
            continue
        assert act(intent, text, options=OPTIONS) == [
            {"type": "answer", "codigo": codigo, "aspecto": "costo"}
        ]


def test_a_choice_that_is_none_is_asked_again(act):
    (result,) = act("elegir", "el quinto", options=OPTIONS)
    assert result == {"type": "choices", "reason": "which_tramite", "options": OPTIONS}
    assert act("elegir", "el segundo")[0] == {"type": "choices", "reason": "which_tramite", "options": []}


def test_a_choice_with_nothing_offered_is_another_trámite_than_the_one_in_context(act):
    pair = replace(WHICH, candidates=("pj-antecedentes-penales", "pnp-antecedentes-policiales"))
    expected = [{"type": "answer", "codigo": "pj-antecedentes-penales", "aspecto": "costo"}]
    context = {"codigo": "pnp-antecedentes-policiales", "aspecto": "costo"}
    assert act("elegir", "no, los penales", pair, **context) == expected


def test_a_choice_of_sedes(act):
    options = [{"sede": "mac-piura", "aspecto": "horario"}, {"sede": "mac-callao", "aspecto": "horario"}]
    assert act("elegir", "el del callao", options=options) == [
        {"type": "answer", "sede": "mac-callao", "aspecto": "horario"}
    ]


def test_a_correction_answers_the_aspect_of_before_and_never_the_same_ficha(act):
    corrected = {"codigo": "b-pasaporte", "aspecto": "costo"}
    assert act("corregir", "no, el dni", SURE, **corrected) == [
        {"type": "answer", "codigo": "a-dni", "aspecto": "costo"}
    ]
    assert act("corregir", "no es ese", CONTEXT, **corrected) == [
        {"type": "say", "key": "which_first"}, {"type": "offer_person", "reason": "misunderstood"}
    ]  # fmt: skip
    several = replace(WHICH, candidates=("a-dni", "b-pasaporte", "c-dni-azul"))
    assert act("corregir", "no, el dni", several, **corrected)[0]["options"] == [
        {"codigo": "a-dni", "aspecto": "costo"}, {"codigo": "c-dni-azul", "aspecto": "costo"}
    ]  # fmt: skip
    assert act("corregir", "no, el dni", WHICH, **corrected) == [
        {"type": "answer", "codigo": "a-dni", "aspecto": "costo"}
    ]


@pytest.mark.parametrize(
    ("text", "confidence", "expected"),
    [
        ("quiero que me atiendan", 0.7, "handoff"),
        ("hay sede cerca de huanta", 0.41, "offer_person"),
        ("quiero un asesor", 0.4, "handoff"),
        ("runawan rimayta", 0.4, "handoff"),
    ],
)
def test_a_person_is_requested_only_when_the_wish_is_plain(act, text, confidence, expected):
    assert act("persona", text, confidence=confidence) == [{"type": expected, "reason": "asked"}]


@pytest.mark.parametrize(
    ("text", "then"), [("no sé leer", "offer_person"), ("no puedo leer, que me llame un asesor", "handoff")]
)
def test_who_does_not_read_is_told_how_to_hear_and_of_a_person(act, text, then):
    aloud = {"type": "say", "key": "read_aloud"}
    assert act("persona", text, confidence=0.45) == [aloud, {"type": then, "reason": "asked"}]


def test_anger_danger_and_own_cases(act):
    sorry = {"type": "say", "key": "upset"}
    assert act("molestia", "esto no sirve") == [sorry, {"type": "offer_person", "reason": "upset"}]
    assert act("molestia", "esto no sirve", misses=1) == [sorry, {"type": "handoff", "reason": "upset"}]
    assert act("peligro", "me pega") == [
        {"type": "say", "key": "danger"},
        {"type": "handoff", "reason": "danger"},
    ]
    assert act("caso_propio", "ya salió") == [
        {"type": "say", "key": "own_case"}, {"type": "offer_person", "reason": "own_case"}
    ]  # fmt: skip


def test_of_which_tramite_ones_own_file_is_goes_with_it(act):
    sure = Resolution("sure", "a-pasaporte", (), None, ())
    told = act("caso_propio", "ya salió mi pasaporte", resolution=sure)
    assert told[0] == {"type": "say", "key": "own_case", "codigo": "a-pasaporte"}


def test_what_only_sounds_like_ones_own_file_is_of_the_tramite(act):
    sure = Resolution("sure", "a-pasaporte", (), None, ())
    asked = act("caso_propio", "me robaron el pasaporte", resolution=sure, confidence=0.5)
    assert [result["type"] for result in asked] == ["choices"]
    unknown = act("caso_propio", "me robaron el pasaporte", confidence=0.5)
    assert unknown[0] == {"type": "say", "key": "own_case"}
    state = act("caso_propio", "ya salió mi pasaporte", resolution=sure, confidence=0.5)
    assert state[0] == {"type": "say", "key": "own_case", "codigo": "a-pasaporte"}


def test_not_understood_offers_a_person_from_the_second_time_on(act):
    assert act("nlu_fallback", "blabla") == [{"type": "say", "key": "not_understood"}]
    assert act("nlu_fallback", "blabla", misses=1) == [
        {"type": "say", "key": "not_understood"}, {"type": "offer_person", "reason": "misunderstood"}
    ]  # fmt: skip


def ranking(**confidences):
    return {"intent_ranking": [{"name": name, "confidence": value} for name, value in confidences.items()]}


def test_not_sure_of_the_question_but_of_the_tramite_offers_the_likeliest_questions(act):
    parsed = ranking(nlu_fallback=0.3, plazo=0.19, saludo=0.18, vigencia=0.15, costo=0.12, cita=0.02)
    (result,) = act("nlu_fallback", "dni tiempo", SURE, parsed=parsed)
    assert result["reason"] == "which_aspect"
    assert [option["aspecto"] for option in result["options"]] == ["plazo", "vigencia", "costo"]


@pytest.mark.parametrize(
    ("resolution", "expected"),
    [
        (SURE, {"type": "answer", "codigo": "a-dni", "aspecto": "plazo"}),
        (CONTEXT, {"type": "answer", "codigo": "b-pasaporte", "aspecto": "plazo"}),
        (NOTHING, {"type": "say", "key": "not_understood"}),
    ],
)
def test_the_likeliest_aspect_is_answered_when_the_tramite_is_known(act, resolution, expected):
    parsed = ranking(nlu_fallback=0.3, plazo=0.24, vigencia=0.09, saludo=0.1)
    assert act("nlu_fallback", "lo del dni", resolution, parsed=parsed) == [expected]


def test_behind_a_name_what_it_is_is_told_as_well(act):
    parsed = ranking(nlu_fallback=0.3, nombrar_tramite=0.24, plazo=0.25)
    told = act("nlu_fallback", "lo del dni", SURE, parsed=parsed)
    assert [result["aspecto"] for result in told] == ["plazo", "descripcion"]


def test_an_aspect_that_something_else_comes_near_is_not_answered(act):
    parsed = ranking(nlu_fallback=0.3, fuera_de_alcance=0.25, plazo=0.24)
    assert act("nlu_fallback", "cuándo llueve", SURE, parsed=parsed)[0]["type"] == "choices"
    assert act("nlu_fallback", "cuándo llueve", NOTHING, parsed=parsed) == [
        {"type": "say", "key": "not_understood"}
    ]


def test_what_a_story_is_about_is_looked_for_in_its_question_too(act):
    story = "soy de Comas, dónde renuevo el dni"
    assert (
        act("donde", "dónde renuevo el dni", NOTHING, naming=story, parsed={"unknown_words": ["x"]})
        == NOT_FOUND
    )
    assert [asked[0] for asked in act.asked] == [story, "dónde renuevo el dni"]


@pytest.mark.parametrize(
    ("intent", "key"),
    [
        ("saludo", "greeting"), ("agradecimiento", "thanks"), ("despedida", "goodbye"), ("ayuda", "help"),
        ("afirmar", "affirm"), ("negar", "help"), ("fuera_de_alcance", "out_of_scope"), ("repetir", "repeat_none"),
        ("eres_persona", "are_you_a_person"), ("privacidad", "privacy"),
    ],
)  # fmt: skip
def test_fixed_sentences(act, intent, key):
    assert act(intent, "x") == [{"type": "say", "key": key}]


def test_yes_and_again_by_the_context(act):
    assert act("afirmar", "sí", options=OPTIONS[:1])[0]["codigo"] == "pj-antecedentes-penales"
    assert act("afirmar", "sí", misses=2) == [{"type": "handoff", "reason": "asked"}]
    assert act("repetir", "otra vez", codigo="a-dni") == [{"type": "repeat"}]


@pytest.mark.parametrize(
    ("text", "locale", "expected"),
    [
        ("háblame en quechua", "es", "qu"), ("en castellano por favor", "qu", "es"), ("cambiar idioma", "es", "qu"),
        ("no entiendo quechua", "qu", "es"), ("manam castellanota yachanichu", "es", "qu"),
        ("runasimipi rimay", "es", "qu"), ("castellanopi kutichiway", "qu", "es"), ("qheshwapi", "es", "qu"),
        ("no entiendo el quechua, en español por favor", "qu", "es"),
        ("en quechua, no entiendo castellano", "es", "qu"), ("simita cambiay", "qu", "es"),
    ],
)  # fmt: skip
def test_the_language_asked_for(act, text, locale, expected):
    assert wanted(text, locale) == expected
    results = act("cambiar_idioma", text, parsed={"language": {"locale": locale}})
    assert results[0] == {"type": "locale", "locale": expected}


@pytest.mark.parametrize(
    "failure", [ContentApiError("resolve answered 503"), RuntimeError("quotes: mi dni 45678912")]
)
def test_a_failure_is_a_result_and_quotes_nobody(act, caplog, failure):
    assert act("costo", resolution=failure) == [{"type": "failed"}]
    assert "45678912" not in caplog.text
    assert "action_answer_aspect" in caplog.text


def test_no_action_can_say_a_text(actions):
    for cls in TurnAction.__subclasses__():
        assert "utter_message" not in inspect.getsource(cls)
    assert inspect.getsource(TurnAction).count("utter_message(json_message=") == 1


def test_the_client_reads_shapes_strictly_and_gives_up_in_two_seconds(content):
    async def go():
        client = content_api.ContentApi(content.url)
        try:
            content.delay = 0.0
            assert (await client.resolve("pasaporte", "es", None, None)).codigo == "migraciones-pasaporte"
            await client.resolve("pasaporte", "es", None, None, tuple("abcdefg"))
            assert content.asked[-1]["told"] == "a,b,c,d,e"
            await client.picked("el azul", "es", ("a", "b"), "mi dni")
            assert content.asked[-1]["offered"] == "a,b"
            assert content.asked[-1]["before"] == "mi dni"
            content.status = 503
            with pytest.raises(ContentApiError, match="503"):
                await client.resolve("mi secreto", "es", None, None)
            content.status, content.delay = 200, 5.0
            started = asyncio.get_running_loop().time()
            with pytest.raises(ContentApiError) as caught:
                await client.resolve("mi secreto", "es", None, None)
            assert asyncio.get_running_loop().time() - started < 2.6
            assert "secreto" not in str(caught.value)
            assert caught.value.__suppress_context__
        finally:
            content.status, content.delay = 200, 0.0
            await client.close()

    asyncio.run(go())
    for broken in ({}, {"decision": "maybe"}, [], None, {"decision": "sure", "codigo": "a"}):
        with pytest.raises(ContentApiError, match="another shape"):
            content_api._resolution(broken)


def test_a_turn_survives_a_message_without_anything():
    tracker = Tracker("x", {}, {}, [], False, None, {}, "action_listen")
    assert Turn.of(tracker).is_bare
