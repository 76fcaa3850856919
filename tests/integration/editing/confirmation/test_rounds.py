"""A round from the editor's side: started, mailed, reminded, ended, and turned into a package."""

import smtplib
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.editing.confirmation import letters, operations, proposing
from cms.editing.confirmation.forms import form_of
from cms.editing.confirmation.models import Carta, Estado, Ronda
from cms.editing.confirmation.proposing import propose_answers
from cms.editing.confirmation.rounds import asked_ficha, asked_fichas
from cms.editing.packages import operations as packages
from cms.editing.packages.errors import NotAllowed
from cms.editing.packages.models import Paquete
from cms.editing.packages.operations import approve, submit, take_force_due
from cms.editing.packages.results import digest, results
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza
from lenguas.dates import date_text
from tests.integration.editing.confirmation.conftest import FICHAS, link_in
from tests.unit.editing.packages.conftest import accept_all

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


def tell(ronda: Ronda, codigo: str, ident: str, **said: str) -> None:
    """One answer through its form."""
    asked = asked_ficha(ronda, codigo)
    assert asked is not None
    fact = next(item.hecho for item in asked.hechos if item.hecho.id == ident)
    data = QueryDict(mutable=True)
    data.update({f"{ident}-{name}": text for name, text in said.items()})
    form = form_of(fact, asked.ficha, data)
    assert form.is_valid(), form.errors
    operations.save_answers(ronda=ronda, codigo=codigo, forms=[form])


def confirm_all(ronda: Ronda) -> None:
    for asked in asked_fichas(ronda):
        for item in asked.hechos:
            if not item.hecho.vacio:
                tell(ronda, asked.codigo, item.hecho.id, veredicto="correcto")


def finish(ronda: Ronda) -> Ronda:
    assert operations.finish(ronda=ronda, nombre="Ana Quispe", cargo="Subgerente")
    ronda.refresh_from_db()
    return ronda


def package_of(ronda: Ronda) -> Paquete:
    ronda.refresh_from_db()
    assert ronda.paquete
    return Paquete.objects.get(pk=ronda.paquete)


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(*args: Any, **kwargs: Any) -> int:
        raise error

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def test_answers_become_one_package_and_nothing_is_public_until_somebody_approves(ronda: Ronda) -> None:
    before = published(CODIGO).revision
    tell(
        ronda,
        CODIGO,
        "costos.en-linea",
        veredicto="corregir",
        monto="36.50",
        codigo_pago="00522",
        fuente="RJ 10-2026",
    )
    tell(ronda, CODIGO, "donde", veredicto="correcto", comentario="También en Puno")
    tell(ronda, "reniec-dni-renovacion", "donde", veredicto="no_se")
    finish(ronda)
    assert propose_answers() == 1
    assert propose_answers() == 0
    package = package_of(ronda)
    assert (package.origen, package.entidad.codigo, package.estado) == ("confirmacion", "reniec", "borrador")
    item = package.partidas.get()
    assert item.codigo == CODIGO
    assert item.payload
    assert item.payload["hechos"]["costos"][0]["monto"] == "36.50"
    assert "También en Puno" in item.motivo
    assert published(CODIGO).revision == before


def test_confirmed_facts_are_certain_once_the_package_is_in_force(
    ronda: Ronda, editora: User, rosa: User
) -> None:
    assert published(CODIGO).ficha.hechos.evidence_of(Aspecto.DONDE).confianza is Confianza.MEDIA
    tell(ronda, CODIGO, "donde", veredicto="correcto")
    tell(
        ronda,
        CODIGO,
        "costos.en-linea",
        veredicto="corregir",
        monto="36.50",
        codigo_pago="00522",
        fuente="RJ 10-2026",
    )
    finish(ronda)
    propose_answers()
    package = package_of(ronda)
    accept_all(package, by=editora, why="Lo dice la entidad")
    submit(package, by=editora)
    package.refresh_from_db()
    approve(package, as_shown=digest(package, results(package)), by=rosa)
    take_force_due()
    facts = published(CODIGO).ficha.hechos
    place = facts.evidence_of(Aspecto.DONDE)
    assert place.confianza is Confianza.ALTA
    assert place.fuente.startswith("Confirmado por RENIEC (Subgerente), ")
    assert str(facts.costos[0].monto) == "36.50"
    assert facts.evidence_of(Aspecto.COSTO).fuente.startswith("RJ 10-2026; Confirmado por RENIEC")


