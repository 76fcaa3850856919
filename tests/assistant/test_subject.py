"""Which trámite a turn is about by what was said so far, and when to ask."""

import pytest

from assistant.actions.content_api import Resolution
from tests.assistant.acting import NOTHING, Answering, FakeApi

CONTEXT = Resolution("context", "b-pasaporte", (), None, ())
OPTIONS = [
    {"codigo": "pj-antecedentes-penales", "aspecto": "costo"},
    {"codigo": "pnp-antecedentes-policiales", "aspecto": "costo"},
]
DNI = ("reniec-dni-renovacion", "reniec-dni-duplicado", "reniec-dnie-primera-vez")
LICENCES = ("mtc-licencia-a1", "mtc-licencia-revalidacion", "mtc-licencia-duplicado")
OF_DNI = [{"codigo": codigo, "aspecto": "costo"} for codigo in DNI]


def which(*candidates, scores=(), confidence=0.5):
    return Resolution("which", None, candidates, None, (), tuple(scores), confidence)


def sure(codigo):
    return Resolution("sure", codigo, (), None, ())


def named(words, *codigos):
    return {"entities": [{"entity": "tramite", "value": words, "ids": list(codigos)}]}


def answer_of(codigo, aspecto="costo"):
    return [{"type": "answer", "codigo": codigo, "aspecto": aspecto}]


def test_a_name_said_whole_decides_between_candidates_that_only_share_words_with_it(act):
    found = which("mtc-licencia-a1", "municipalidad-licencia-funcionamiento", scores=(0.47, 0.44))
    name = named("licencia de funcionamiento", "municipalidad-licencia-funcionamiento")
    text = "la licencia de funcionamiento la evalúan primero"
    assert act("calificacion", text, found, parsed=name) == answer_of(
        "municipalidad-licencia-funcionamiento", "calificacion"
    )


def test_a_sister_that_has_more_of_the_text_is_not_passed_over(act):
    found = which("mtpe-duplicado-del-carne-del-retcc", "mtpe-retcc", scores=(0.63, 0.57))
    name = named("carné de construcción civil", "mtpe-retcc")
    text = "se perdió mi carné de construcción civil, cuánto es el duplicado"
    assert act("costo", text, found, parsed=name) == answer_of("mtpe-duplicado-del-carne-del-retcc")


def test_a_name_of_everyday_words_said_whole_changes_the_subject(act):
    """No mask was set on it: its words are those of questions too."""
    text = "¿y la búsqueda en el índice de sunarp cuánto cuesta?"
    found, before = sure("sunarp-busqueda-indice"), "sunarp-copia-literal"
    assert act("costo", text, found, codigo=before) == answer_of("sunarp-busqueda-indice")
    assert act("costo", "¿y la búsqueda?", found, codigo=before) == answer_of(before)


def test_one_short_name_decides_nothing_where_another_is_as_likely(act):
    found = which("reniec-dni-renovacion", "reniec-dni-rectificacion", scores=(0.69, 0.68))
    (asked,) = act("costo", "cambio de nombre en dni", found, parsed=named("dni", *DNI))
    assert [option["codigo"] for option in asked["options"]] == [
        "reniec-dni-renovacion",
        "reniec-dni-rectificacion",
    ]


def test_the_only_candidate_is_the_one_when_it_is_sure_enough(act):
    alone = which("osce-rnp", scores=(0.4,))
    assert act("plazo", "cuánto demora eso del estado", alone) == answer_of("osce-rnp", "plazo")
    doubted = which("osce-rnp", scores=(0.9,), confidence=0.3)
    assert act("plazo", "cuánto demora eso del estado", doubted)[0]["type"] == "choices"
    assert act("plazo", "cuánto demora", which("seal-pagos-varios", scores=(0.9,)))[0]["type"] == "choices"


def test_a_name_beside_a_word_that_nothing_here_explains_is_asked_about_and_not_told(act):
    doubted = which("migraciones-pasaporte", scores=(0.6,), confidence=0.3)
    (asked,) = act(
        "pasos", "el pasaporte dorado", doubted, parsed=named("pasaporte", "migraciones-pasaporte")
    )
    assert asked["options"] == [{"codigo": "migraciones-pasaporte", "aspecto": "pasos"}]


def test_a_name_is_not_told_where_a_sister_has_more_of_the_words(act):
    found = which("mtc-licencia-revalidacion", "mtc-licencia-a1", scores=(0.62, 0.94), confidence=0.2)
    (asked,) = act("requisitos", "venció mi brevete a1", found, parsed=named("brevete a1", "mtc-licencia-a1"))
    assert [option["codigo"] for option in asked["options"]] == [
        "mtc-licencia-revalidacion",
        "mtc-licencia-a1",
    ]


