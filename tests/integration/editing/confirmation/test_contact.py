"""The contact of an entity, who has a link and nothing else."""

import hashlib
import json
import logging
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cms.accounts.models import User
from cms.directory.hours import LIMA
from cms.editing.confirmation import operations
from cms.editing.confirmation.links import SALT
from cms.editing.confirmation.models import Carta, Enlace, Estado, Ronda
from cms.tramites.operations import publish_ficha
from cms.tramites.queries import published
from lenguas.dates import date_text

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


def page_of(client: Client, link: str, codigo: str = CODIGO) -> str:
    return client.get(f"{link}ficha/{codigo}/").content.decode()


def seals(html: str) -> dict[str, str]:
    """The hidden seal of each fact, as the browser would send it back."""
    return dict(re.findall(r'name="([\w.-]+-sello)" value="(\w+)"', html))


def answered(client: Client, link: str, codigo: str = CODIGO, **said: str) -> Any:
    """Posts the form of a ficha; `said` has `costos__monto` for `costos-monto` and so on."""
    data = seals(page_of(client, link, codigo))
    return client.post(f"{link}ficha/{codigo}/", {**data, **said})


def sent(client: Client, link: str, **more: str) -> Any:
    return client.post(f"{link}enviar/", {"nombre": "Ana Quispe", "cargo": "Subgerente", **more})


def test_the_mail_is_in_spanish_in_both_forms_and_only_its_digest_is_kept(ronda: Ronda, link: str) -> None:
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert (message.to, message.reply_to) == (["ana@reniec.example"], ["berta@mac.example"])
    assert "Hola, Ana Quispe" in message.body
    assert "Duplicado del DNIe" in message.body
    html, kind = message.alternatives[0]
    assert kind == "text/html"
    assert link in str(html)
    token = link.removeprefix("/confirmar/").strip("/")
    row = Enlace.objects.get(ronda=ronda)
    assert row.digest == hashlib.sha256(token.encode()).hexdigest()
    for model in (Ronda, Carta, Enlace):
        assert token not in str(list(model.objects.values()))


