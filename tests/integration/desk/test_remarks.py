"""Reclamos, felicitaciones and sugerencias at the desk: one owner, one answer, and who may do what."""

import smtplib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations as conversations
from cms.conversations.contacts import read_contact
from cms.conversations.models import Conversation, Message
from cms.conversations.operations import Wish
from cms.remarks import letters, operations
from cms.remarks.models import Kind, Letter, Plazos, Remark, State
from cms.remarks.operations import Given
from tests.integration.desk.conftest import AskForPerson

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Receive = Callable[..., Remark]
SECRET = "45678912"
ANSWER = "Lo sentimos. Abrimos otra ventanilla."


@pytest.fixture
def receive(seeded: None, morning: datetime) -> Receive:
    """Ana has sent one from the pages."""

    def send(kind: str = "reclamo", contact: str = "987654321", locale: str = "es", **more: Any) -> Remark:
        said = {"text": f"Esperé tres horas, mi DNI es {SECRET}.", "name": "Ana Quispe", **more}
        given = Given(kind, locale, contact=read_contact(contact) if contact else None, **said)
        return operations.receive(given=given)

    return send


@pytest.fixture
def taken(receive: Receive, carlos: User) -> Remark:
    return operations.take(pk=receive().pk, by=carlos)


def page(desk: Client, path: str, status: int = 200) -> str:
    answer = desk.get(path)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_shows_what_waits_without_who_wrote_it(
    desk_of: Desk, carlos: User, receive: Receive
) -> None:
    rows = [receive(kind) for kind in Kind.values]
    shown = page(desk_of(carlos), "/desk/reclamos/")
    assert all(row.number in shown for row in rows)
    assert 'Reclamos (<span data-count="remarks">3</span>)' in shown
    for personal in ("Quispe", "987", SECRET, "Esperé"):
        assert personal not in shown


def test_the_list_is_narrowed_by_kind_and_state(
    desk_of: Desk, carlos: User, quilla: User, receive: Receive
) -> None:
    mine, other, praise = receive(), receive(), receive("felicitacion")
    operations.take(pk=mine.pk, by=carlos)
    operations.take(pk=other.pk, by=quilla)
    operations.answer(pk=other.pk, by=quilla, text=ANSWER)
    desk = desk_of(carlos)
    for query, wanted in (
        ("", {mine, praise}),
        ("?tipo=felicitacion", {praise}),
        ("?mostrar=new", {praise}),
        ("?mostrar=mine", {mine}),
        ("?mostrar=answered", {other}),
        ("?mostrar=unsent", set()),
        ("?mostrar=nada&tipo=nada", {mine, praise}),
    ):
        shown = page(desk, f"/desk/reclamos/{query}")
        assert {row for row in (mine, other, praise) if f"/desk/reclamos/{row.pk}/" in shown} == wanted, query


def test_the_age_is_told_against_what_the_citizen_was_told(
    desk_of: Desk, carlos: User, receive: Receive, set_clock: Callable[[datetime], None], morning: datetime
) -> None:
    assert "sin plazo fijado" in page(desk_of(carlos), f"/desk/reclamos/?x={receive().pk}")
    Plazos.objects.create(reclamo=3)
    receive()
    for days, told in ((0, "hoy"), (3, "Vence pronto"), (9, "Pasó el plazo")):
        set_clock(morning + timedelta(days=days))
        # Nobody stays signed in for days.
        assert told in page(desk_of(carlos), "/desk/reclamos/")


def test_of_two_who_take_one_wins_and_the_other_is_told(
    desk_of: Desk, carlos: User, quilla: User, receive: Receive
) -> None:
    remark = receive()
    first = desk_of(quilla).post(f"/desk/reclamos/{remark.pk}/tomar/")
    second = desk_of(carlos).post(f"/desk/reclamos/{remark.pk}/tomar/")
    assert (first.status_code, second.status_code) == (302, 409)
    assert "Ya lo tiene otra persona" in second.content.decode()
    remark.refresh_from_db()
    assert (remark.owner, remark.state) == (quilla, State.TAKEN)
    assert Entry.objects.filter(what="remark.taken").count() == 1


