"""A citizen writes a reclamo, a felicitación or a sugerencia, keeps its number, and sees what became of it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.conversations import operations as conversations
from cms.conversations import sealing
from cms.directory.models import Sede
from cms.remarks import limits, operations
from cms.remarks.models import Kind, Plazos, Remark
from tests.integration.remarks.conftest import PHONE, Write

pytestmark = pytest.mark.django_db
SECRET = "45678912"


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("kind", Kind.values)
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_each_kind_gets_a_number_in_both_languages(
    write: Write, client: Client, kind: str, locale: str
) -> None:
    remark = write(kind, locale)
    assert remark.locale == locale
    assert re.fullmatch(rf"{kind[:3].upper()}-\d{{4}}-\d{{6}}", remark.number or "")
    page = body(client, f"/{locale}/reclamos/mio/")
    assert remark.number in page
    assert "Esperé tres horas." in page


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_first_page_leads_to_all_three_and_to_what_was_written(
    seeded: None, client: Client, locale: str
) -> None:
    page = body(client, f"/{locale}/reclamos/")
    for place in (*Kind.values, "estado"):
        assert f'href="/{locale}/reclamos/{place}/"' in page


def test_every_page_leads_there_and_one_of_a_centre_says_which(seeded: None, client: Client) -> None:
    assert 'href="/es/reclamos/"' in body(client, "/es/")
    assert 'href="/es/reclamos/?sobre=centro-mac-piura"' in body(client, "/es/sedes/centro-mac-piura/")
    chosen = body(client, "/es/reclamos/?sobre=centro-mac-piura")
    assert "/es/reclamos/reclamo/?sobre=centro-mac-piura" in chosen
    form = body(client, "/es/reclamos/reclamo/?sobre=centro-mac-piura")
    assert '<option value="centro-mac-piura" selected>' in form


def test_who_has_ended_the_chat_is_led_there(seeded: None, client: Client) -> None:
    client.post("/es/chat/", {"text": "hola"})
    link = 'href="/es/reclamos/?sobre=chat"'
    assert link not in body(client, "/es/chat/")
    client.post("/es/chat/cerrar/")
    assert link in body(client, "/es/chat/")


def test_a_place_that_is_none_is_not_carried_on(write: Write, client: Client) -> None:
    assert "/reclamo/?sobre=" not in body(client, "/es/reclamos/?sobre=no-existe")
    assert write(about="no-existe").about == ""
    assert write(about="chat").about == "chat"
    assert write(about=Sede.objects.first().codigo).about == Sede.objects.first().codigo  # type: ignore[union-attr]


def test_an_unknown_kind_is_not_found(seeded: None, client: Client) -> None:
    assert client.get("/es/reclamos/denuncia/").status_code == 404


@pytest.mark.parametrize("missing", ["text", "name", "contact"])
@pytest.mark.parametrize("locale", ["es", "qu"])
def test_a_reclamo_needs_who_is_answered_and_gives_back_what_was_written(
    seeded: None, client: Client, missing: str, locale: str
) -> None:
    said = {"text": "Esperé tres horas.", "name": "Ana Quispe", "contact": PHONE, missing: " "}
    answer = client.post(f"/{locale}/reclamos/reclamo/", said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'href="#id_{missing}"' in page
    assert all(value in page for name, value in said.items() if name != missing)
    assert not Remark.objects.exists()


@pytest.mark.parametrize("kind", ["felicitacion", "sugerencia"])
def test_the_others_may_leave_out_who_they_are_and_are_told_what_follows(
    write: Write, client: Client, kind: str
) -> None:
    remark = write(kind, name="", contact="")
    assert (remark.name, remark.contact) == ("", "")
    assert "no podremos responderte" in body(client, "/es/reclamos/mio/")


@pytest.mark.parametrize("contact", ["12", "no tengo", "ana@", "9876543210987654"])
def test_a_contact_nobody_can_be_found_at_is_refused(seeded: None, client: Client, contact: str) -> None:
    said = {"text": "Todo bien.", "contact": contact}
    assert client.post("/es/reclamos/felicitacion/", said).status_code == 422


def test_a_text_is_bounded_and_control_characters_fall(write: Write, client: Client) -> None:
    long = {"text": "a" * 4001, "name": "Ana", "contact": PHONE}
    answer = client.post("/es/reclamos/reclamo/", long)
    assert answer.status_code == 422
    assert "4000" in answer.content.decode()
    assert write(text="a" * 4000).text == "a" * 4000
    assert write(text="uno\0dos\r\ntres").text == "unodos\ntres"
    assert client.post("/es/reclamos/reclamo/", {**long, "text": "\0\x07"}).status_code == 422


def test_markup_is_shown_as_text(write: Write, client: Client) -> None:
    write(text="<script>alert(1)</script>")
    page = body(client, "/es/reclamos/mio/")
    assert "<script>alert" not in page
    assert escape("<script>alert(1)</script>") in page


def test_sent_twice_it_is_one_and_another_text_is_another(write: Write) -> None:
    first = write(client_id="a" * 32)
    assert write(client_id="a" * 32) == first
    assert write(client_id="a" * 32, text="Otra cosa.") != first
    assert write(client_id="a" * 32, contact="912345678").contact == "912345678"
    assert Remark.objects.count() == 3


def test_personal_data_in_the_text_are_covered_and_sealed(write: Write, client: Client) -> None:
    remark = write(text=f"Mi DNI es {SECRET} y pagué S/ 41.00")
    assert remark.text == "Mi DNI es ******** y pagué S/ 41.00"
    assert SECRET not in remark.sealed
    assert SECRET in (sealing.opened(remark.sealed) or "")
    assert SECRET not in body(client, "/es/reclamos/mio/")
    assert SECRET not in str(list(Entry.objects.values()))


def test_without_a_key_what_was_covered_is_not_kept(write: Write, settings: Any) -> None:
    settings.ORIGINALS_KEYS = []
    assert write(text=f"Mi DNI es {SECRET}").sealed == ""


def test_the_audit_names_neither_who_wrote_nor_how_to_find_them(write: Write) -> None:
    remark = write(name="Ana Quispe")
    entry = Entry.objects.get(what="remark.received")
    assert (entry.subject, entry.detail["kind"]) == (remark.number, "reclamo")
    assert "Quispe" not in str(entry.detail)
    assert "987" not in str(entry.detail)


@pytest.mark.parametrize("typed", [PHONE, "+51 987-654-321", "51987654321"])
def test_it_is_found_again_with_the_number_and_the_contact(write: Write, typed: str) -> None:
    remark = write()
    other = Client()
    as_copied = (remark.number or "").lower().replace("-", " ").replace(" 000", " ")
    answer = other.post("/es/reclamos/estado/", {"number": as_copied, "contact": typed})
    assert answer["Location"] == "/es/reclamos/mio/"
    assert remark.number in body(other, "/es/reclamos/mio/")


def test_a_wrong_contact_and_an_unknown_number_look_alike(write: Write) -> None:
    remark = write()
    other = Client()
    said = [
        other.post("/es/reclamos/estado/", {"number": number, "contact": contact})
        for number, contact in (
            (remark.number, "912345678"),
            (remark.number, "no es nada"),
            ("REC-2026-999999", PHONE),
            ("cualquier cosa", PHONE),
        )
    ]
    assert {answer.status_code for answer in said} == {404}
    told = [re.search(r'role="alert"[^>]*>([^<]+)', answer.content.decode()) for answer in said]
    assert len({found[1] for found in told if found}) == 1
    assert other.get("/es/reclamos/mio/").status_code == 302


def test_guessing_at_one_number_ends_soon_whether_it_exists_or_not(write: Write) -> None:
    for number in (write().number, "REC-2026-999999"):
        tries = [
            Client().post("/es/reclamos/estado/", {"number": number, "contact": f"9123456{n:02d}"})
            for n in range(limits.MISSES_AT_ONE_PER_HOUR + 1)
        ]
        assert [answer.status_code for answer in tries] == [404] * limits.MISSES_AT_ONE_PER_HOUR + [429]
        assert int(tries[-1]["Retry-After"]) > 0


def test_the_tries_of_somebody_else_keep_nobody_out(write: Write) -> None:
    number = write().number
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(limits.MISSES_AT_ONE_PER_HOUR + 1):
        last = stranger.post("/es/reclamos/estado/", {"number": number, "contact": f"9123456{n:02d}"})
    assert last.status_code == 429
    assert Client().post("/es/reclamos/estado/", {"number": number, "contact": PHONE}).status_code == 302


def test_whoever_knows_a_telephone_cannot_go_from_number_to_number(write: Write) -> None:
    write()
    tries = [
        Client().post("/es/reclamos/estado/", {"number": f"REC-2020-{n:06d}", "contact": PHONE}).status_code
        for n in range(1, limits.MISSES_FOR_ONE_CONTACT + 2)
    ]
    assert tries == [404] * limits.MISSES_FOR_ONE_CONTACT + [429]


@pytest.mark.parametrize("guess", ["REC-2020-{:06d}", "x{}"])
def test_whoever_knows_a_telephone_keeps_its_citizen_not_out(write: Write, guess: str) -> None:
    number = write().number
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for n in range(1, limits.MISSES_FOR_ONE_CONTACT + 2):
        stranger.post("/es/reclamos/estado/", {"number": guess.format(n), "contact": PHONE})
    assert Client().post("/es/reclamos/estado/", {"number": number, "contact": PHONE}).status_code == 302


def test_what_is_found_is_not_counted(write: Write) -> None:
    number = write().number
    for _look in range(limits.MISSES_FOR_ONE_CONTACT + 2):
        found = Client().post("/es/reclamos/estado/", {"number": number, "contact": PHONE})
        assert found.status_code == 302


def test_guessing_from_everywhere_ends_too(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MISSES_FROM_ALL", 3)
    tries = [
        Client(REMOTE_ADDR=f"203.0.113.{n}")
        .post("/es/reclamos/estado/", {"number": f"REC-2020-{n:06d}", "contact": PHONE})
        .status_code
        for n in range(1, 5)
    ]
    assert tries == [404, 404, 404, 429]


def test_it_is_held_no_longer_than_the_browser_is_open(write: Write, client: Client) -> None:
    answer = client.post("/es/reclamos/estado/", {"number": write().number, "contact": PHONE})
    assert answer.cookies["mac_reclamo"]["max-age"] == ""
    assert answer.cookies["mac_reclamo"]["httponly"]


def test_who_mistypes_the_number_locks_nobody_out(write: Write) -> None:
    for _try in range(limits.MISSES_AT_ONE_PER_HOUR + 1):
        answer = Client().post("/es/reclamos/estado/", {"number": "12", "contact": PHONE})
        assert answer.status_code == 404
    found = Client().post("/es/reclamos/estado/", {"number": write().number, "contact": PHONE})
    assert found.status_code == 302


def test_two_hundred_people_of_one_office_can_write(write: Write) -> None:
    for number in range(200):
        write("sugerencia", text=f"Idea {number}")


def test_a_flood_from_one_address_is_refused_with_the_wait(
    write: Write, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "REQUESTS_PER_HOUR", 2)
    write()
    write(text="Otra vez.")
    answer = client.post("/es/reclamos/sugerencia/", {"text": "Y otra."})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Y otra." in answer.content.decode()


def test_what_a_number_holds_is_seen_in_no_other_browser(write: Write) -> None:
    write()
    assert Client().get("/es/reclamos/mio/")["Location"] == "/es/reclamos/estado/"
    forged = Client()
    forged.cookies["mac_reclamo"] = "1"
    assert forged.get("/es/reclamos/mio/").status_code == 302


def test_it_can_be_taken_off_a_shared_computer(write: Write, client: Client) -> None:
    write()
    client.post("/es/reclamos/mio/cerrar/")
    assert client.get("/es/reclamos/mio/").status_code == 302
    assert Remark.objects.exists()


def test_a_citizen_has_it_deleted(write: Write, client: Client) -> None:
    remark = write()
    page = client.post("/es/reclamos/mio/borrar/", follow=True).content.decode()
    assert "Se borró todo" in page
    assert not Remark.objects.exists()
    assert Entry.objects.get(what="remark.erased_by_citizen").subject == remark.number
    assert client.get("/es/reclamos/mio/").status_code == 302


def test_what_belongs_to_a_conversation_kept_by_order_stays(
    seeded: None, client: Client, sonia: User
) -> None:
    client.post("/es/chat/", {"text": "hola"})
    said = {"text": "Nadie me respondió.", "name": "Ana", "contact": PHONE, "linked": "1"}
    client.post("/es/reclamos/reclamo/", said)
    conversation = Remark.objects.get().conversation
    assert conversation is not None
    conversations.hold(conversation_id=conversation.pk, by=sonia, why="oficio 12 de la fiscalía")
    answer = client.post("/es/reclamos/mio/borrar/")
    assert answer.status_code == 409
    assert "Por orden de una autoridad" in answer.content.decode()
    assert Remark.objects.exists()


def test_a_conversation_is_named_only_by_who_says_so(seeded: None, client: Client) -> None:
    client.post("/es/chat/", {"text": "hola"})
    assert 'name="linked"' in body(client, "/es/reclamos/reclamo/")
    client.post("/es/reclamos/sugerencia/", {"text": "Una idea."})
    assert Remark.objects.get().conversation is None


def test_deleting_the_conversation_leaves_what_was_written(seeded: None, client: Client) -> None:
    client.post("/es/chat/", {"text": "hola"})
    client.post("/es/reclamos/sugerencia/", {"text": "Una idea.", "linked": "1"})
    client.post("/es/chat/eliminar/")
    assert Remark.objects.get().conversation is None


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_no_period_is_told_where_nobody_has_set_one(write: Write, client: Client, locale: str) -> None:
    assert not re.search(r"días hábiles|llamkana", body(client, f"/{locale}/reclamos/reclamo/"))
    assert write(locale=locale).due_on is None
    assert "a más tardar" not in body(client, "/es/reclamos/mio/")


def test_a_period_an_administrator_sets_is_told_and_kept_for_who_was_told(
    write: Write, client: Client
) -> None:
    row = Plazos.objects.create(reclamo=30)
    assert "30 días hábiles" in body(client, "/es/reclamos/reclamo/")
    assert "30 llamkana" in body(client, "/qu/reclamos/reclamo/")
    assert "días hábiles" not in body(client, "/es/reclamos/sugerencia/")
    remark = write()
    assert remark.due_on is not None
    assert "Te respondemos a más tardar el" in body(client, "/es/reclamos/mio/")
    row.reclamo = 5
    row.save()
    assert Remark.objects.get().due_on == remark.due_on


@pytest.mark.parametrize("locale", ["es", "qu"])
def test_the_libro_is_told_where_it_is_known_and_else_that_it_is_not(
    seeded: None, client: Client, locale: str
) -> None:
    page = body(client, f"/{locale}/reclamos/reclamo/")
    assert "Libro de Reclamaciones" in page
    assert 'rel="external' not in page
    Plazos.objects.create(
        libro_nombre="Libro de Reclamaciones de la PCM", libro_url="https://libro.example.pe/"
    )
    known = body(client, f"/{locale}/reclamos/reclamo/")
    assert 'href="https://libro.example.pe/"' in known
    assert "Libro de Reclamaciones" not in body(client, f"/{locale}/reclamos/felicitacion/")


def test_an_answer_is_read_with_the_number(write: Write, client: Client, carlos: User) -> None:
    remark = write()
    assert "Todavía no lo ve una persona" in body(client, "/es/reclamos/mio/")
    operations.take(pk=remark.pk, by=carlos)
    assert "Una persona de MAC lo está viendo" in body(client, "/es/reclamos/mio/")
    operations.answer(pk=remark.pk, by=carlos, text="Lo sentimos. Abrimos otra ventanilla.")
    page = body(client, "/es/reclamos/mio/")
    assert "Abrimos otra ventanilla." in page
    assert "Ya está respondido" in page
    assert 'lang="es"' in body(client, "/qu/reclamos/mio/")


def test_no_page_that_shows_one_is_kept_anywhere(write: Write, client: Client) -> None:
    write()
    for path in ("/es/reclamos/mio/", "/es/reclamos/reclamo/", "/es/reclamos/estado/"):
        assert "no-store" in client.get(path)["Cache-Control"], path
    cookie = client.cookies["mac_reclamo"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_another_site_cannot_send_one(seeded: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/es/reclamos/sugerencia/", {"text": "Una idea."}).status_code == 403


def test_an_administrator_sets_the_periods_in_the_cms(seeded: None, admin_client: Client) -> None:
    add = "/admin/snippets/remarks/plazos/add/"
    assert "respuesta a un reclamo, en días hábiles" in body(admin_client, add).lower()
    nameless = admin_client.post(add, {"reclamo": "30", "libro_url": "https://libro.example.pe/"})
    assert "Escribe cómo se llama" in nameless.content.decode()
    admin_client.post(add, {"reclamo": "30", "otros": ""})
    assert Plazos.objects.get().reclamo == 30
    assert Entry.objects.get(what="remarks.periods_set").detail["reclamo"] == 30
    twice = admin_client.post(add, {"reclamo": "15"})
    assert "Ya hay plazos" in twice.content.decode()
