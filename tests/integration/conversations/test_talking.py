"""A citizen asks, presses buttons, changes language, closes and comes back."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.integration.conversations.browser import ROOT, Citizen
from tests.integration.conversations.rasa_double import RasaDouble, say

pytestmark = pytest.mark.django_db
DNI = "reniec-dni-duplicado"


def answers(codigo: str, aspecto: str) -> dict[str, str]:
    return {"type": "answer", "codigo": codigo, "aspecto": aspecto}


def test_a_conversation_begins_with_a_greeting_that_offers_a_person(ana: Citizen) -> None:
    [greeting] = ana.greeting
    assert greeting["seq"] == 1
    assert greeting["sender"] == "assistant"
    assert greeting["handoff"]["phone"] == "1800"
    assert greeting["handoff"]["requested"] is False


def test_a_conversation_begun_on_a_ficha_speaks_of_it(seeded: None, client: Client) -> None:
    ana = Citizen(client, locale="es", codigo=DNI)
    assert "DNI" in ana.greeting[0]["text"]
    assert {choice["codigo"] for choice in ana.greeting[0]["choices"]} >= {DNI}


def test_a_ficha_nobody_published_is_left_out(seeded: None, client: Client) -> None:
    ana = Citizen(client, codigo="no-existe")
    assert all(choice["codigo"] is None for choice in ana.greeting[0]["choices"])


def test_a_conversation_can_be_started_without_a_body(seeded: None, client: Client) -> None:
    assert client.post(ROOT, content_type="application/json").status_code == 201


def test_the_token_is_never_kept_as_it_is(ana: Citizen) -> None:
    from cms.conversations.models import Conversation

    kept = Conversation.objects.get(pk=ana.id)
    assert ana.token not in json.dumps(list(Conversation.objects.filter(pk=kept.pk).values()), default=str)


def test_an_answer_names_the_version_it_is_from(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "requisitos")]
    [reply] = ana.says("¿qué necesito para el duplicado del DNI?")
    assert reply["in_reply_to"] == 2
    assert reply["answer"]["codigo"] == DNI
    assert reply["answer"]["aspecto"] == "requisitos"
    assert reply["answer"]["url"] == f"/es/tramites/{DNI}/#requisitos"
    assert reply["answer"]["revision"] == 1
    assert reply["answer"]["actualizado_at"].endswith("-05:00")
    assert reply["text"]


def test_the_next_questions_are_offered_and_not_the_one_just_answered(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "costo")]
    [reply] = ana.says("¿cuánto cuesta el duplicado del DNI?")
    offered = [choice for choice in reply["choices"] if choice["codigo"]]
    assert 1 <= len(offered) <= 3
    assert "costo" not in [choice["aspecto"] for choice in offered]


def test_the_person_comes_first_where_the_answer_is_in_doubt(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "vigencia"), answers(DNI, "costo")]
    for reply in ana.says("vigencia y costo"):
        if reply["answer"]["confianza"] != "alta":
            assert reply["choices"][0]["payload"] == "handoff"


def test_a_button_is_answered_without_the_assistant(ana: Citizen, rasa: RasaDouble) -> None:
    [reply] = ana.presses(f"aspecto:{DNI}:costo")
    assert reply["answer"]["aspecto"] == "costo"
    assert rasa.calls == 0


def test_two_questions_are_two_messages(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "costo"), answers(DNI, "donde")]
    replies = ana.says("¿cuánto cuesta y dónde es?")
    assert [reply["answer"]["aspecto"] for reply in replies] == ["costo", "donde"]
    assert [reply["in_reply_to"] for reply in replies] == [2, 2]


def test_the_context_is_kept_here_and_sent_each_turn(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "costo")]
    ana.says("¿cuánto cuesta el duplicado del DNI?")
    rasa.results = lambda incoming: [say("not_understood")]
    ana.says("¿y eso?")
    ana.says("mmm")
    assert [heard.metadata["earlier"] for heard in rasa.heard] == [
        [],
        ["¿cuánto cuesta el duplicado del DNI?"],
        ["¿cuánto cuesta el duplicado del DNI?", "¿y eso?"],
    ]
    assert rasa.heard[1].metadata["codigo"] == DNI
    assert rasa.heard[1].metadata["aspecto"] == "costo"
    assert [heard.metadata["misses"] for heard in rasa.heard] == [0, 0, 1]


def test_what_was_answered_about_before_is_sent_each_once_and_the_newest_first(
    ana: Citizen, rasa: RasaDouble
) -> None:
    for codigo in (DNI, "sis-gratuito", DNI):
        rasa.results = lambda incoming, codigo=codigo: [answers(codigo, "costo")]
        ana.says("¿cuánto cuesta?")
    ana.presses("aspecto:osce-rnp:costo")
    ana.says("¿y el otro?")
    assert rasa.heard[-1].metadata["told"] == ["osce-rnp", DNI, "sis-gratuito"]


def test_which_tramite_is_asked_with_the_candidates(ana: Citizen, rasa: RasaDouble) -> None:
    codigos = ["mininter-antecedentes-policiales", "pj-antecedentes-penales", "inpe-antecedentes-judiciales"]
    options = [{"codigo": codigo, "aspecto": "costo"} for codigo in codigos]
    rasa.results = lambda incoming: [{"type": "choices", "reason": "which_tramite", "options": options}]
    [reply] = ana.says("¿cuánto cuesta el de antecedentes?")
    assert reply["answer"] is None
    # the candidates, then a way out: none of them, or a person
    assert [choice["codigo"] for choice in reply["choices"]] == [*codigos, None, None]
    assert [choice["payload"] for choice in reply["choices"]][-2:] == ["ninguno", "handoff"]
    assert all(choice["title"] for choice in reply["choices"])
    assert "si una persona estuvo en un penal" in reply["text"]  # what it is for, in the ficha's words
    ana.says("el segundo")
    assert [option["codigo"] for option in rasa.heard[1].metadata["offered"]] == codigos
    assert rasa.heard[1].metadata["unanswered"] is True
    assert [option["codigo"] for option in rasa.heard[1].metadata["options"]] == codigos
    [chosen] = ana.presses(reply["choices"][1]["payload"])
    assert chosen["answer"]["codigo"] == "pj-antecedentes-penales"
    assert chosen["answer"]["aspecto"] == "costo"


def test_a_bare_question_is_offered_the_most_asked(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [{"type": "choices", "reason": "which_tramite", "options": []}]
    [reply] = ana.says("requisitos")
    assert reply["answer"] is None
    assert 1 <= len(reply["choices"]) <= 4
    assert all(choice["codigo"] and choice["aspecto"] == "requisitos" for choice in reply["choices"])


def test_a_place_is_named_in_place_of_a_ficha(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [{"type": "answer", "sede": "centro-mac-callao", "aspecto": "horario"}]
    [reply] = ana.says("¿a qué hora abre el MAC Callao?")
    assert reply["answer"]["sede"] == "centro-mac-callao"
    assert "codigo" not in reply["answer"]
    assert rasa.heard[0].metadata["sede"] is None
    ana.says("¿y dónde está?")
    assert rasa.heard[1].metadata["sede"] == "centro-mac-callao"


def test_the_last_answer_is_repeated(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "plazo")]
    [first] = ana.says("¿cuánto demora el duplicado?")
    rasa.results = lambda incoming: [{"type": "repeat"}]
    [again] = ana.says("repite")
    assert again["answer"] == first["answer"]
    assert again["text"] == first["text"]


def test_all_that_was_told_last_is_repeated_and_the_question_kept(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [answers(DNI, "costo"), answers(DNI, "donde")]
    told = ana.says("¿cuánto cuesta y dónde?")
    rasa.results = lambda incoming: [say("simpler"), {"type": "repeat"}]
    _speech, *again = ana.says("más simple")
    assert [reply["answer"] for reply in again] == [reply["answer"] for reply in told]
    ana.says("¿y para mi hijo?")
    assert rasa.heard[-1].metadata["aspecto"] == "costo"


def test_one_candidate_is_confirmed_and_not_asked_as_one_of_several(ana: Citizen, rasa: RasaDouble) -> None:
    only = [{"codigo": DNI, "aspecto": "costo"}]
    rasa.results = lambda incoming: [{"type": "choices", "reason": "which_tramite", "options": only}]
    [reply] = ana.says("¿cuánto cuesta lo del DNI?")
    assert reply["choices"][0]["title"] in reply["text"]
    assert [choice["codigo"] for choice in reply["choices"]] == [DNI, None, None]
    assert reply["choices"][1]["title"] == "No, es otro"


def test_without_an_answer_there_is_nothing_to_repeat(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [{"type": "repeat"}]
    [reply] = ana.says("repite")
    assert reply["answer"] is None


@pytest.mark.parametrize("how", ["words", "button"])
def test_the_language_is_changed_and_kept(ana: Citizen, rasa: RasaDouble, how: str) -> None:
    rasa.results = lambda incoming: [{"type": "locale", "locale": "qu"}, say("locale_switched")]
    replies = ana.says("en quechua por favor") if how == "words" else ana.presses("locale:qu")
    assert [reply["locale"] for reply in replies] == ["qu"]
    rasa.results = lambda incoming: [say("thanks")]
    [thanks] = ana.says("gracias")
    assert rasa.heard[-1].metadata["locale"] == "qu"
    assert rasa.heard[-1].metadata["locale_chosen"] is True
    assert thanks["locale"] == "qu"
    assert "De nada" not in thanks["text"]


def test_a_noticed_language_is_answered_in_and_not_taken_for_a_choice(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.locale = "qu"
    rasa.results = lambda incoming: [answers(DNI, "costo")]
    [reply] = ana.says("¿Haykataq DNI duplicadopa chanin?")
    assert reply["locale"] == "qu"
    assert reply["answer"]["url"].startswith("/qu/")
    assert "locale:es" in [choice["payload"] for choice in reply["choices"]]
    ana.says("DNI")
    assert rasa.heard[1].metadata["locale"] == "qu"
    assert rasa.heard[1].metadata["locale_chosen"] is False


def test_a_closed_conversation_is_reopened_by_writing(ana: Citizen, rasa: RasaDouble) -> None:
    closed = ana.post("close")
    assert closed.json()["message"]["sender"] == "system"
    assert ana.read()["owner"] == "closed"
    [reply] = ana.says("hola otra vez")
    assert reply["sender"] == "assistant"
    assert ana.read()["owner"] == "assistant"


def test_a_rating_is_kept_and_can_be_changed(ana: Citizen) -> None:
    from cms.conversations.models import Conversation

    ana.post("rating", {"score": 2})
    assert ana.post("rating", {"score": 5, "comment": "muy bien\u200b"}).status_code == 200
    kept = Conversation.objects.get(pk=ana.id)
    assert (kept.rating, kept.rating_comment) == (5, "muy bien")


def test_after_shows_only_what_is_newer(ana: Citizen, rasa: RasaDouble) -> None:
    ana.says("hola")
    assert [message["seq"] for message in ana.read(after=1)["messages"]] == [2, 3]


def test_a_message_takes_few_queries(
    open_hours: datetime, ana: Citizen, rasa: RasaDouble, django_assert_max_num_queries: Any
) -> None:
    """While Aló MAC attends, two of them look for who could take the conversation."""
    rasa.results = lambda incoming: [answers(DNI, "costo")]
    with django_assert_max_num_queries(23):
        ana.says("¿cuánto cuesta el duplicado del DNI?")


def test_which_place_is_asked_and_none_of_them_is_an_answer_too(ana: Citizen, rasa: RasaDouble) -> None:
    options = [
        {"sede": sede, "aspecto": "horario"} for sede in ("centro-mac-callao", "centro-mac-ventanilla")
    ]
    rasa.results = lambda incoming: [{"type": "choices", "reason": "which_sede", "options": options}]
    [reply] = ana.says("¿a qué hora abre el MAC?")
    assert [choice.get("sede") for choice in reply["choices"]] == [
        "centro-mac-callao",
        "centro-mac-ventanilla",
        None,
        None,
    ]
    [chosen] = ana.presses(reply["choices"][0]["payload"])
    assert (chosen["answer"]["sede"], chosen["answer"]["aspecto"]) == ("centro-mac-callao", "horario")
    [other] = ana.presses(reply["choices"][2]["payload"])
    assert other["answer"] is None
    assert other["sender"] == "assistant"


def test_which_aspect_is_asked_by_its_question(ana: Citizen, rasa: RasaDouble) -> None:
    options = [{"codigo": DNI, "aspecto": aspecto} for aspecto in ("costo", "plazo")]
    rasa.results = lambda incoming: [{"type": "choices", "reason": "which_aspect", "options": options}]
    [reply] = ana.says("el duplicado")
    assert [choice["aspecto"] for choice in reply["choices"]] == ["costo", "plazo"]
    assert "DNI" in reply["text"]


def test_several_misunderstandings_offer_a_person_in_one_message(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [
        say("not_understood"),
        {"type": "offer_person", "reason": "misunderstood"},
    ]
    [reply] = ana.says("asdf")
    assert reply["choices"][0]["payload"] == "handoff"