def test_what_is_given_in_one_town_is_left_out_where_no_place_is_named(act):
    several = which(
        "produce-constitucion-empresa", "gobierno-regional-de-huanuco-empresa", scores=(1.0, 0.94)
    )
    assert act("costo", "quiero formar mi empresa", several) == answer_of("produce-constitucion-empresa")
    assert len(act("costo", "formar empresa en huánuco", several)[0]["options"]) == 2


def test_a_follow_up_that_names_nothing_stays_with_the_ficha_whatever_words_it_shares(act):
    context = {"codigo": "rree-apostilla", "aspecto": "descripcion"}
    assert act(
        "costo", "y cuanto cobran", which("rree-apostilla", "osiptel-reclamo"), **context
    ) == answer_of("rree-apostilla")
    assert act("costo", "y cuanto cobran", sure("osiptel-reclamo"), **context) == answer_of("rree-apostilla")
    sister = {"codigo": "reniec-dni-duplicado", "aspecto": "costo"}
    assert act("costo", "y la renovación", sure("reniec-dni-renovacion"), **sister) == answer_of(
        "reniec-dni-renovacion"
    )


def test_a_question_without_a_name_after_choices_is_asked_of_them(act):
    options = [{"codigo": codigo, "aspecto": "descripcion"} for codigo in LICENCES]
    (asked,) = act("costo", "cuanto cuesta", NOTHING, options=options, offered=options, unanswered=True)
    assert asked["options"] == [{"codigo": codigo, "aspecto": "costo"} for codigo in LICENCES]


def test_the_same_choices_are_never_offered_again_once_refused(act):
    refused = {"offered": OF_DNI, "unanswered": True}
    name = named("dni", *DNI)
    again = act("costo", "el dni pues", which(*DNI), parsed=name, **refused)
    assert again == [
        {"type": "say", "key": "which_again"},
        {"type": "offer_person", "reason": "misunderstood"},
    ]
    (more,) = act(
        "costo",
        "el dni pues",
        which(*DNI, "reniec-dni-rectificacion"),
        parsed=named("dni", *DNI, "reniec-dni-rectificacion"),
        **refused,
    )
    assert [option["codigo"] for option in more["options"]] == [*DNI, "reniec-dni-rectificacion"]


@pytest.mark.parametrize("text", ["los tres", "los tres por favor", "quiero las tres", "kimsantinta"])
def test_all_of_the_choices_are_all_answered(act, text):
    found = act("elegir", text, options=OF_DNI)
    assert found == [result for codigo in DNI for result in answer_of(codigo)]


def test_the_other_one_is_the_choice_that_was_not_taken(act):
    two = {"codigo": "pj-antecedentes-penales", "aspecto": "donde", "offered": OPTIONS}
    assert act("elegir", "¿y el otro?", **two) == answer_of("pnp-antecedentes-policiales", "donde")
    three = {"codigo": DNI[0], "aspecto": "plazo", "offered": OF_DNI}
    (asked,) = act("elegir", "el otro", **three)
    assert [option["codigo"] for option in asked["options"]] == list(DNI[1:])


def test_for_a_child_what_was_asked_is_answered_of_the_variant(hear):
    api = Answering(CONTEXT, menor_de_edad=sure("reniec-dni-menor-renovacion"))
    context = {"codigo": "reniec-dni-renovacion", "aspecto": "costo"}
    assert hear("para_quien", "¿y para mi hijo?", api, **context) == answer_of("reniec-dni-menor-renovacion")
    none = Answering(CONTEXT, menor_de_edad=sure("sis-afiliacion-de-menor-de-5-anos-al-sis-por-norma"))
    assert hear("para_quien", "¿y para mi hijo?", none, **context) == answer_of(
        "reniec-dni-renovacion", "quien"
    )


@pytest.mark.parametrize(
    "found",
    [
        which("reniec-dni-menor-inscripcion", "reniec-dni-menor-duplicado"),
        sure("reniec-dni-menor-renovacion"),
    ],
)
def test_a_question_for_a_child_is_of_the_childs_variant_of_what_was_talked_of(hear, found):
    api = Answering(found, menor_de_edad=sure("reniec-dni-menor-duplicado"))
    answered = hear(
        "costo", "¿y para mi hijo cuánto cuesta?", api, codigo="reniec-dni-duplicado", aspecto="plazo"
    )
    assert answered == answer_of("reniec-dni-menor-duplicado")


