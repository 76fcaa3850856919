"""Reaching a person: announced, undone, out of hours, with nobody there, and by no word of the assistant."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core.cache import cache
from django.test import Client

from cms.accounts.models import User
from cms.conversations import operations, phrases, queries
from cms.conversations.models import Conversation, Handoff, Message
from tests.integration.conversations.browser import Citizen
from tests.integration.conversations.conftest import LIMA, WORKING_MORNING
from tests.integration.conversations.rasa_double import RasaDouble, say

pytestmark = pytest.mark.django_db
SetClock = Callable[[datetime], None]


def test_with_an_agent_there_the_offer_is_now(carlos_present: User, ana: Citizen) -> None:
    offer = ana.read()["handoff"]
    assert offer["state"] == "now"
    assert offer["requested"] is False
    assert offer["opens_at"] is None


def test_the_button_works_without_the_assistant(carlos_present: User, ana: Citizen) -> None:
    response = ana.post("handoff").json()
    assert response["handoff"]["requested"] is True
    assert response["handoff"]["state"] == "queue"
    assert response["handoff"]["position"] == 1
    assert response["message"]["handoff"] == response["handoff"]
    assert ana.read()["owner"] == "queue"


@pytest.mark.parametrize("reason", ["asked", "upset", "own_case", "misunderstood", "danger"])
def test_asked_in_words_it_is_requested_with_the_first_reply(
    carlos_present: User, ana: Citizen, rasa: RasaDouble, reason: str
) -> None:
    rasa.results = lambda incoming: [{"type": "handoff", "reason": reason}]
    [reply] = ana.says("quiero hablar con una persona")
    assert reply["handoff"]["requested"] is True
    assert [choice["payload"] for choice in reply["choices"]] == ["undo_handoff"]
    assert Handoff.objects.get().reason == reason


def test_an_offer_requests_nothing(ana: Citizen, rasa: RasaDouble) -> None:
    rasa.results = lambda incoming: [say("own_case"), {"type": "offer_person", "reason": "own_case"}]
    [reply] = ana.says("¿ya salió mi pasaporte?")
    assert reply["handoff"]["requested"] is False
    assert reply["choices"][0]["payload"] == "handoff"
    assert not Handoff.objects.exists()


def test_it_can_be_undone(carlos_present: User, ana: Citizen, rasa: RasaDouble) -> None:
    ana.presses("handoff")
    [undone] = ana.presses("undo_handoff")
    assert undone["handoff"]["requested"] is False
    assert ana.read()["owner"] == "assistant"
    assert ana.says("hola")[0]["sender"] == "assistant"


def test_undoing_nothing_is_answered(ana: Citizen) -> None:
    [reply] = ana.presses("undo_handoff")
    assert reply["handoff"]["requested"] is False


def test_asking_twice_is_one_request(carlos_present: User, ana: Citizen) -> None:
    ana.presses("handoff")
    ana.post("handoff")
    assert Handoff.objects.count() == 1


def test_who_waits_is_not_answered_by_the_assistant(
    carlos_present: User, ana: Citizen, rasa: RasaDouble
) -> None:
    ana.presses("handoff")
    replies = [*ana.says("mi DNI se perdió"), *ana.says("¿hola?"), *ana.says("¿hola?")]
    assert rasa.calls == 0
    assert all(reply["sender"] == "system" for reply in replies)
    assert len(replies) <= 1


def test_the_place_in_the_queue_is_told(carlos_present: User, seeded: None, client: Client) -> None:
    citizens = [Citizen(client, locale="es") for _ in range(3)]
    positions = [citizen.post("handoff").json()["handoff"]["position"] for citizen in citizens]
    assert positions == [1, 2, 3]
    operations.claim(conversation_id=citizens[0].id, by=carlos_present)
    assert citizens[2].read()["handoff"]["position"] == 2


def test_a_citizen_is_not_behind_those_of_another_language(
    quilla_present: User, seeded: None, client: Client
) -> None:
    Citizen(client, locale="es").post("handoff")
    assert Citizen(client, locale="qu").post("handoff").json()["handoff"]["position"] == 1


def test_without_a_free_seat_there_is_a_queue(carlos_present: User, seeded: None, client: Client) -> None:
    User.objects.filter(pk=carlos_present.pk).update(seats=1)
    first, second = Citizen(client, locale="es"), Citizen(client, locale="es")
    first.post("handoff")
    operations.claim(conversation_id=first.id, by=carlos_present)
    offer = second.read()["handoff"]
    assert (offer["state"], offer["position"]) == ("queue", 1)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (datetime(2026, 11, 18, 8, 0, tzinfo=LIMA), None),
        (datetime(2026, 11, 18, 7, 59, 59, tzinfo=LIMA), "2026-11-18T08:00:00-05:00"),
        (datetime(2026, 11, 18, 19, 59, 59, tzinfo=LIMA), None),
        (datetime(2026, 11, 18, 20, 0, tzinfo=LIMA), "2026-11-19T08:00:00-05:00"),
        (datetime(2026, 11, 18, 23, 59, tzinfo=LIMA), "2026-11-19T08:00:00-05:00"),
        (datetime(2026, 11, 19, 0, 0, tzinfo=LIMA), "2026-11-19T08:00:00-05:00"),
        # The source makes no exception of holidays for Aló MAC: it attends on the 28th of July too.
        (datetime(2026, 7, 28, 10, 0, tzinfo=LIMA), None),
        (datetime(2026, 12, 24, 15, 0, tzinfo=LIMA), None),
        (datetime(2026, 12, 24, 20, 0, tzinfo=LIMA), "2026-12-25T08:00:00-05:00"),
        (datetime(2026, 11, 22, 10, 0, tzinfo=LIMA), None),
    ],
)
def test_the_clock_of_lima_decides(
    ana: Citizen, carlos: User, set_clock: SetClock, moment: datetime, opens: str | None
) -> None:
    set_clock(moment)
    operations.heartbeat(by=carlos)
    offer = ana.read()["handoff"]
    assert offer["state"] == ("now" if opens is None else "callback")
    assert offer["opens_at"] == opens


def test_hours_for_holidays_hold_on_holidays_only(ana: Citizen, carlos: User, set_clock: SetClock) -> None:
    from cms.directory.queries import alo_mac

    alo = alo_mac()
    assert alo
    alo.horario.filter(en_feriados=True).update(abre="09:00", cierra="13:00")
    states = []
    for day in (27, 28, 30):
        set_clock(datetime(2026, 7, day, 15, 0, tzinfo=LIMA))
        operations.heartbeat(by=carlos)
        states.append(ana.read()["handoff"]["state"])
    assert states == ["now", "callback", "now"]


def test_closed_means_a_case_number_and_the_assistant_goes_on(
    ana: Citizen, rasa: RasaDouble, set_clock: SetClock
) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    [reply] = ana.presses("handoff")
    offer = reply["handoff"]
    assert offer["state"] == "callback"
    assert offer["requested"] is True
    assert offer["opens_at"] == "2026-11-19T08:00:00-05:00"
    assert offer["case_number"].startswith("MAC-2026-")
    assert offer["case_number"] in reply["text"]
    assert "19/11, 08:00" in reply["text"]
    assert ana.says("¿y cuánto cuesta el DNI?")[0]["sender"] == "assistant"


def test_nobody_there_in_open_hours_is_a_callback_too(ana: Citizen, open_hours: datetime) -> None:
    offer = ana.post("handoff").json()["handoff"]
    assert (offer["state"], offer["opens_at"]) == ("callback", None)
    assert offer["case_number"]


def test_an_agent_without_quechua_is_nobody_for_who_speaks_it(
    carlos_present: User, seeded: None, client: Client
) -> None:
    assert Citizen(client, locale="qu").read()["handoff"]["state"] == "callback"
    assert Citizen(client, locale="es").read()["handoff"]["state"] == "now"


def test_an_agent_with_quechua_serves_both(quilla_present: User, seeded: None, client: Client) -> None:
    assert {Citizen(client, locale=locale).read()["handoff"]["state"] for locale in ("es", "qu")} == {"now"}


def test_a_desk_closed_a_minute_ago_is_nobody(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    set_clock(WORKING_MORNING + timedelta(seconds=59))
    assert ana.read()["handoff"]["state"] == "now"
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    assert ana.read()["handoff"]["state"] == "callback"


def test_a_paused_agent_is_nobody(carlos: User, ana: Citizen, open_hours: datetime) -> None:
    operations.heartbeat(by=carlos, available=False)
    assert ana.read()["handoff"]["state"] == "callback"


@pytest.mark.parametrize("contact", ["987 654 321", "+51 987654321", "ana@example.org", "(01) 4567890"])
def test_a_contact_is_kept_apart_from_the_text(ana: Citizen, open_hours: datetime, contact: str) -> None:
    response = ana.post("handoff", {"reason": "necesito ayuda con mi pensión", "contact": contact}).json()
    handoff = Handoff.objects.get()
    assert handoff.contact
    assert handoff.detail == "necesito ayuda con mi pensión"
    assert handoff.contact not in str(ana.read())
    assert response["handoff"]["case_number"] in response["message"]["text"]


def test_a_contact_typed_into_the_chat_is_taken_as_one(
    ana: Citizen, open_hours: datetime, rasa: RasaDouble
) -> None:
    ana.post("handoff")
    response = ana.write("987654321").json()
    assert "987654321" not in str(response)
    assert Handoff.objects.get().contact == "987654321"
    assert rasa.calls == 0
    assert "321" in response["messages"][0]["text"]
    assert not Message.objects.filter(text__contains="987654321").exists()


def test_a_number_typed_into_an_ordinary_chat_is_a_text_and_covered(ana: Citizen, rasa: RasaDouble) -> None:
    assert ana.write("987654321").json()["message"]["text"] == "*********"
    assert rasa.heard[0].text == "*********"
    assert not Handoff.objects.exists()


def test_who_asked_while_closed_keeps_the_time_of_asking(
    ana: Citizen, carlos: User, set_clock: SetClock
) -> None:
    set_clock(datetime(2026, 11, 18, 21, 0, tzinfo=LIMA))
    number = ana.post("handoff").json()["handoff"]["case_number"]
    set_clock(datetime(2026, 11, 19, 9, 0, tzinfo=LIMA))
    operations.heartbeat(by=carlos)
    again = ana.post("handoff").json()["handoff"]
    assert (again["state"], again["position"], again["case_number"]) == ("queue", 1, number)
    assert Handoff.objects.get().requested_at == datetime(2026, 11, 18, 21, 0, tzinfo=LIMA)


def test_at_closing_time_who_waits_is_given_a_case_number(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    ana.post("handoff")
    set_clock(datetime(2026, 11, 18, 20, 0, 5, tzinfo=LIMA))
    assert operations.turn_into_callbacks() == 1
    state = ana.read()
    assert state["owner"] == "assistant"
    assert state["handoff"]["state"] == "callback"
    assert state["handoff"]["case_number"] in state["messages"][-1]["text"]


def test_when_everybody_has_been_gone_for_minutes_who_waits_is_told(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    ana.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=120))
    assert operations.turn_into_callbacks() == 0
    assert ana.read()["handoff"]["state"] == "callback"
    set_clock(WORKING_MORNING + timedelta(seconds=301))
    assert operations.turn_into_callbacks() == 1


def test_as_soon_as_nobody_is_there_a_contact_is_taken_under_a_case_number(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    ana.post("handoff")
    assert ana.read()["handoff"]["case_number"] is None
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    offer = ana.read()["handoff"]
    assert (offer["state"], offer["case_number"][:9]) == ("callback", "MAC-2026-")
    replies = ana.says("987 654 321")
    assert offer["case_number"] in replies[-1]["text"]
    assert "*** *** 321" in replies[-1]["text"]
    handoff = Handoff.objects.get()
    assert (handoff.contact, handoff.case_number) == ("987654321", offer["case_number"])
    assert "987" not in ana.read()["messages"][-2]["text"]


@pytest.mark.parametrize(("locale", "asks"), [("es", "Déjanos"), ("qu", "saqimuway")])
def test_a_contact_that_was_left_is_not_asked_for_again(
    quilla_present: User, seeded: None, client: Client, set_clock: SetClock, locale: str, asks: str
) -> None:
    ana = Citizen(client, locale=locale)
    ana.post("handoff", {"contact": "987 654 321"})
    set_clock(WORKING_MORNING + timedelta(seconds=301))
    assert operations.turn_into_callbacks() == 1
    told = ana.last()["text"]
    assert Handoff.objects.get().case_number in told
    assert "*** *** 321" in told
    assert asks not in told


def test_who_comes_back_in_time_finds_the_same_case(
    carlos_present: User, ana: Citizen, set_clock: SetClock
) -> None:
    ana.post("handoff")
    set_clock(WORKING_MORNING + timedelta(seconds=61))
    number = ana.read()["handoff"]["case_number"]
    operations.heartbeat(by=carlos_present)
    offer = ana.read()["handoff"]
    assert (offer["state"], offer["position"], offer["case_number"]) == ("queue", 1, number)


def test_waiting_times_are_learnt_and_unknown_before(
    carlos_present: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    User.objects.filter(pk=carlos_present.pk).update(seats=10)
    for place, seconds in enumerate((10, 20, 30, 40, 300)):
        citizen = Citizen(client, locale="es")
        asked_at = WORKING_MORNING + timedelta(minutes=place)
        set_clock(asked_at)
        operations.heartbeat(by=carlos_present)
        citizen.post("handoff")
        assert citizen.read()["handoff"]["wait_seconds"] is None
        set_clock(asked_at + timedelta(seconds=seconds))
        operations.claim(conversation_id=citizen.id, by=carlos_present)
    cache.clear()
    operations.heartbeat(by=carlos_present)
    offer = Citizen(client, locale="es").read()["handoff"]
    assert (offer["wait_seconds"], offer["wait_seconds_max"]) == (30, 300)
    # Nobody yet had somebody ahead: how long that takes is not known, however fast the others were.
    Citizen(client, locale="es").post("handoff")
    offer = Citizen(client, locale="es").read()["handoff"]
    assert (offer["state"], offer["position"], offer["wait_seconds"]) == ("queue", 2, None)


def test_with_people_ahead_the_range_is_that_of_those_who_had_as_many_ahead(
    carlos_present: User, seeded: None, client: Client, set_clock: SetClock
) -> None:
    User.objects.filter(pk=carlos_present.pk).update(seats=30)
    for hour in range(5):
        asked_at = WORKING_MORNING + timedelta(hours=hour)
        set_clock(asked_at)
        operations.heartbeat(by=carlos_present)
        for place in range(2):
            set_clock(asked_at + timedelta(seconds=place))
            citizen = Citizen(client, locale="es")
            citizen.post("handoff")
        for place, waiting in enumerate(list(queries.waiting())):
            set_clock(asked_at + timedelta(seconds=20 + 200 * place))
            operations.claim(conversation_id=waiting.conversation_id, by=carlos_present)
    cache.clear()
    operations.heartbeat(by=carlos_present)
    first = Citizen(client, locale="es").read()["handoff"]
    assert (first["state"], first["position"], first["wait_seconds"]) == ("now", None, 20)
    Citizen(client, locale="es").post("handoff")
    second = Citizen(client, locale="es").read()["handoff"]
    assert (second["state"], second["position"], second["wait_seconds"]) == ("queue", 2, 219)


def test_with_somebody_ahead_no_one_is_told_now_though_there_are_seats(
    carlos_present: User, ana: Citizen, client: Client
) -> None:
    ana.post("handoff")
    bruno = Citizen(client, locale="es")
    offer = bruno.read()["handoff"]
    assert (offer["state"], offer["position"]) == ("queue", 2)
    assert "cola" in bruno.post("handoff").json()["message"]["text"]


def test_a_seat_kept_for_who_waits_in_quechua_is_promised_to_nobody_else(
    quilla_present: User, carlos: User, seeded: None, client: Client
) -> None:
    User.objects.filter(pk=quilla_present.pk).update(seats=1)
    Citizen(client, locale="qu").post("handoff")
    offer = Citizen(client, locale="es").read()["handoff"]
    assert (offer["state"], offer["position"]) == ("queue", 1)
    operations.heartbeat(by=carlos)
    assert Citizen(client, locale="es").read()["handoff"]["state"] == "now", "he takes Spanish alone"


@pytest.mark.parametrize(("locale", "place"), [("es", "será el 2"), ("qu", "2 kaqmi kanki")])
def test_the_page_says_before_one_asks_that_there_is_a_queue(
    quilla_present: User, seeded: None, locale: str, place: str
) -> None:
    Citizen(Client(), locale=locale).post("handoff")
    assert place in Client().get(f"/{locale}/chat/").content.decode()


def test_case_numbers_are_never_shared(open_hours: datetime, seeded: None, client: Client) -> None:
    numbers = {
        Citizen(client, locale="es").post("handoff").json()["handoff"]["case_number"] for _ in range(4)
    }
    assert len(numbers) == 4


def test_the_language_chosen_while_waiting_moves_the_request(quilla_present: User, ana: Citizen) -> None:
    ana.post("handoff")
    ana.presses("locale:qu")
    assert Handoff.objects.get().locale == "qu"


def scrambled(texts: dict[str, Callable[[], str]]) -> dict[str, Callable[[], str]]:
    """The same placeholders in a random order among random letters."""
    shuffler = random.Random(7)

    def nonsense(text: str) -> str:
        words = text.split()
        shuffler.shuffle(words)
        return " ".join(
            word if "{" in word else "".join(shuffler.choice("bcdfgk") for _letter in word) for word in words
        )

    said = {key: nonsense(text()) for key, text in texts.items()}
    return {key: partial(said.__getitem__, key) for key in texts}


def test_no_word_of_ours_has_a_part_in_it(
    carlos_present: User, seeded: None, client: Client, rasa: RasaDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def life() -> list[tuple[object, ...]]:
        ana = Citizen(client, locale="es")
        rasa.results = lambda incoming: [
            say("not_understood"),
            {"type": "offer_person", "reason": "misunderstood"},
        ]
        ana.says("xyz")
        rasa.results = lambda incoming: [{"type": "handoff", "reason": "asked"}]
        ana.says("una persona")
        ana.presses("undo_handoff")
        ana.presses("handoff")
        operations.claim(conversation_id=ana.id, by=carlos_present)
        operations.close_by_agent(conversation_id=ana.id, by=carlos_present)
        conversation = Conversation.objects.get(pk=ana.id)
        handoffs = Handoff.objects.filter(conversation=conversation).values_list("state", "reason")
        messages = Message.objects.filter(conversation=conversation).values_list(
            "seq", "sender", "payload", "turn"
        )
        choices = [
            [c["payload"] for c in m.choices] for m in Message.objects.filter(conversation=conversation)
        ]
        return [*handoffs, *messages, tuple(map(str, choices)), (conversation.owner, conversation.epoch)]

    honest = life()
    for table in ("SAY", "NOTICES", "LABELS"):
        monkeypatch.setattr(phrases, table, scrambled(getattr(phrases, table)))
    assert life() == honest