def test_citizens_are_told_what_the_entity_confirmed_and_when_and_of_nothing_else(
    client: Client, ronda: Ronda, editora: User, rosa: User
) -> None:
    wheres = {
        "es": ("Confirmado por la entidad el ", "es"),
        "qu": ("Kaytaqa entidad kikinmi chiqapcharqa: ", "qu"),
    }
    for locale, (said, _lang) in wheres.items():
        assert said not in client.get(f"/{locale}/tramites/{CODIGO}/").content.decode()
    tell(ronda, CODIGO, "donde", veredicto="correcto")
    finish(ronda)
    propose_answers()
    package = package_of(ronda)
    accept_all(package, by=editora, why="Lo dice la entidad")
    submit(package, by=editora)
    package.refresh_from_db()
    approve(package, as_shown=digest(package, results(package)), by=rosa)
    take_force_due()
    day = published(CODIGO).ficha.hechos.evidence_of(Aspecto.DONDE).fecha
    for locale, (said, lang) in wheres.items():
        page = client.get(f"/{locale}/tramites/{CODIGO}/").content.decode()
        section = page.partition('<section id="donde"')[2].partition("</section>")[0]
        assert said + date_text(date.fromisoformat(day), lang) in section
        assert page.count(said) == 1


def test_who_sent_the_link_does_not_approve_what_came_back_by_it(
    ronda: Ronda, editora: User, django_user_model: type[User]
) -> None:
    """They chose the address, and could have answered it themselves; so could an account with that very address."""
    again, alias = (
        django_user_model.objects.create_superuser(name, password="x") for name in ("una", "otra")
    )
    django_user_model.objects.filter(pk=alias.pk).update(email="ANA@reniec.example")
    tomorrow = datetime.now(LIMA).date() + timedelta(days=1)
    operations.resend(ronda=ronda, correo="otro@reniec.example", vence=tomorrow, by=again)
    confirm_all(ronda)
    finish(ronda)
    assert proposing.propose_answers() == 1
    package = package_of(ronda)
    assert set(package.manos.all()) == {editora, again, alias}
    third = django_user_model.objects.create_superuser("tercera", password="x")
    packages.accept(package, by=third, why="sí")
    sent = packages.submit(package, by=third)
    for person in (again, alias):
        with pytest.raises(NotAllowed, match="otra persona"):
            packages.approve(sent, as_shown=digest(sent, results(sent)), by=person)


def test_an_address_of_our_own_is_warned_of(client: Client, ronda: Ronda, editora: User) -> None:
    client.force_login(editora)
    url = reverse("confirmation:round", args=[ronda.pk])
    assert "no de la entidad" not in client.get(url).content.decode()
    day = datetime.now(LIMA).date() + timedelta(days=5)
    said = {"correo": "Berta@mac.example", "vence": day.isoformat()}
    told = client.post(reverse("confirmation:resend", args=[ronda.pk]), said, follow=True).content.decode()
    assert "no podrá aprobar las respuestas" in told
    assert "no de la entidad" in client.get(url).content.decode()