def test_who_it_is_of_no_concern_to_reads_nothing(
    desk_of: Desk, taken: Remark, quilla: User, sonia: User, diego: User, berta: User
) -> None:
    closed = page(desk_of(quilla), f"/desk/reclamos/{taken.pk}/", 409)
    assert "Esperé" not in closed
    for stranger in (diego, berta):
        client = Client()
        client.force_login(stranger)
        for path in ("/desk/reclamos/", f"/desk/reclamos/{taken.pk}/", "/desk/reclamos/nuevo/"):
            assert client.get(path).status_code == 403
    assert Client().get(f"/desk/reclamos/{taken.pk}/").status_code == 302
    assert "Esperé tres horas" in page(desk_of(sonia), f"/desk/reclamos/{taken.pk}/")
    assert Entry.objects.filter(what="remark.read", by=sonia, subject=taken.number).exists()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("responder", {"text": ANSWER}),
        ("devolver", {"why": "no me toca"}),
        ("contacto", {"why": "llamar"}),
        ("sin-cubrir", {"why": "ver"}),
    ],
)
def test_only_whoever_has_it_may_act(
    desk_of: Desk, taken: Remark, quilla: User, sonia: User, step: str, said: dict[str, str]
) -> None:
    for other in (quilla, sonia):
        answer = desk_of(other).post(f"/desk/reclamos/{taken.pk}/{step}/", said)
        assert answer.status_code == 409
        assert "987654321" not in answer.content.decode()
        assert SECRET not in answer.content.decode()
    taken.refresh_from_db()
    assert (taken.state, taken.answer) == (State.TAKEN, "")


def test_one_in_quechua_is_for_who_speaks_it_where_somebody_does(
    desk_of: Desk, receive: Receive, carlos: User, quilla: User
) -> None:
    remark = receive(locale="qu")
    refused = desk_of(carlos).post(f"/desk/reclamos/{remark.pk}/tomar/")
    assert refused.status_code == 409
    quilla.is_active = False
    quilla.save()
    assert desk_of(carlos).post(f"/desk/reclamos/{remark.pk}/tomar/").status_code == 302


def test_nobody_takes_what_is_about_their_own_conversation(
    desk_of: Desk, receive: Receive, ask_for_person: AskForPerson, carlos: User, quilla: User
) -> None:
    conversation = ask_for_person()
    desk_of(carlos)
    conversations.claim(conversation_id=conversation.pk, by=carlos)
    conversations.send_as_agent(conversation_id=conversation.pk, by=carlos, text="Espere.", client_id="a")
    remark = receive(conversation=Conversation.objects.get(pk=conversation.pk))
    assert desk_of(carlos).post(f"/desk/reclamos/{remark.pk}/tomar/").status_code == 409
    assert desk_of(quilla).post(f"/desk/reclamos/{remark.pk}/tomar/").status_code == 302


def test_the_name_is_seen_by_whoever_has_it_and_by_supervision(
    desk_of: Desk, receive: Receive, carlos: User, quilla: User, sonia: User
) -> None:
    remark = receive()
    path = f"/desk/reclamos/{remark.pk}/"
    assert "Quispe" not in page(desk_of(carlos), path)
    assert "Quispe" in page(desk_of(sonia), path)
    operations.take(pk=remark.pk, by=carlos)
    assert "Quispe" in page(desk_of(carlos), path)


def test_a_reason_that_repeats_the_telephone_is_covered(taken: Remark, carlos: User) -> None:
    operations.give_back(pk=taken.pk, by=carlos, why="no contesta en el 987654321")
    assert "987654321" not in str(Entry.objects.latest("id").why)