def test_for_whom_it_is_is_kept_and_taken_back_by_the_citizens_own(hear):
    api = Answering(sure("migraciones-pasaporte"), menor_de_edad=sure("migraciones-pasaporte-menor"))
    name = named("pasaporte", "migraciones-pasaporte")
    kept = {"earlier": ["el dni de mi hija"], "parsed": name}
    assert hear("costo", "y el pasaporte cuánto cuesta", api, **kept) == answer_of(
        "migraciones-pasaporte-menor"
    )
    assert hear("costo", "y mi pasaporte cuánto cuesta", api, **kept) == answer_of("migraciones-pasaporte")
    assert hear("quien", "puede recogerlo mi hija", api, parsed=name) == answer_of(
        "migraciones-pasaporte", "quien"
    )


def test_whom_another_question_was_for_is_asked_and_not_supposed(hear):
    api = Answering(sure("migraciones-pasaporte"), menor_de_edad=sure("migraciones-pasaporte-menor"))
    name = named("pasaporte", "migraciones-pasaporte")
    said = {"earlier": ["el dni de mi hija", "gracias"], "parsed": name}
    (asked,) = hear("costo", "cuánto cuesta renovar el pasaporte", api, **said)
    assert asked["type"] == "choices"
    assert [option["codigo"] for option in asked["options"]] == [
        "migraciones-pasaporte",
        "migraciones-pasaporte-menor",
    ]


def test_two_messages_are_read_as_one_where_the_second_names_nothing(hear):
    api = Answering(NOTHING, reclamo_contra_Entel=sure("osiptel-reclamo"))
    said = {"earlier": ["saben algo de mi reclamo contra Entel"]}
    assert hear("plazo", "en cuánto tiempo contestan", api, **said) == answer_of("osiptel-reclamo", "plazo")


def test_an_answer_to_a_question_of_ours_is_read_with_what_it_was_about(hear):
    options = [{"codigo": codigo, "aspecto": "descripcion"} for codigo in LICENCES]
    api = Answering(
        NOTHING, quiero_mi_brevete=which("mtc-licencia-duplicado", "mtc-examen", scores=(0.5, 0.5))
    )
    pending = {"options": options, "offered": options, "unanswered": True, "earlier": ["quiero mi brevete"]}
    assert hear("nlu_fallback", "se perdió", api, **pending)[0].get("codigo") == "mtc-licencia-duplicado"


def test_what_picks_one_of_the_choices_is_read_with_what_they_were_offered_for(hear):
    options = [{"codigo": codigo, "aspecto": "plazo"} for codigo in ("b-licencia", "c-licencia")]
    api = Answering(NOTHING, licencia_cuánto_demora_la_de_mi_tienda=sure("c-licencia"))
    pending = {"options": options, "offered": options, "earlier": ["licencia cuánto demora"]}
    heard = hear("elegir", "la de mi tienda, es una zapatería", api, **pending)
    assert heard == answer_of("c-licencia", "plazo")


def test_what_is_picked_is_one_of_the_choices_or_another_thing_is_meant(hear):
    options = [{"codigo": codigo, "aspecto": "plazo"} for codigo in ("b-licencia", "c-licencia")]
    api = Answering(sure("rree-apostilla"))
    pending = {"options": options, "offered": options, "earlier": ["licencia cuánto demora"]}
    assert hear("costo", "mejor dime cuánto es la apostilla", api, **pending) == answer_of(
        "rree-apostilla", "costo"
    )


def test_a_phone_is_the_one_of_what_is_talked_of_or_of_alo_mac(act):
    assert act("contacto", "dame el teléfono", sure("osiptel-reclamo")) == [{"type": "say", "key": "phone"}]
    known = {"codigo": "rree-apostilla", "aspecto": "costo"}
    assert act("contacto", "dame el teléfono", sure("osiptel-reclamo"), **known) == answer_of(
        "rree-apostilla", "contacto"
    )
    assert act("contacto", "teléfono", sure("osiptel-reclamo"), sede="centro-mac-piura") == [
        {"type": "answer", "sede": "centro-mac-piura", "aspecto": "contacto"}
    ]


def test_a_place_alone_is_where_after_a_question_for_the_mac_and_of_the_ficha_otherwise(hear):
    piura = Resolution("none", None, (), "centro-mac-piura", ("centro-mac-piura",))
    api = Answering(NOTHING, centro_mac_piura=piura)
    assert hear("donde", "en Piura", api, earlier=["dónde está el MAC"]) == [
        {"type": "answer", "sede": "centro-mac-piura", "aspecto": "donde"}
    ]
    about = Answering(CONTEXT, centro_mac_piura=piura)
    assert hear("donde", "¿dónde en Piura?", about, codigo="b-pasaporte") == answer_of("b-pasaporte", "donde")


