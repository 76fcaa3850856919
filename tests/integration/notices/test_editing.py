"""An editor sets a notice from a ready template; others may not; it is kept who did."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.directory.hours import LIMA
from cms.directory.models import Sede
from cms.notices.models import Aviso, Tipo
from cms.notices.plantillas import PLANTILLAS

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_notices_aviso:add"


@pytest.fixture
def editor(seeded: None) -> User:
    user = User.objects.create_user(username="bea", password="una clave de prueba")
    user.groups.add(Group.objects.get(name=str(Role.EDITOR)))
    return user


def filled(**other: object) -> dict[str, object]:
    now = timezone.now().astimezone(LIMA)
    return {
        "tipo": "centro_cerrado",
        "severidad": "2",
        "titulo": "El Centro MAC Piura está cerrado",
        "texto": "No atiende hoy. Llama al 1800.",
        "titulo_qu": "Centro MAC Piura wichqasqam kachkan",
        "texto_qu": "Kunan punchaw manam chaskinchu. 1800man qayay.",
        "desde": (now - timedelta(minutes=2)).strftime("%Y-%m-%d %H:%M"),
        "hasta": (now + timedelta(hours=5)).strftime("%Y-%m-%d %H:%M"),
        "regiones": ["Piura"],
        "sedes": [Sede.objects.get(codigo="centro-mac-piura").pk],
        "fuente": "Llamada del coordinador de la sede",
        "fuente_fecha": date(2026, 11, 20).isoformat(),
        **other,
    }


@pytest.mark.parametrize("tipo", list(PLANTILLAS))
def test_a_template_fills_the_form_in_both_languages(client: Client, editor: User, tipo: Tipo) -> None:
    client.force_login(editor)
    page = client.get(reverse(ADD), {"plantilla": tipo}).content.decode()
    assert PLANTILLAS[tipo].titulo in page
    assert PLANTILLAS[tipo].titulo_qu in page


def test_the_list_offers_every_template(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.get(reverse("wagtailsnippets_notices_aviso:list")).content.decode()
    assert all(f"plantilla={tipo}" in page for tipo in PLANTILLAS)


def test_an_editor_sets_a_notice_and_it_is_kept_who_did(client: Client, editor: User) -> None:
    client.force_login(editor)
    response = client.post(reverse(ADD), filled())
    assert response.status_code == 302, response.context["form"].errors
    aviso = Aviso.objects.get()
    assert aviso.regiones == ["Piura"]
    kept = Entry.objects.get(what="notices.published")
    assert (kept.by, kept.subject) == (editor, f"aviso {aviso.pk}")
    assert "El Centro MAC Piura está cerrado" in Client().get("/es/sedes/centro-mac-piura/").content.decode()


def test_blanks_of_a_template_are_not_published(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.post(reverse(ADD), filled(titulo="[Nombre del centro] está cerrado"))
    assert page.status_code == 200
    assert "Completa lo que está entre corchetes" in page.content.decode()
    assert not Aviso.objects.exists()


def test_a_closed_centre_is_one_that_is_named(client: Client, editor: User) -> None:
    client.force_login(editor)
    page = client.post(reverse(ADD), filled(sedes=[])).content.decode()
    assert "Elige al menos una sede" in page
    assert not Aviso.objects.exists()
    assert client.post(reverse(ADD), filled(sedes=[], tipo="otro")).status_code == 302


@pytest.fixture
def said(client: Client, editor: User) -> Aviso:
    client.force_login(editor)
    assert client.post(reverse(ADD), filled()).status_code == 302
    return Aviso.objects.get()


def edited(client: Client, aviso: Aviso, **other: object) -> str:
    """What the form answers; empty where it was saved."""
    response = client.post(reverse("wagtailsnippets_notices_aviso:edit", args=[aviso.pk]), filled(**other))
    return "" if response.status_code == 302 else response.content.decode()


@pytest.mark.parametrize("changed", [{"titulo": "Piura cerrado"}, {"texto": "No atiende hasta el 28."}])
def test_what_changes_in_spanish_changes_in_quechua_too_or_is_said_to_hold(
    client: Client, said: Aviso, changed: dict[str, object]
) -> None:
    assert "Cambiaste el castellano" in edited(client, said, **changed)
    said.refresh_from_db()
    assert (said.titulo, said.texto) == (filled()["titulo"], filled()["texto"])
    assert edited(client, said, **changed, quechua_vale="on") == ""
    said.refresh_from_db()
    assert {name: getattr(said, name) for name in changed} == changed


def test_what_changes_in_both_needs_no_word(client: Client, said: Aviso) -> None:
    assert edited(client, said, texto="Hasta el 28.", texto_qu="28kama.") == ""
    assert edited(client, said, texto="Hasta el 28.", texto_qu="28kama.", fuente="El coordinador") == ""


def test_a_notice_that_tells_ahead_is_ended_by_its_end_alone(client: Client, editor: User) -> None:
    client.force_login(editor)
    now = timezone.now().astimezone(LIMA)
    at = {hours: (now + timedelta(hours=hours)).strftime("%Y-%m-%d %H:%M") for hours in (3, 4)}
    dates = {"cierra_desde": at[3], "cierra_hasta": at[4]}
    assert client.post(reverse(ADD), filled(**dates)).status_code == 302
    ended = (now - timedelta(minutes=1)).strftime("%Y-%m-%d %H:%M")
    assert edited(client, Aviso.objects.get(), **dates, hasta=ended) == ""
    aviso = Aviso.objects.get()
    assert (aviso.cierra_desde, aviso.cierra_hasta) == (None, None)


def test_the_list_names_its_columns(client: Client, said: Aviso) -> None:
    page = client.get(reverse("wagtailsnippets_notices_aviso:list")).content.decode()
    assert "Severidad" in page
    assert "method" not in page.lower().partition("<table")[2].partition("</thead>")[0]


def test_an_urgent_notice_may_lose_its_quechua(client: Client, said: Aviso) -> None:
    assert edited(client, said, texto="Huyan.", titulo_qu="", texto_qu="", severidad="1") == ""


def test_who_has_no_rights_sets_none(client: Client, diego: User) -> None:
    client.force_login(diego)
    assert client.post(reverse(ADD), filled()).status_code == 302
    assert not Aviso.objects.exists()