def test_rounds_that_always_fail_do_not_starve_the_others(
    start_round: Callable[..., Ronda], monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [start_round() for _ in range(3)]
    Ronda.objects.update(estado=Estado.RESPONDIDA, respondida_at=timezone.now())
    done = []

    def propose(pk: int) -> bool:
        if pk != rounds[-1].pk:
            raise RuntimeError("always")
        done.append(pk)
        return True

    monkeypatch.setattr(proposing, "AT_ONCE", 1)
    monkeypatch.setattr(proposing, "propose", propose)
    assert proposing.propose_answers() == 1
    assert done == [rounds[-1].pk]


def test_a_round_where_nobody_knows_anything_makes_no_package(ronda: Ronda) -> None:
    tell(ronda, CODIGO, "donde", veredicto="no_se")
    finish(ronda)
    propose_answers()
    ronda.refresh_from_db()
    assert ronda.procesada_at
    assert ronda.paquete is None


def test_the_editor_is_written_to_when_it_is_answered(ronda: Ronda) -> None:
    tell(ronda, CODIGO, "donde", veredicto="correcto")
    finish(ronda)
    mail.outbox.clear()
    letters.send_due()
    assert [message.to for message in mail.outbox] == [["berta@mac.example"]]
    assert f"/admin/confirmaciones/{ronda.pk}/" in str(mail.outbox[0].body)


def test_who_has_not_answered_is_reminded_once_before_the_deadline(start_round: Callable[..., Ronda]) -> None:
    ronda = start_round()
    letters.send_due()
    assert operations.remind_due() == 0
    now = timezone.now()
    Ronda.objects.filter(pk=ronda.pk).update(
        vence_at=now + timedelta(days=5), enviada_at=now - timedelta(days=20)
    )
    assert operations.remind_due() == 1
    assert operations.remind_due() == 0
    letters.send_due()
    first, reminder = (link_in(message) for message in mail.outbox)
    assert first != reminder
    # Whichever mail is at hand opens the same answers.
    assert Client().get(first).status_code == Client().get(reminder).status_code == 200


def test_a_new_link_ends_the_ones_before_and_keeps_the_answers(
    ronda: Ronda, link: str, editora: User
) -> None:
    tell(ronda, CODIGO, "donde", veredicto="correcto")
    operations.resend(
        ronda=ronda,
        correo="luz@reniec.example",
        vence=datetime.now(LIMA).date() + timedelta(days=10),
        by=editora,
    )
    letters.send_due()
    assert Client().get(link).status_code == 410
    assert mail.outbox[-1].to == ["luz@reniec.example"]
    assert (
        'id="donde-veredicto-1" checked'
        in Client().get(f"{link_in(mail.outbox[-1])}ficha/{CODIGO}/").content.decode()
    )


def test_an_address_the_server_refuses_is_shown_as_bounced_with_its_words(
    start_round: Callable[..., Ronda], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ronda = start_round()
    refused = smtplib.SMTPRecipientsRefused({"ana@reniec.example": (550, b"No such user here")})
    fail_with(monkeypatch, refused)
    assert letters.send_due() == 0
    ronda.refresh_from_db()
    assert ronda.situacion == "el correo rebotó"
    assert "No such user here" in ronda.rebote
    assert "ana@reniec.example" not in caplog.text
    assert Carta.objects.get(ronda=ronda).estado == Carta.Estado.FALLO


def test_a_server_that_is_away_is_asked_again_later(
    start_round: Callable[..., Ronda], monkeypatch: pytest.MonkeyPatch
) -> None:
    ronda = start_round()
    with monkeypatch.context() as away:
        fail_with(away, ConnectionRefusedError("away"))
        assert letters.send_due() == 0
    assert letters.send_due() == 0, "not at once"
    Carta.objects.update(siguiente_at=timezone.now())
    assert letters.send_due() == 1
    ronda.refresh_from_db()
    assert ronda.estado == Estado.ENVIADA


def test_a_server_that_is_gone_is_waited_for_once_in_a_run(
    start_round: Callable[..., Ronda], monkeypatch: pytest.MonkeyPatch
) -> None:
    for codigo in FICHAS:
        start_round(codigo)
    with monkeypatch.context() as away:
        fail_with(away, TimeoutError("timed out"))
        letters.send_due()
    assert sorted(Carta.objects.values_list("intentos", flat=True)) == [0, 1]


@pytest.mark.parametrize("days", [0, -1, 400])
def test_a_deadline_nobody_could_keep_is_refused(start_round: Callable[..., Ronda], days: int) -> None:
    with pytest.raises(operations.RoundRefused):
        start_round(days=days)
    assert Ronda.objects.count() == 0


def test_only_public_fichas_of_that_entity_are_asked_about(start_round: Callable[..., Ronda]) -> None:
    with pytest.raises(operations.RoundRefused):
        start_round(CODIGO, "migraciones-pasaporte")


def test_an_editor_starts_a_round_on_screen(client: Client, editora: User) -> None:
    client.force_login(editora)
    page = client.get(reverse("confirmation:new"), {"ficha": CODIGO})
    assert page.context["form"].initial["fichas"] == [CODIGO]
    said = {
        "fichas": [CODIGO],
        "contacto": "Ana  Quispe",
        "correo": "ana@reniec.example",
        "vence": (datetime.now(LIMA).date() + timedelta(days=30)).isoformat(),
        "mensaje": "",
    }
    done = client.post(reverse("confirmation:new") + "?entidad=reniec", said)
    assert done.status_code == 302
    ronda = Ronda.objects.get()
    assert (ronda.contacto, ronda.by) == ("Ana Quispe", editora)
    assert ronda.fichas.get().version == published(CODIGO).revision
    html = client.get(done["Location"]).content.decode()
    assert "Ana Quispe" in html
    assert "Duplicado del DNIe" in html
    assert f"ronda {ronda.pk}" in client.get(reverse("confirmation:rounds")).content.decode()
    assert Entry.objects.filter(what="confirmation.started", by=editora).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("correo", "ana@"),
        ("correo", "a@b.pe\nBcc: c@d.pe"),
        ("contacto", ""),
        ("vence", "2020-01-01"),
        ("fichas", "osce-rnp"),
    ],
)
def test_what_cannot_be_is_refused_on_screen_and_nothing_is_sent(
    client: Client, editora: User, field: str, value: str
) -> None:
    client.force_login(editora)
    said = {
        "fichas": CODIGO,
        "contacto": "Ana Quispe",
        "correo": "ana@reniec.example",
        "vence": (datetime.now(LIMA).date() + timedelta(days=30)).isoformat(),
    }
    page = client.post(reverse("confirmation:new") + "?entidad=reniec", {**said, field: value})
    assert page.status_code == 200
    assert Ronda.objects.count() == 0


