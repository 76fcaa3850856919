"""Content health on screen: counted beforehand, true after each publication, each row leading to its cure."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.conversations.models import Conversation, Message, Sender
from cms.conversations.payloads import of_aspecto
from cms.conversations.phrases import say
from cms.directory.models import Entidad
from cms.editing.health.measuring import count_questions, rebuild_some, refresh
from cms.editing.health.models import Clase, Consulta, Hallazgo
from cms.editing.health.tasks import rebuild
from cms.publishing.models import Change, ChangeKind, OutboxRow, RowState
from cms.publishing.operations import work_due
from cms.tramites.models import EntidadPage, FichaPage, Uit
from cms.tramites.operations import publish_ficha, withdraw
from cms.tramites.queries import published
from cms.tramites.schema import Aspecto, Confianza
from tests.integration.conversations.browser import Citizen

pytestmark = pytest.mark.django_db
CODIGO = "reniec-dni-duplicado"


@pytest.fixture
def rosa(berta: User) -> User:
    berta.groups.set([Group.objects.get(name=str(Role.REVIEWER))])
    return berta


def screen(client: Client, **asked: str) -> str:
    return client.get(reverse("content_health:health"), asked).content.decode()


def kinds(codigo: str = CODIGO) -> set[str]:
    return set(Hallazgo.objects.filter(codigo=codigo).values_list("clase", flat=True))


def made_certain() -> None:
    """Publishes the ficha with every aspect certain."""
    ficha = published(CODIGO).ficha
    evidence = {
        aspecto: known.model_copy(update={"confianza": Confianza.ALTA, "fuente": known.fuente or "RENIEC"})
        for aspecto, known in ficha.hechos.evidencia.items()
    }
    facts = ficha.hechos.model_copy(update={"evidencia": evidence})
    publish_ficha(ficha.model_copy(update={"hechos": facts}), by=None)


def asked(codigo: str, aspecto: str, text: str = "No lo sabemos", confianza: str = "sin_dato") -> None:
    conversation = Conversation.objects.create(token_digest="x")
    Message.objects.create(
        conversation=conversation, seq=1, sender=Sender.CITIZEN, locale="es", text="mi secreto 45678912"
    )
    answer = {"codigo": codigo, "aspecto": aspecto, "confianza": confianza} if codigo else None
    Message.objects.create(
        conversation=conversation, seq=2, sender=Sender.ASSISTANT, locale="es", text=text, answer=answer
    )


def test_a_publication_is_measured_by_its_follower(rosa: User) -> None:
    OutboxRow.objects.all().delete()
    refresh([CODIGO])
    assert "confianza" in kinds()
    made_certain()
    work_due()
    assert "confianza" not in kinds()
    assert OutboxRow.objects.filter(follower="health", state=RowState.DONE).exists()
    withdraw(CODIGO, by=None, why="Ya no existe")
    work_due()
    assert kinds() == set()


def test_the_screen_counts_filters_and_leads_to_the_field(client: Client, rosa: User) -> None:
    rebuild()
    client.force_login(rosa)
    html = screen(client, clase="confianza")
    assert "Confianza baja o media" in html
    assert "Duplicado del DNIe" in html
    assert "Preguntar a la entidad" in html
    assert "Duplicado del DNIe" not in screen(client, clase="confianza", entidad="sunarp")
    page = FichaPage.objects.get(codigo=CODIGO)
    row = [r.aspecto for r in page.get_latest_revision_as_object().aspectos.all()].index("plazo")
    way = client.get(
        reverse("content_health:cure", args=[CODIGO]), {"clase": "confianza", "aspecto": "plazo"}
    )
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert way["Location"] == f"{edit}#inline_child_aspectos-{row}"
    assert f'id="id_aspectos-{row}-confianza"' in client.get(edit).content.decode()
    words = client.get(reverse("content_health:cure", args=[CODIGO]), {"clase": "quechua_falta"})
    assert words["Location"] == reverse("translation:desk", args=[CODIGO])
    assert client.get(reverse("content_health:cure", args=["no-existe"])).status_code == 404


def test_what_citizens_ask_and_nobody_answers_is_counted_without_their_words(
    client: Client, rosa: User
) -> None:
    for _time in range(3):
        asked(CODIGO, "horario")
    asked(CODIGO, "calificacion")
    asked(CODIGO, "costo", confianza="media")
    asked("", "", text=say("not_found", "qu") + " 1800")
    old = Message.objects.filter(answer__aspecto="calificacion")
    old.update(at=timezone.now() - timedelta(days=100))
    count_questions()
    assert list(Consulta.objects.exclude(codigo="").values_list("codigo", "aspecto", "veces")) == [
        (CODIGO, "horario", 3)
    ]
    rebuild_some()
    row = Hallazgo.objects.get(codigo=CODIGO, clase=Clase.SIN_RESPUESTA)
    assert (row.cuantos, row.aspectos) == (3, ["horario"])
    client.force_login(rosa)
    html = screen(client, clase="sin_respuesta")
    assert "horario: 3" in html
    assert "Preguntas sin ninguna ficha" in html
    assert "45678912" not in html


def test_what_waits_for_a_person_is_listed_with_its_screen(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    Uit.objects.all().delete()
    change = Change.objects.create(topic="tramite", key=CODIGO, revision=1, kind=ChangeKind.CHANGED)
    change.at = timezone.now() - timedelta(hours=1)
    change.save()
    for number in range(25):
        OutboxRow.objects.create(change=change, follower=f"late-{number}")
    OutboxRow.objects.create(
        change=change, follower="search", state=RowState.FAILED, error="OSError: disk full"
    )
    html = screen(client)
    assert "Seguidores de una publicación que fallaron" in html
    assert "OSError: disk full" in html
    assert "Falta la UIT de" in html
    page = FichaPage.objects.get(codigo=CODIGO)
    assert reverse("publicacion:seguimiento", args=[page.pk]) in html


def test_the_first_page_of_the_admin_tells_the_figures(client: Client, rosa: User) -> None:
    asked(CODIGO, "horario")
    rebuild()
    client.force_login(rosa)
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Salud del contenido" in html
    assert "Preguntan y no hay respuesta: 1" in html


def test_an_editor_of_one_entity_sees_its_fichas_and_a_stranger_none(
    client: Client, diego: User, berta: User
) -> None:
    rebuild()
    client.force_login(diego)
    assert client.get(reverse("content_health:health")).status_code == 302
    group = Group.objects.create(name="redacción · sunarp")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group,
        page=EntidadPage.objects.get(entidad__codigo="sunarp"),
        permission=Permission.objects.get(codename="add_page", content_type__app_label="wagtailcore"),
    )
    diego.groups.set([group])
    html = screen(client, clase="confianza")
    assert "Duplicado del DNIe" not in html
    assert "Duplicado del DNIe" not in screen(client, clase="confianza", entidad="reniec")


@pytest.mark.slow
def test_ten_thousand_fichas_are_shown_within_a_second(client: Client, rosa: User) -> None:
    entidades = list(Entidad.objects.values_list("pk", flat=True))
    Hallazgo.objects.bulk_create(
        (
            Hallazgo(
                codigo=f"ficha-{number}",
                nombre=f"Trámite número {number}",
                entidad_id=entidades[number % len(entidades)],
                clase=clase,
                cuantos=number % 17 + 1,
                aspectos=["costo", "plazo", "donde"],
            )
            for number in range(10_000)
            for clase in list(Clase)[:8]
        ),
        batch_size=2000,
    )
    client.force_login(rosa)
    screen(client)
    times = []
    for asked_for in (
        {},
        {"clase": "confianza"},
        {"clase": "blanco", "p": "150"},
        {"clase": "blanco", "entidad": "reniec"},
    ):
        tries = []
        for _try in range(3):  # the best of three: other tests run beside this one
            start = time.perf_counter()
            with CaptureQueriesContext(connection) as queries:
                page: Any = client.get(reverse("content_health:health"), asked_for)
            tries.append(time.perf_counter() - start)
            assert page.status_code == 200
            assert len(queries) < 60
        times.append(min(tries))
    assert max(times) < 1.0, times


@pytest.mark.usefixtures("fresh_index")
def test_what_a_citizen_asks_in_the_chat_and_nobody_knows_reaches_the_screen(
    client: Client, rosa: User, settings: Any
) -> None:
    """From the chat itself, as messages are kept today: masked words, and the answer beside them."""
    settings.RASA_URL = "http://127.0.0.1:9"  # the plain search answers
    citizen = Citizen(client, locale="es", codigo="sunarp-vigencia-poder")
    citizen.presses(of_aspecto("sunarp-vigencia-poder", Aspecto.COSTO))
    citizen.says("mi dni es 45678912, y cuanto cuesta")
    asked("", "", text=say("not_found", "es"))
    asked("", "", text=say("not_understood", "qu"))
    rebuild()
    row = Hallazgo.objects.get(codigo="sunarp-vigencia-poder", clase=Clase.SIN_RESPUESTA)
    assert row.cuantos >= 1
    assert row.aspectos == ["costo"]
    assert Consulta.objects.get(codigo="").veces == 2
    client.force_login(rosa)
    page = screen(client, clase="sin_respuesta")
    assert f"costo: {row.cuantos}" in page
    assert "45678912" not in page


def test_rows_lead_only_where_the_person_may_go_and_say_when_they_were_measured(client: Client) -> None:
    user = User.objects.create_user("tradu", password="x", speaks_quechua=True)
    group, _ = Group.objects.get_or_create(name=f"{Role.TRANSLATOR} · reniec")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.set([group])
    # What follows the seed itself is late by now, where the tests before took their time.
    OutboxRow.objects.all().delete()
    rebuild()
    client.force_login(user)
    page = screen(client, clase="confianza")
    assert "Duplicado del DNIe" in page
    assert "migraciones" not in page.partition("<h2 id=")[2].lower()
    assert "/salud/ir/" not in page
    assert "Preguntar a la entidad" not in page
    assert "Cada ficha se mide al publicarse" in page
    assert f"{timezone.localdate():%d/%m/%Y}" in page


def test_a_blank_leads_to_where_the_fact_itself_is_written(client: Client, rosa: User) -> None:
    page = FichaPage.objects.get(codigo="sunarp-vigencia-poder")
    client.force_login(rosa)
    for aspecto, place in (("base_legal", "base_legal"), ("recursos", "recursos"), ("costo", "costos")):
        url = reverse("content_health:cure", args=[page.codigo])
        led = client.get(url, {"clase": "blanco", "aspecto": aspecto}).headers["Location"]
        rows = getattr(page.get_latest_revision_as_object(), place)
        expected = f"#inline_child_{place}-0" if rows.exists() else f"#id_{place}-ADD"
        assert led.endswith(expected)
    vigencia = client.get(url, {"clase": "blanco", "aspecto": "vigencia"}).headers["Location"]
    assert vigencia.endswith("#id_vigencia_valor")
