"""The supervisor's pages: the live board, giving conversations to somebody, the assistant's switch, ratings, transcripts."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import answerers, operations
from cms.conversations.answerers import Decision, Question
from cms.conversations.errors import OnHold
from cms.conversations.models import Conversation, Handoff, Message, Note, Owner
from cms.conversations.results import Say
from cms.desk import supervision
from cms.desk.models import AssistantPause, RatingReview

pytestmark = pytest.mark.django_db
Desk = Callable[[User], Client]
Ask = Callable[..., Conversation]
SetClock = Callable[[datetime], None]


def address(conversation: Conversation, last: str = "") -> str:
    return f"/desk/conversaciones/{conversation.pk}/{last}"


def pass_to(desk: Client, conversation: Conversation, to: str, why: str = "lleva mucho") -> int:
    path = f"/desk/supervision/conversaciones/{conversation.pk}/pasar/"
    return desk.post(path, {"to": to, "why": why}).status_code


def test_agents_are_told_that_it_is_for_supervision(desk_of: Desk, carlos: User, ask_for_person: Ask) -> None:
    desk, conversation = desk_of(carlos), ask_for_person()
    for path in ("", "tablero/", "conversaciones/"):
        refused = desk.get(f"/desk/supervision/{path}")
        assert (refused.status_code, "de supervisión" in refused.content.decode()) == (403, True)
    assert pass_to(desk, conversation, "me") == 403
    assert desk.post("/desk/supervision/asistente/", {"to": "off", "why": "x"}).status_code == 403
    assert desk.post(f"/desk/supervision/calificaciones/{conversation.pk}/", {"done": "x"}).status_code == 403
    assert not AssistantPause.objects.exists()


def test_the_board_says_who_waits_in_which_language_and_who_is_there(
    desk_of: Desk,
    sonia: User,
    carlos: User,
    quilla: User,
    ask_for_person: Ask,
    set_clock: SetClock,
    morning: datetime,
) -> None:
    agent = desk_of(carlos)
    conversation = ask_for_person()
    Handoff.objects.filter(conversation=conversation).update(state="waiting", requested_at=morning)
    agent.post("/desk/turno/", {"shift": "break", "sure": "1"})
    at = morning + timedelta(seconds=40)
    spanish, quechua = supervision.lines(at)
    assert (spanish.waiting, spanish.longest, quechua.waiting) == (1, 40, 0)
    states = {row.agent.username: row.state for row in supervision.at_desk(at)}
    assert states == {"carlos": "en pausa", "quilla": "ausente"}
    page = desk_of(sonia).get("/desk/supervision/tablero/").content.decode()
    assert "en cola en castellano" in page
    assert "en pausa" in page


def test_waits_of_the_day_are_told_by_the_hour_against_the_target(
    seeded: None, carlos: User, morning: datetime
) -> None:
    for seconds in (10, 100, 170, 200):
        started = operations.start(locale="es")
        Handoff.objects.create(
            conversation=started.conversation, locale="es", state="active",
            claimed_at=morning, claimed_by=carlos, picked_up_seconds=seconds, requested_at=morning,
        )  # fmt: skip
    [hour] = supervision.hours(morning.date())
    assert (hour.hour, hour.picked_up, hour.median, hour.percent) == (10, 4, 100, 75)


def test_a_supervisor_takes_over_with_a_reason_and_may_then_write(
    desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask
) -> None:
    agent, desk, conversation = desk_of(carlos), desk_of(sonia), ask_for_person()
    agent.post(address(conversation, "tomar/"))
    assert pass_to(desk, conversation, "me", why=" ") == 422
    assert pass_to(desk, conversation, "me") == 302
    conversation.refresh_from_db()
    assert (conversation.owner, conversation.agent) == (Owner.AGENT, sonia)
    assert (
        agent.post(address(conversation, "responder/"), {"text": "yo", "client_id": "a"}).status_code == 409
    )
    desk.post("/desk/presencia/")
    operations.requeue_absent()
    sent = desk.post(address(conversation, "responder/"), {"text": "Soy Sonia", "client_id": "b"})
    assert sent.status_code == 302
    entry = Entry.objects.get(what="conversation.reassigned")
    assert (entry.by, entry.why, entry.detail["to"]) == (sonia, "", "sonia")
    assert Note.objects.get(pk=entry.detail["note"]).text == "lleva mucho"
    assert Note.objects.get(conversation=conversation).text == "lleva mucho"


def test_who_waits_is_given_to_an_agent_who_is_there_and_has_a_seat(
    desk_of: Desk, sonia: User, carlos: User, quilla: User, ask_for_person: Ask
) -> None:
    desk, _agent, conversation = desk_of(sonia), desk_of(carlos), ask_for_person()
    assert pass_to(desk, conversation, str(quilla.pk)) == 409, "she is not there"
    carlos.seats = 0
    carlos.save()
    assert pass_to(desk, conversation, str(carlos.pk)) == 409
    carlos.seats = 1
    carlos.save()
    assert pass_to(desk, conversation, str(carlos.pk)) == 302
    conversation.refresh_from_db()
    assert conversation.agent == carlos
    assert Handoff.objects.get(conversation=conversation).picked_up_seconds is not None


def test_what_is_over_cannot_be_given_to_anybody(
    desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask
) -> None:
    desk, _agent, conversation = desk_of(sonia), desk_of(carlos), ask_for_person()
    operations.close_by_citizen(conversation=conversation)
    assert pass_to(desk, conversation, "me") == 409


@pytest.fixture
def assistant() -> Iterator[list[str]]:
    """Stands in for the assistant; tells what it was asked."""
    asked: list[str] = []

    def answer(question: Question) -> Decision:
        asked.append(question.text)
        return Decision("es", (Say(key="help"),))

    before = answerers._answerers["assistant"]
    answerers.unregister("assistant")
    answerers.register("assistant", answer, order=10)
    yield asked
    answerers.unregister("assistant")
    answerers.register("assistant", before[1], order=before[0])


def test_the_assistant_is_switched_off_with_a_reason_and_conversations_go_on(
    desk_of: Desk,
    sonia: User,
    seeded: None,
    assistant: list[str],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    desk = desk_of(sonia)
    started = operations.start(locale="es")

    def ask(text: str) -> Message:
        posted = operations.post_message(conversation=started.conversation, client_id=text, text=text)
        operations.run_turn(message=posted.message)
        last = Message.objects.filter(conversation=started.conversation).order_by("-seq").first()
        assert last is not None
        return last

    ask("uno")
    assert desk.post("/desk/supervision/asistente/", {"to": "off", "why": " "}).status_code == 422
    desk.post("/desk/supervision/asistente/", {"to": "off", "why": "dice un costo viejo"})
    cache.clear()
    answer = ask("cuánto cuesta el duplicado del DNI")
    assert assistant == ["uno"], "it is not asked any more"
    assert (answer.sender, "paused" in answer.fault) == ("assistant", True), "and the citizen gets a reply"
    assert "dice un costo viejo" in desk.get("/desk/supervision/").content.decode()
    desk.post("/desk/supervision/asistente/", {"to": "on", "why": "corregido"})
    cache.clear()
    ask("tres")
    assert assistant == ["uno", "tres"]
    kinds = Entry.objects.filter(what__startswith="assistant.").order_by("id").values_list("what", "why")
    assert list(kinds) == [("assistant.paused", "dice un costo viejo"), ("assistant.resumed", "corregido")]


def test_a_bad_rating_is_a_task_until_somebody_says_what_was_done(
    desk_of: Desk, sonia: User, seeded: None, set_clock: SetClock, morning: datetime
) -> None:
    desk = desk_of(sonia)
    bad, good = (operations.start(locale="es").conversation for _ in range(2))
    operations.rate(conversation=bad, score=2, comment="no me entendió")
    operations.rate(conversation=good, score=3)
    page = desk.get("/desk/supervision/").content.decode()
    assert "«no me entendió»" in page
    assert list(supervision.bad_ratings()) == [bad]
    path = f"/desk/supervision/calificaciones/{bad.pk}/"
    assert desk.post(path, {"done": " "}).status_code == 422
    desk.post(path, {"done": "se corrigió la ficha"})
    assert RatingReview.objects.get().done == "se corrigió la ficha"
    assert not supervision.bad_ratings().exists()
    assert desk.post(path, {"done": "otra vez"}).status_code == 409
    set_clock(morning + timedelta(hours=1))
    operations.rate(conversation=bad, score=1)
    assert list(supervision.bad_ratings()) == [bad], "a new rating is a new task"


def test_transcripts_are_found_by_their_words_and_the_search_is_kept_without_them(
    desk_of: Desk, sonia: User, ask_for_person: Ask
) -> None:
    desk = desk_of(sonia)
    conversation = ask_for_person(text="perdí mi cuy")
    ask_for_person(text="otra cosa")
    assert not Entry.objects.filter(what="conversation.searched").exists()
    page = desk.get("/desk/supervision/conversaciones/?text=cuy").content.decode()
    assert str(conversation.pk) in page
    assert page.count('href="/desk/conversaciones/') == 1
    entry = Entry.objects.get(what="conversation.searched")
    assert (entry.by, entry.detail["found"]) == (sonia, 1)
    assert "cuy" not in str(entry.detail)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("agent=carlos", 1), ("agent=nadie", 0), ("locale=qu", 0), ("since=2026-11-18", 1), ("since=2026-11-19", 0),
        ("until=2026-11-17", 0), ("ficha=sis-gratuito", 0), ("ficha=reniec-dni-duplicado", 1),
    ],
)  # fmt: skip
def test_transcripts_are_narrowed(
    desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask, query: str, found: int
) -> None:
    desk, agent, conversation = desk_of(sonia), desk_of(carlos), ask_for_person()
    agent.post(address(conversation, "tomar/"))
    agent.post(address(conversation, "responder/"), {"text": "Hola", "client_id": "a"})
    desk.get(f"/desk/supervision/conversaciones/?{query}")
    assert Entry.objects.get(what="conversation.searched").detail["found"] == found


def test_a_date_that_is_none_is_told(desk_of: Desk, sonia: User, seeded: None) -> None:
    refused = desk_of(sonia).get("/desk/supervision/conversaciones/?since=ayer")
    assert (refused.status_code, "no se entiende" in refused.content.decode()) == (422, True)


def test_a_supervisor_keeps_a_conversation_by_order_and_lets_it_go(
    desk_of: Desk, sonia: User, carlos: User, ask_for_person: Ask
) -> None:
    desk, conversation = desk_of(sonia), ask_for_person()
    path = f"/desk/supervision/conversaciones/{conversation.pk}/retener/"
    assert path in desk.get(address(conversation)).content.decode()
    assert desk.post(path, {"to": "on", "why": " "}).status_code == 422
    assert desk_of(carlos).post(path, {"to": "on", "why": "oficio 12"}).status_code == 403
    assert desk.post(path, {"to": "on", "why": "oficio 12"}).status_code == 302
    with pytest.raises(OnHold):
        operations.erase_for_citizen(conversation=conversation)
    assert "«oficio 12»" in desk.get(address(conversation)).content.decode()
    assert desk.post(path, {"to": "off", "why": "archivado"}).status_code == 302
    operations.erase_for_citizen(conversation=conversation)
    kinds = ("conversation.held", "conversation.released")
    assert [Entry.objects.get(what=kind).why for kind in kinds] == ["oficio 12", "archivado"]
    assert desk.post(path, {"to": "on", "why": "oficio 13"}).status_code == 410