def test_the_page_works_without_a_script_and_tells_nobody_of_its_address(client: Client, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not page.cookies
    for html in (page.content.decode(), page_of(client, link)):
        assert "<script" not in html
        assert " style=" not in html


def test_the_deadline_is_the_same_day_in_the_mail_and_on_the_page(
    client: Client, link: str, ronda: Ronda
) -> None:
    """It ends before midnight in Lima, which is the next day elsewhere."""
    said = date_text(datetime.now(LIMA).date() + timedelta(days=30), "es")
    assert said in str(mail.outbox[0].body)
    assert said in client.get(link).content.decode()


def test_what_nobody_knows_stands_apart_and_open_where_it_was_filled_in(client: Client, link: str) -> None:
    assert re.search(r"<details>\s*<summary>Datos que no tenemos", page_of(client, link))
    answered(client, link, **{"horario-veredicto": "no_se"})
    assert re.search(r"<details open>\s*<summary>Datos que no tenemos", page_of(client, link))


def test_each_fact_is_shown_as_published_with_its_source(client: Client, link: str) -> None:
    html = page_of(client, link)
    assert "Por internet: S/ 33.00, con el código 00522." in html
    assert "Fuente:" in html
    assert "4 de octubre de 2025" in html
    assert "No tenemos este dato." in html


def test_answers_are_kept_step_by_step_and_found_again_from_the_same_link(
    client: Client, link: str, ronda: Ronda
) -> None:
    first = answered(client, link, **{"costos.en-linea-veredicto": "correcto", "seguir": "plazo"})
    assert first.status_code == 302
    assert first["Location"].endswith(f"/ficha/{CODIGO}/#plazo")
    answered(
        Client(),
        link,
        **{
            "costos.presencial-veredicto": "corregir",
            "costos.presencial-monto": "36.00",
            "costos.presencial-fuente": "RJ 10-2026",
            "costos.presencial-comentario": "Desde enero",
        },
    )
    again = page_of(Client(), link)
    assert 'id="costos.en-linea-veredicto-1" checked' in again
    assert 'value="36.00"' in again
    assert 'value="RJ 10-2026"' in again
    assert ronda.respuestas.count() == 2
    ronda.refresh_from_db()
    assert ronda.estado == Estado.ABIERTA


def test_what_holds_is_kept_when_something_else_does_not(client: Client, link: str, ronda: Ronda) -> None:
    page = answered(
        client,
        link,
        **{
            "donde-veredicto": "correcto",
            "costos.en-linea-veredicto": "corregir",
            "costos.en-linea-monto": "mucho",
            "costos.en-linea-fuente": "RJ 1",
        },
    )
    assert page.status_code == 422
    assert "«mucho» no es un monto" in page.content.decode()
    assert 'value="mucho"' in page.content.decode()
    assert [row.hecho for row in ronda.respuestas.all()] == ["donde"]


def test_sent_answers_are_shown_and_can_be_neither_changed_nor_sent_twice(
    client: Client, link: str, ronda: Ronda
) -> None:
    answered(client, link, **{"donde-veredicto": "correcto"})
    form = {**seals(page_of(client, link)), "donde-veredicto": "no_se"}
    assert sent(client, link).status_code == 302
    assert sent(client, link, nombre="Otra Persona", cargo="Otro cargo").status_code == 302
    client.post(f"{link}ficha/{CODIGO}/", form)
    ronda.refresh_from_db()
    assert (ronda.estado, ronda.respondida_por) == (Estado.RESPONDIDA, "Ana Quispe")
    assert ronda.respuestas.get().veredicto == "correcto"
    html = client.get(link).content.decode()
    assert "Gracias. Recibimos tus respuestas" in html
    assert "En el portal de RENIEC" in html
    assert "<form" not in html


def test_nothing_is_sent_without_an_answer_or_without_a_name(client: Client, link: str, ronda: Ronda) -> None:
    sent(client, link)
    ronda.refresh_from_db()
    assert ronda.estado == Estado.ABIERTA or ronda.estado == Estado.ENVIADA
    answered(client, link, **{"donde-veredicto": "correcto"})
    refused = sent(client, link, cargo="")
    assert refused.status_code == 422
    ronda.refresh_from_db()
    assert ronda.estado == Estado.ABIERTA


def test_a_fact_that_changed_since_is_shown_as_changed_and_asked_anew(
    client: Client, link: str, ronda: Ronda
) -> None:
    answered(client, link, **{"costos.en-linea-veredicto": "correcto", "donde-veredicto": "correcto"})
    old_form = seals(page_of(client, link))
    raise_fee("39.00")
    html = page_of(client, link)
    assert "Cambió desde que te escribimos. Antes: Por internet: S/ 33.00" in html
    assert "S/ 39.00" in html
    assert 'id="costos.en-linea-veredicto-1" checked' not in html
    assert 'id="donde-veredicto-1" checked' in html
    # A page that stood open meanwhile confirms the old figure, which is no answer to the new one.
    late = client.post(f"{link}ficha/{CODIGO}/", {**old_form, "costos.en-linea-veredicto": "correcto"})
    assert late.status_code == 422
    assert "cambió mientras respondías" in late.content.decode()


def raise_fee(amount: str) -> None:
    ficha = published(CODIGO).ficha
    payload = ficha.model_dump(mode="json")
    payload["hechos"]["costos"][0]["monto"] = amount
    publish_ficha(type(ficha).model_validate(payload), by=None, note="Sube")


def test_a_link_that_is_over_revoked_or_forged_leads_nowhere_and_says_so(
    client: Client, link: str, ronda: Ronda, editora: User
) -> None:
    forged = signing.dumps({"r": ronda.pk, "n": "x"}, salt=SALT)
    assert client.get(f"/confirmar/{forged}/").status_code == 404
    assert client.get(f"{link[:-3]}/").status_code == 404
    Ronda.objects.filter(pk=ronda.pk).update(vence_at=timezone.now() - timedelta(seconds=1))
    over = client.get(link)
    assert over.status_code == 410
    assert "plazo" in over.content.decode()
    assert client.post(f"{link}ficha/{CODIGO}/", {"donde-veredicto": "correcto"}).status_code == 410
    Ronda.objects.filter(pk=ronda.pk).update(vence_at=timezone.now() + timedelta(days=1))
    operations.revoke(ronda=ronda, why="No era la persona", by=editora)
    assert client.get(link).status_code == 410


def test_looking_again_writes_nothing(client: Client, link: str) -> None:
    """On SQLite whoever writes has everybody else wait."""
    urls = (link, f"{link}ficha/{CODIGO}/")
    for url in urls:
        client.get(url)
    for url in urls:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert not [q["sql"] for q in asked if not q["sql"].startswith("SELECT")]


def test_the_link_opens_only_the_fichas_it_was_sent_for(client: Client, link: str) -> None:
    assert client.get(f"{link}ficha/migraciones-pasaporte/").status_code == 404
    assert client.get(f"{link}ficha/no-existe/").status_code == 404


def test_guessing_links_and_hammering_one_are_slowed_down(
    client: Client, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.editing.confirmation.views.contact.WRITES_PER_MINUTE", 3)
    for _try in range(3):
        assert answered(client, link, **{"donde-veredicto": "correcto"}).status_code == 302
    slowed = answered(client, link, **{"donde-veredicto": "correcto"})
    assert slowed.status_code == 429
    assert slowed["Retry-After"]
    monkeypatch.setattr("cms.editing.confirmation.views.contact.WRONG_LINKS_PER_MINUTE", 3)
    for number in range(3):
        assert client.get(f"/confirmar/x{number}/").status_code == 404
    assert client.get("/confirmar/x9/").status_code == 429


def test_nothing_of_a_person_or_of_the_link_is_logged_or_audited(
    client: Client, link: str, ronda: Ronda, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cms.audit.models import Entry

    caplog.set_level(logging.DEBUG)
    answered(client, link, **{"donde-veredicto": "correcto", "donde-comentario": "Llamar a Luz"})
    sent(client, link)
    client.raise_request_exception = False
    monkeypatch.setattr("cms.editing.confirmation.views.contact.round_of", lambda token: 1 / 0)
    assert client.get(link).status_code == 500
    monkeypatch.undo()
    token = link.removeprefix("/confirmar/").strip("/")
    audited = json.dumps(
        [[e.what, e.subject, e.why, e.detail] for e in Entry.objects.all()], ensure_ascii=False
    )
    for said in ("Ana Quispe", "ana@reniec.example", "Llamar a Luz", token):
        assert said not in caplog.text
        assert said not in audited


def test_hostile_text_is_shown_as_text(client: Client, link: str) -> None:
    answered(client, link, **{"donde-veredicto": "no_se", "donde-comentario": "<script>alert(1)</script>"})
    html = page_of(client, link)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    sent(client, link, cargo="<b>Jefe</b>")
    assert "&lt;b&gt;Jefe" in client.get(link).content.decode()


def test_a_withdrawn_ficha_is_no_longer_asked_about(client: Client, link: str) -> None:
    from cms.tramites.operations import withdraw

    withdraw(CODIGO, by=None, why="Ya no existe")
    assert "Duplicado del DNIe" not in client.get(link).content.decode()
    assert client.get(f"{link}ficha/{CODIGO}/").status_code == 404