def test_a_region_without_a_centre_is_not_given_the_centre_of_another(hear):
    all_of_them = Resolution("none", None, (), None, ("centro-mac-ancash", "centro-mac-ayacucho"))
    (asked,) = hear("donde", "el MAC en Tacna", Answering(all_of_them))
    assert asked == {"type": "choices", "reason": "which_sede", "options": []}


def test_everything_is_told_in_order_and_the_rest_offered(act):
    *told, offered = act("todo", "dime todo", CONTEXT, codigo="b-pasaporte")
    assert [result["aspecto"] for result in told] == ["descripcion", "requisitos", "costo", "plazo"]
    assert offered["reason"] == "which_aspect"
    assert not {option["aspecto"] for option in offered["options"]} & {result["aspecto"] for result in told}


def test_more_simply_is_the_answer_again_and_a_person_who_explains(act):
    assert act("mas_simple", "más simple", codigo="b-pasaporte") == [
        {"type": "say", "key": "simpler"}, {"type": "repeat"}
    ]  # fmt: skip
    assert act("mas_simple", "más simple")[0] == {"type": "say", "key": "not_understood"}


def test_a_name_that_goes_on_is_asked_the_same_as_the_one_before(act):
    context = {"codigo": "reniec-acta-nacimiento", "aspecto": "donde"}
    found = sure("reniec-acta-defuncion")
    name = named("defunción", "reniec-acta-defuncion")
    assert act("nombrar_tramite", "¿y la de defunción?", found, parsed=name, **context) == answer_of(
        "reniec-acta-defuncion", "donde"
    )
    assert act("nombrar_tramite", "partida de defunción", found, parsed=name, **context) == answer_of(
        "reniec-acta-defuncion", "descripcion"
    )


def test_somebodys_operator_is_no_person_of_ours(act):
    text = "se puede reclamar a la operadora llamando nomás"
    assert act("persona", text, confidence=0.74)[-1] == {"type": "offer_person", "reason": "asked"}
    assert act("persona", "quiero hablar con una operadora", confidence=0.9) == [
        {"type": "handoff", "reason": "asked"}
    ]


def test_notices_are_told_while_they_are_in_force_and_never_otherwise(hear):
    api = FakeApi(CONTEXT)
    api.notices_in_force = 1
    context = {"codigo": "b-pasaporte", "aspecto": "costo"}
    assert hear("aviso", "hay algún aviso en Cusco", api, **context) == [
        {"type": "notices", "region": "cusco"}
    ]
    assert hear("aviso", "por qué está cerrado", api, sede="centro-mac-piura") == [
        {"type": "notices", "sede": "centro-mac-piura"}
    ]
    assert hear("aviso", "hay algún comunicado", api, **context) == [
        {"type": "notices", "codigo": "b-pasaporte"}
    ]
    assert hear("aviso", "hay algún comunicado", api) == [{"type": "notices"}]
    api = FakeApi(NOTHING)
    assert hear("aviso", "hay algún comunicado", api) == [{"type": "say", "key": "no_notices"}]


@pytest.mark.parametrize(
    ("text", "locale"),
    [("ya murió mi papá, qué hago", "es"), ("taytaymi wañurqun, imatataq ruwasaq", "qu")],
)
def test_a_death_that_is_told_is_not_taken_for_a_question_about_the_passport(hear, text, locale):
    api = Answering(which("b-pasaporte", "reniec-acta-defuncion"))
    alone = sure("reniec-acta-defuncion")

    class OnlyAlone(Answering):
        async def resolve(self, text, locale, codigo, aspecto, told=()):
            return await super().resolve(text, locale, codigo, aspecto, told) if codigo else alone

    answered = hear(
        "requisitos", text, OnlyAlone(api.otherwise), codigo="b-pasaporte", locale=locale, aspecto="costo"
    )
    assert answered == answer_of("reniec-acta-defuncion", "requisitos")


def test_a_wish_to_marry_asks_which_and_not_what_of_the_passport(act):
    found = which("reniec-acta-matrimonio", "reniec-dni-rectificacion", scores=(0.94, 0.9))
    (asked,) = act("nombrar_tramite", "quiero casarme", found, codigo="b-pasaporte")
    assert [option["codigo"] for option in asked["options"]] == list(found.candidates)


def test_a_birth_told_of_what_is_being_talked_of_goes_on_with_it(act):
    found = which("reniec-acta-nacimiento", "reniec-dni-menor", scores=(0.8, 0.7))
    assert act("costo", "nació mi hijo, cuánto cuesta", found, codigo="reniec-acta-nacimiento") == answer_of(
        "reniec-acta-nacimiento"
    )