def test_the_state_screen_tells_answers_and_ends_a_round(
    client: Client, editora: User, ronda: Ronda, link: str
) -> None:
    client.force_login(editora)
    tell(ronda, CODIGO, "costos.en-linea", veredicto="corregir", monto="36.50", fuente="RJ 10-2026")
    html = client.get(reverse("confirmation:round", args=[ronda.pk])).content.decode()
    assert "S/ 36.50" in html
    assert "RJ 10-2026" in html
    client.post(reverse("confirmation:bounced", args=[ronda.pk]), {"texto": "Buzón lleno"})
    assert "Buzón lleno" in client.get(reverse("confirmation:round", args=[ronda.pk])).content.decode()
    client.post(reverse("confirmation:revoke", args=[ronda.pk]), {"texto": ""})
    assert Client().get(link).status_code == 200, "a reason is mandatory"
    client.post(reverse("confirmation:revoke", args=[ronda.pk]), {"texto": "Ya no trabaja ahí"})
    assert Client().get(link).status_code == 410


def test_strangers_and_editors_of_other_entities_see_no_round(
    client: Client, diego: User, quilla: User, ronda: Ronda
) -> None:
    from django.contrib.auth.models import Group, Permission
    from wagtail.models import GroupPagePermission

    from cms.tramites.models import EntidadPage

    detail = reverse("confirmation:round", args=[ronda.pk])
    assert client.get(detail).status_code == 302
    client.force_login(diego)
    assert client.get(detail).status_code == 302
    group = Group.objects.create(name="redacción de SUNARP")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=EntidadPage.objects.get(entidad__codigo="sunarp"),
        permission=Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore"),
    )
    quilla.groups.set([group])
    client.force_login(quilla)
    assert client.get(reverse("confirmation:rounds")).status_code == 200
    assert f"ronda {ronda.pk}" not in client.get(reverse("confirmation:rounds")).content.decode()
    assert client.get(detail).status_code in (302, 403)
    assert client.post(
        reverse("confirmation:revoke", args=[ronda.pk]), {"texto": "porque sí"}
    ).status_code in (302, 403)
    ronda.refresh_from_db()
    assert ronda.estado == Estado.ENVIADA
    assert client.get(reverse("confirmation:new"), {"entidad": "reniec"}).context["entidad"] is None