@pytest.mark.parametrize(("code", "state"), [(450, Letter.DUE), (550, Letter.FAILED)])
def test_a_server_that_asks_to_come_back_later_is_asked_again(
    receive: Receive,
    carlos: User,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    state: Letter,
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    remark = operations.take(pk=receive(contact="ana@example.org").pk, by=carlos)
    operations.answer(pk=remark.pk, by=carlos, text=ANSWER)

    def refuse(_remark: Remark) -> None:
        raise smtplib.SMTPRecipientsRefused({"ana@example.org": (code, b"later")})

    monkeypatch.setattr(letters, "_send", refuse)
    letters.send_due()
    assert Remark.objects.get(pk=remark.pk).letter == state


def test_a_mail_server_that_is_gone_is_waited_for_once_in_a_run(
    receive: Receive, carlos: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_HOST = "mail.example.org"
    for _citizen in range(3):
        remark = operations.take(pk=receive(contact="ana@example.org").pk, by=carlos)
        operations.answer(pk=remark.pk, by=carlos, text=ANSWER)
    waited: list[Remark] = []

    def silent(remark: Remark) -> None:
        waited.append(remark)
        raise TimeoutError("timed out")

    with monkeypatch.context() as gone:
        gone.setattr(letters, "_send", silent)
        assert letters.send_due() == 0
    assert len(waited) == 1
    assert letters.send_due() == 2, "the others are sent as soon as it is back"


def test_the_contact_is_seen_once_and_kept_in_the_audit(desk_of: Desk, taken: Remark, carlos: User) -> None:
    desk = desk_of(carlos)
    assert "987654321" not in page(desk, f"/desk/reclamos/{taken.pk}/")
    shown = desk.post(f"/desk/reclamos/{taken.pk}/contacto/", {"why": "llamarle"}).content.decode()
    assert 'href="tel:987654321"' in shown
    assert "987654321" not in page(desk, f"/desk/reclamos/{taken.pk}/")
    entry = Entry.objects.get(what="remark.contact_revealed")
    assert (entry.by, entry.why) == (carlos, "llamarle")
    assert desk.post(f"/desk/reclamos/{taken.pk}/contacto/", {"why": " "}).status_code == 422


def test_what_was_covered_is_seen_with_a_reason(desk_of: Desk, taken: Remark, carlos: User) -> None:
    desk = desk_of(carlos)
    assert SECRET not in page(desk, f"/desk/reclamos/{taken.pk}/")
    shown = desk.post(f"/desk/reclamos/{taken.pk}/sin-cubrir/", {"why": f"ver si {SECRET} es el suyo"})
    assert f"mi DNI es {SECRET}" in shown.content.decode()
    assert SECRET not in Entry.objects.get(what="remark.text_revealed").why
    Remark.objects.update(sealed="")
    gone = desk.post(f"/desk/reclamos/{taken.pk}/sin-cubrir/", {"why": "ver"})
    assert "ya no se guarda" in gone.content.decode()


def test_what_was_begun_is_kept_until_it_is_sent(desk_of: Desk, taken: Remark, carlos: User) -> None:
    desk = desk_of(carlos)
    desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": "Lo sent", "keep": "1"})
    shown = page(desk, f"/desk/reclamos/{taken.pk}/")
    assert ">Lo sent</textarea>" in shown
    assert f'data-words="reclamo:{taken.pk}:1"' in shown
    desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": ANSWER})
    taken.refresh_from_db()
    assert (taken.state, taken.answer, taken.draft) == (State.ANSWERED, ANSWER, "")


@pytest.mark.parametrize("text", [" ", "a" * 4001])
def test_an_answer_that_cannot_be_sent_is_given_back(
    desk_of: Desk, taken: Remark, carlos: User, text: str
) -> None:
    refused = desk_of(carlos).post(f"/desk/reclamos/{taken.pk}/responder/", {"text": text})
    assert refused.status_code == 422
    assert text in refused.content.decode()
    kept = desk_of(carlos).post(f"/desk/reclamos/{taken.pk}/responder/", {"text": "a" * 4001, "keep": "1"})
    assert kept.status_code == 422


def test_it_is_answered_once(desk_of: Desk, taken: Remark, carlos: User) -> None:
    desk = desk_of(carlos)
    desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": ANSWER})
    again = desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": "Otra cosa."})
    assert again.status_code == 409
    taken.refresh_from_db()
    assert taken.answer == ANSWER
    assert Entry.objects.filter(what="remark.answered").count() == 1


def test_an_answer_does_not_repeat_what_the_citizen_told_of_themselves(taken: Remark, carlos: User) -> None:
    said = f"Buscamos su DNI {SECRET} y le llamamos al 987 654 321. Llame al (01) 315 4000."
    answered = operations.answer(pk=taken.pk, by=carlos, text=said)
    assert SECRET not in answered.answer
    assert "987 654 321" not in answered.answer
    assert "(01) 315 4000" in answered.answer


def test_it_is_left_to_others_with_what_was_begun(
    desk_of: Desk, taken: Remark, carlos: User, quilla: User
) -> None:
    desk = desk_of(carlos)
    operations.keep_draft(pk=taken.pk, by=carlos, text="Lo sent")
    assert desk.post(f"/desk/reclamos/{taken.pk}/devolver/", {"why": " "}).status_code == 422
    desk.post(f"/desk/reclamos/{taken.pk}/devolver/", {"why": "es del centro de Piura"})
    taken.refresh_from_db()
    assert (taken.state, taken.owner) == (State.NEW, None)
    operations.take(pk=taken.pk, by=quilla)
    shown = page(desk_of(quilla), f"/desk/reclamos/{taken.pk}/")
    assert "Lo sent" in shown
    assert "es del centro de Piura" in shown


def test_a_supervisor_gives_it_to_somebody_with_a_reason(
    desk_of: Desk, taken: Remark, sonia: User, carlos: User, quilla: User, diego: User
) -> None:
    desk, path = desk_of(sonia), f"/desk/reclamos/{taken.pk}/pasar/"
    assert desk.post(path, {"to": quilla.pk, "why": " "}).status_code == 422
    for nobody in (diego.pk, "", "x", 10**12):
        assert desk.post(path, {"to": nobody, "why": "turno"}).status_code == 409
    assert desk_of(carlos).post(path, {"to": carlos.pk, "why": "turno"}).status_code == 403
    assert desk.post(path, {"to": quilla.pk, "why": "Carlos está de vacaciones"}).status_code == 302
    taken.refresh_from_db()
    assert taken.owner == quilla
    entry = Entry.objects.get(what="remark.reassigned")
    assert (entry.by, entry.why, entry.detail["to"]) == (sonia, "Carlos está de vacaciones", "quilla")


def test_who_lost_it_while_writing_gets_the_text_back(
    desk_of: Desk, taken: Remark, sonia: User, carlos: User, quilla: User
) -> None:
    desk = desk_of(carlos)
    operations.reassign(pk=taken.pk, by=sonia, to=quilla, why="turno")
    refused = desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": ANSWER})
    assert refused.status_code == 409
    assert ANSWER in refused.content.decode()
    assert "Ya no está a tu cargo" in refused.content.decode()


def test_where_there_is_a_mail_server_the_answer_goes_by_mail_in_the_citizens_language(
    receive: Receive, quilla: User, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.pe"
    for locale, words in (("es", "Esta es la respuesta"), ("qu", "kutichiynin")):
        remark = receive(contact="ana@example.pe", locale=locale)
        operations.take(pk=remark.pk, by=quilla)
        operations.answer(pk=remark.pk, by=quilla, text=ANSWER)
        assert letters.send_due() == 1
        sent = mail.outbox[-1]
        assert sent.to == ["ana@example.pe"]
        assert remark.number in sent.subject
        assert words in sent.body
        assert ANSWER in sent.body
        assert f"/{locale}/reclamos/estado/" in sent.body
        remark.refresh_from_db()
        assert remark.letter == Letter.SENT
    assert letters.send_due() == 0


def test_without_a_mail_server_the_agent_is_told_to_call(
    desk_of: Desk, receive: Receive, carlos: User
) -> None:
    remark = receive(contact="ana@example.pe")
    desk = desk_of(carlos)
    desk.post(f"/desk/reclamos/{remark.pk}/tomar/")
    assert "este sistema no tiene servidor de correo" in page(desk, f"/desk/reclamos/{remark.pk}/")
    desk.post(f"/desk/reclamos/{remark.pk}/responder/", {"text": ANSWER})
    assert "escríbele o llámale tú" in page(desk, f"/desk/reclamos/{remark.pk}/")
    assert letters.send_due() == 0
    assert mail.outbox == []


def test_a_mail_that_fails_is_tried_again_and_then_told_to_the_agent(
    desk_of: Desk,
    receive: Receive,
    carlos: User,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    set_clock: Callable[[datetime], None],
    morning: datetime,
) -> None:
    settings.EMAIL_HOST = "mail.example.pe"
    remark = receive(contact="ana@example.pe")
    operations.take(pk=remark.pk, by=carlos)
    operations.answer(pk=remark.pk, by=carlos, text=ANSWER)

    def broken(message: object) -> None:
        raise ConnectionError("nobody there")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", broken)
    for hours in range(letters.MAX_TRIES):
        set_clock(morning + timedelta(hours=3 * hours))
        assert letters.send_due() == 0
    remark.refresh_from_db()
    assert (remark.letter, remark.letter_tries) == (Letter.FAILED, letters.MAX_TRIES)
    desk = desk_of(carlos)
    assert "El correo no se pudo enviar" in page(desk, f"/desk/reclamos/{remark.pk}/")
    assert remark.number in page(desk, "/desk/reclamos/?mostrar=unsent")


def test_an_answer_is_not_called_sent_when_the_mail_server_is_gone(
    receive: Receive, carlos: User, settings: Any
) -> None:
    settings.EMAIL_HOST = "mail.example.pe"
    remark = receive(contact="ana@example.pe")
    operations.take(pk=remark.pk, by=carlos)
    operations.answer(pk=remark.pk, by=carlos, text=ANSWER)
    settings.EMAIL_HOST = ""
    assert letters.send_due() == 0
    remark.refresh_from_db()
    assert (remark.letter, remark.letter_tries) == (Letter.DUE, 1)


def test_an_agent_writes_one_down_for_somebody_on_the_phone(
    desk_of: Desk, carlos: User, seeded: None
) -> None:
    desk = desk_of(carlos)
    said = {"kind": "reclamo", "locale": "qu", "text": "Mana allintachu yanapawarqaku", "about": "portal"}
    refused = desk.post("/desk/reclamos/nuevo/", said)
    assert refused.status_code == 422
    assert "Mana allintachu" in refused.content.decode()
    done = desk.post("/desk/reclamos/nuevo/", {**said, "name": "Ana", "contact": "987654321"}, follow=True)
    remark = Remark.objects.get()
    assert (remark.recorded_by, remark.locale, remark.about) == (carlos, "qu", "portal")
    assert f"<strong>{remark.number}</strong>" in done.content.decode()


def test_one_from_a_conversation_begins_with_what_was_said_and_tells_the_number_there(
    desk_of: Desk, carlos: User, ask_for_person: AskForPerson
) -> None:
    conversation = ask_for_person(text="me trataron mal en Piura")
    conversations.ask_for_person(conversation=conversation, wish=Wish(contact=read_contact("987654321")))
    desk = desk_of(carlos)
    desk.post(f"/desk/conversaciones/{conversation.pk}/tomar/")
    link = f"/desk/reclamos/nuevo/?conversacion={conversation.pk}"
    assert link in page(desk, f"/desk/conversaciones/{conversation.pk}/")
    form = page(desk, link)
    typed = desk.post(
        "/desk/reclamos/nuevo/",
        {"kind": "reclamo", "contact": "912 345", "use_contact": "1", "conversation": str(conversation.pk)},
    )
    assert 'value="912 345"' in typed.content.decode()
    assert "987654321" not in typed.content.decode()
    assert "me trataron mal en Piura" in form
    assert "*** *** 321" in form
    assert "987654321" not in form
    said = {"kind": "reclamo", "text": "Le trataron mal en Piura", "name": "Ana", "use_contact": "1"}
    desk.post("/desk/reclamos/nuevo/", {**said, "conversation": str(conversation.pk), "client_id": "c" * 32})
    desk.post("/desk/reclamos/nuevo/", {**said, "conversation": str(conversation.pk), "client_id": "c" * 32})
    remark = Remark.objects.get()
    assert (remark.conversation_id, remark.contact) == (conversation.pk, "987654321")
    told = Message.objects.filter(conversation=conversation, text__contains=remark.number)
    assert [(line.sender, line.locale) for line in told] == [("system", "es")]


def test_a_conversation_somebody_else_has_gives_nothing_away(
    desk_of: Desk, carlos: User, quilla: User, ask_for_person: AskForPerson
) -> None:
    conversation = ask_for_person(text="me trataron mal en Piura")
    desk_of(quilla)
    conversations.claim(conversation_id=conversation.pk, by=quilla)
    desk = desk_of(carlos)
    assert (
        "Piura" not in page(desk, f"/desk/reclamos/nuevo/?conversacion={conversation.pk}").split("<option")[0]
    )
    desk.post(
        "/desk/reclamos/nuevo/",
        {"kind": "sugerencia", "text": "Una idea", "conversation": str(conversation.pk)},
    )
    assert Remark.objects.get().conversation is None


def test_supervision_counts_them(desk_of: Desk, sonia: User, receive: Receive, carlos: User) -> None:
    Plazos.objects.create(reclamo=3)
    for kind in ("reclamo", "reclamo", "felicitacion"):
        receive(kind)
    operations.take(pk=Remark.objects.earliest("pk").pk, by=carlos)
    operations.answer(pk=Remark.objects.earliest("pk").pk, by=carlos, text=ANSWER)
    shown = " ".join(page(desk_of(sonia), "/desk/supervision/").split())
    assert '<th scope="row">Reclamo</th><td>2</td><td>1</td><td>1</td><td>0</td>' in shown
    assert '<th scope="row">Felicitación</th><td>1</td><td>0</td><td>1</td><td>0</td>' in shown
    assert "3 a las 10 h" in shown
    Remark.objects.filter(state=State.NEW, kind="reclamo").update(due_on="2026-11-17")
    late = " ".join(page(desk_of(sonia), "/desk/supervision/").split())
    assert "<td>1</td><td><strong>1</strong></td>" in late


def test_a_bad_rating_is_none_of_these(desk_of: Desk, sonia: User, ask_for_person: AskForPerson) -> None:
    conversations.rate(conversation=ask_for_person(), score=1, comment="mal")
    assert not Remark.objects.exists()
    assert "Calificaciones de 1 o 2 por revisar" in page(desk_of(sonia), "/desk/supervision/")


def test_one_that_is_gone_is_not_found(desk_of: Desk, carlos: User, taken: Remark) -> None:
    operations.erase_for_citizen(remark=taken)
    desk = desk_of(carlos)
    assert desk.get(f"/desk/reclamos/{taken.pk}/").status_code == 404
    assert desk.post(f"/desk/reclamos/{taken.pk}/responder/", {"text": ANSWER}).status_code == 404
