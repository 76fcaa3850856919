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
from cms.notices.models import Aviso, Tipo
from cms.notices.plantillas import PLANTILLAS

pytestmark = pytest.mark.django_db

ADD = "wagtailsnippets_notices_aviso:add"


@pytest.fixture
def editor(seeded: None) -> User:
    user = User.objects.create_user(username="bea", password="una clave de prueba")
    user.groups.add(Group.objects.get(name=str(Role.EDITOR)))
    return user


def filled(**other: str) -> dict[str, object]:
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


def test_who_has_no_rights_sets_none(client: Client, diego: User) -> None:
    client.force_login(diego)
    assert client.post(reverse(ADD), filled()).status_code == 302
    assert not Aviso.objects.exists()
