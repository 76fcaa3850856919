"""What a reply shows is read from the contract's fields."""

from collections.abc import Callable
from typing import Any

from tests.evaluation import observed
from tests.evaluation.expectations import Fact
from tests.evaluation.observed import Reply

Said = Callable[..., dict[str, Any]]


def test_answers_are_read_and_their_further_questions_are_no_question_back(said: Said) -> None:
    reply = observed.read([said(("dni", "costo"), ("dni", "dni"))])
    assert reply.answers == (Fact("dni", "costo"),)
    assert reply.offered == ()


def test_an_answer_about_a_place_has_its_id_for_a_subject(said: Said) -> None:
    message = said() | {"answer": {"sede": "mac-piura", "codigo": None, "aspecto": "horario"}}
    assert observed.read([message]).answers == (Fact("mac-piura", "horario"),)


def test_a_question_back_is_read_with_its_candidates_in_order(said: Said) -> None:
    reply = observed.read([said(choices=("ruc", "dni", "ruc"))])
    assert reply.offered == ("ruc", "dni")
    assert reply.asks_tramite


def test_several_questions_about_one_tramite_do_not_ask_which_tramite(said: Said) -> None:
    reply = observed.read([said(choices=("dni", "dni"))])
    assert reply.offered == ("dni",)
    assert not reply.asks_tramite


def test_a_choice_of_language_is_no_offer_of_a_person(said: Said) -> None:
    language = {"title": "Runasimipi rimasun", "codigo": None, "aspecto": None, "payload": "x"}
    reply = observed.read([said() | {"choices": [language]}])
    assert not reply.person_offered
    assert reply.offered == ()


def test_a_person_beside_a_doubtful_fact_is_not_offered_first(said: Said) -> None:
    assert not observed.read([said(("dni", "costo"), person=True)]).person_first
    assert observed.read([said(person=True), said(("dni", "costo"))]).person_first


def test_a_request_is_seen_and_the_label_on_every_message_is_none(said: Said) -> None:
    assert observed.read([said(requested=True)]).requested
    plain = observed.read([said()])
    assert not plain.requested
    assert not plain.person_offered


def test_without_a_message_but_the_citizens_own_the_reply_is_silence(said: Said) -> None:
    citizen = {"sender": "citizen", "locale": "es", "text": "hola"}
    assert observed.read([citizen]) == Reply()
    assert observed.read([]).silent


def test_the_language_is_that_of_the_first_line(said: Said) -> None:
    assert observed.read([said(locale="qu"), said()]).locale == "qu"
