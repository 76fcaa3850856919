"""What each person of a package is told without looking for it: what waits for them, what changed behind it, what is past."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.directory.models import Entidad
from cms.editing.packages import letters, operations
from cms.editing.packages.errors import PackageError
from cms.editing.packages.models import Estado, Paquete
from cms.editing.proposals import Accion, Proposal
from cms.tramites.models import FichaPage
from cms.tramites.queries import published
from tests.integration.editing.packages.test_screens import at, the_package
from tests.integration.tramites.editor import edit_url, form_of
from tests.unit.editing.packages.conftest import ACTA, DNI, NUEVA, account, shown, with_fee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_index")]
HOME = "/admin/"


def read(client: Client, user: User, url: str) -> str:
    client.force_login(user)
    return client.get(url).content.decode()


def autosave(client: Client, user: User, codigo: str, **changes: Any) -> Any:
    client.force_login(user)
    data = form_of(client, codigo) | changes
    return client.post(edit_url(codigo), data, HTTP_ACCEPT="application/json")


def another_draft(codigo: str, by: User, title: str = "Otro nombre") -> FichaPage:
    page = FichaPage.objects.get(codigo=codigo)
    edited = page.get_latest_revision_as_object()
    edited.title = title
    edited.save_revision(user=by)
    return page


# --- the first screen ----------------------------------------------------------------------------------------


def test_the_first_screen_of_who_approves_lists_the_packages_that_wait(
    client: Client, sent: Paquete, rosa: User, berta: User
) -> None:
    told = read(client, rosa, HOME)
    assert at("detail", sent) in told
    assert "lo envió berta" in told
    assert at("detail", sent) not in read(client, berta, HOME), "who sent it cannot decide it"
    assert at("detail", sent) not in read(client, account("elena", Role.EDITOR), HOME)
    operations.reject(sent, by=rosa, why="Falta el artículo 3")
    back = read(client, berta, HOME)
    assert at("detail", sent) in back
    assert "Falta el artículo 3" in back
    assert at("detail", sent) not in read(client, rosa, HOME)


def test_what_one_person_undid_waits_on_the_first_screen_of_another(
    client: Client, sent: Paquete, rosa: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        operations.approve(sent, as_shown=shown(sent), by=rosa)
    operations.undo(the_package(), by=rosa, why="Fe de erratas")
    assert at("detail", sent) not in read(client, rosa, HOME)
    assert "Por mirar otra vez" in read(client, account("olga", Role.PUBLISHER), HOME)


# --- a change behind a package -------------------------------------------------------------------------------


def test_the_editor_of_a_ficha_says_in_which_package_it_waits(
    client: Client, sent: Paquete, rosa: User
) -> None:
    told = read(client, rosa, edit_url(DNI))
    assert "Esta ficha está en el paquete" in told
    assert "por aprobar" in told
    assert at("detail", sent) in told
    assert "tramites/palabras.js" in told, "what Wagtail's scripts say would be English"
    assert "Esta ficha está en el paquete" not in read(client, rosa, edit_url("osce-rnp"))


def test_nothing_saves_itself_over_a_package_that_waits(client: Client, sent: Paquete, rosa: User) -> None:
    before = FichaPage.objects.get(codigo=DNI).latest_revision_id
    said = autosave(client, rosa, DNI, title="Otro nombre").json()
    assert said["success"] is False
    assert "No se guarda sola" in said["error_message"]
    assert FichaPage.objects.get(codigo=DNI).latest_revision_id == before
    operations.reject(sent, by=rosa, why="no")
    assert autosave(client, rosa, DNI, title="Otro nombre").json()["success"] is True


def test_a_conflict_shows_at_once_with_who_when_and_what_to_do(
    client: Client, sent: Paquete, rosa: User, berta: User
) -> None:
    another_draft(DNI, rosa)
    when = timezone.localtime().strftime("el %d/%m/%Y a las %H")
    for person in (rosa, berta):
        told = read(client, person, at("detail", sent))
        assert f"{DNI}: rosa guardó después otro borrador, {when}" in told
        assert "«Recuperarlo para corregir»" in told
        assert "rosa guardó después" in read(client, person, HOME)
    reviewer = read(client, rosa, at("detail", sent))
    assert "Así no se puede aprobar: una de sus fichas cambió" in reviewer
    assert "Aprobar y publicar" not in reviewer
    assert "rosa guardó después" in read(client, rosa, edit_url(DNI))
    assert the_package().estado == Estado.ENVIADO, "it is told, not stopped"


def test_saving_a_ficha_without_a_change_holds_no_package_up(
    client: Client, sent: Paquete, rosa: User, django_capture_on_commit_callbacks: Any
) -> None:
    page = FichaPage.objects.get(codigo=DNI)
    page.get_latest_revision_as_object().save_revision(user=rosa)
    assert "guardó después" not in read(client, rosa, at("detail", sent))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("approve", sent), {"sello": shown(sent)})
    assert the_package().estado == Estado.VIGENTE


def test_who_cannot_approve_reads_why(client: Client, sent: Paquete, berta: User) -> None:
    assert "Espera aprobación: la da otra persona" in read(client, berta, at("detail", sent))
    operations.reopen(sent, by=berta)
    assert "Se está preparando" in read(client, account("olga", Role.PUBLISHER), at("detail", sent))


# --- its date ------------------------------------------------------------------------------------------------


def test_a_date_that_has_gone_by_is_never_approved_unseen(
    client: Client, filled: Paquete, berta: User, rosa: User, django_capture_on_commit_callbacks: Any
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() - timedelta(days=3))
    assert "ya pasó" in read(client, berta, at("detail", filled))
    operations.submit(filled, by=berta)
    told = read(client, rosa, at("detail", filled))
    assert "Ya pasó: que rija desde ahora" in told
    with django_capture_on_commit_callbacks(execute=True):
        refused = client.post(at("approve", filled), {"sello": shown(filled)}, follow=True).content.decode()
    assert "no se aprobó nada" in refused
    assert the_package().estado == Estado.ENVIADO
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("approve", filled), {"sello": shown(filled), "ya": "si"})
    assert the_package().estado == Estado.VIGENTE


def test_a_date_to_come_asks_nothing(client: Client, filled: Paquete, berta: User, rosa: User) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=3))
    operations.submit(filled, by=berta)
    assert "ya pasó" not in read(client, rosa, at("detail", filled))


def test_whoever_approves_may_set_another_date_with_the_refusals_of_whoever_proposes(
    client: Client, filled: Paquete, berta: User, rosa: User
) -> None:
    planned = timezone.now() + timedelta(days=3)
    operations.edit(filled, by=berta, en_vigor_at=planned)
    operations.submit(filled, by=berta)
    assert "Aprobar para esa fecha" in read(client, rosa, at("detail", filled))

    def answered(**form: str) -> str:
        data = {"sello": shown(filled), "cuando": "otra", **form}
        return client.post(at("approve", filled), data, follow=True).content.decode()

    day = timezone.localdate() + timedelta(days=9)
    for form, told in (
        ({}, "di el día"),
        ({"en_vigor_hora": "10:00"}, "Di también el día"),
        ({"en_vigor_dia": f"{day.year + 5}-01-01"}, "no puede ser"),
        ({"en_vigor_dia": "mañana"}, "No se aprobó nada"),
        ({"en_vigor_dia": str(timezone.localdate() - timedelta(days=1))}, "ya pasó"),
    ):
        assert told in answered(**form), form
        assert (the_package().estado, the_package().en_vigor_at) == (Estado.ENVIADO, planned)
    assert "Aprobado. Entrará en vigor" in answered(en_vigor_dia=str(day), en_vigor_hora="10:30")
    package = the_package()
    assert package.en_vigor_at is not None
    assert f"{timezone.localtime(package.en_vigor_at):%Y-%m-%d %H:%M}" == f"{day} 10:30"
    page = read(client, rosa, at("detail", filled))
    assert "Cambió cuándo entra en vigor" in page
    assert "Lo propuso</dt><dd>berta" in page
    assert "Lo aprobó</dt><dd>rosa" in page


def test_only_who_prepared_it_takes_back_what_was_sent(
    client: Client, sent: Paquete, rosa: User, berta: User
) -> None:
    rosa.groups.add(Group.objects.get_or_create(name=str(Role.EDITOR))[0])
    button = ">Recuperarlo para corregir</button>"
    assert button not in read(client, rosa, at("detail", sent))
    refused = client.post(at("reopen", sent), follow=True).content.decode()
    assert "Lo recupera quien lo preparó" in refused
    assert the_package().estado == Estado.ENVIADO
    assert button in read(client, berta, at("detail", sent))


def test_a_stopped_package_says_why_and_nothing_against_it(
    client: Client, filled: Paquete, berta: User, rosa: User
) -> None:
    operations.edit(filled, by=berta, en_vigor_at=timezone.now() + timedelta(days=3))
    operations.submit(filled, by=berta)
    another_draft(DNI, berta)
    operations.approve(the_package(), as_shown=shown(filled), by=rosa)
    assert the_package().estado == Estado.DETENIDO
    told = read(client, berta, at("detail", filled))
    assert "berta guardó después otro borrador" in told
    assert "no entra: está detenido" in told
    assert "Hay un borrador sin publicar de esta ficha" not in told
    assert "Entra en vigor el" not in read(client, berta, reverse("packages:index"))
    other = operations.create(titulo="Otro", entidad=filled.entidad, by=berta)
    operations.put(other, [Proposal(DNI, Accion.CAMBIA, with_fee(DNI, "50.00"))], by=berta)
    assert "También está en el paquete" not in read(client, berta, at("detail", other))


def test_a_mail_server_that_is_gone_is_waited_for_once_in_a_run(
    filled: Paquete, berta: User, rosa: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    User.objects.filter(pk__in=(berta.pk, rosa.pk)).update(email="ana@example.org")
    told = {"at": timezone.now().isoformat(), "porque": "otro borrador", "a": [berta.pk, rosa.pk]}
    operations.create(titulo="Otro", entidad=filled.entidad, by=berta)
    Paquete.objects.update(por_avisar=told)
    waited: list[str] = []

    def silent(*args: object) -> int:
        waited.append("ten seconds")
        raise TimeoutError("timed out")

    with monkeypatch.context() as gone:
        gone.setattr(letters, "send_mail", silent)
        assert letters.send_due() == 0
    assert waited == ["ten seconds"]
    assert letters.send_due() == 4, "all are told as soon as it is back"


# --- added by hand -------------------------------------------------------------------------------------------


@pytest.fixture
def by_hand(reniec: Entidad, berta: User) -> Paquete:
    package = operations.create(titulo="A mano", entidad=reniec, by=berta)
    page = another_draft(DNI, berta, "Duplicado del DNI electrónico")
    operations.add_draft(package, page, by=berta)
    return package


def test_what_was_added_by_hand_is_compared_again_from_its_latest_draft(
    client: Client, by_hand: Paquete, berta: User, rosa: User
) -> None:
    another_draft(DNI, rosa, "Duplicado del DNI electrónico (adultos)")
    assert "rosa guardó después" in read(client, berta, at("detail", by_hand))
    told = client.post(at("compare", by_hand), follow=True).content.decode()
    assert f"Comparado de nuevo: {DNI}" in told
    assert "guardó después" not in told
    (item,) = by_hand.partidas.all()
    assert item.payload is not None
    assert item.payload["es"]["nombre"] == "Duplicado del DNI electrónico (adultos)"
    assert by_hand.manos.filter(pk=rosa.pk).exists(), "who wrote it may not approve it"


def test_a_draft_that_does_not_hold_together_is_named_and_nothing_is_compared(
    by_hand: Paquete, berta: User
) -> None:
    page = FichaPage.objects.get(codigo=DNI)
    broken = page.get_latest_revision_as_object()
    broken.title = ""
    broken.save_revision(user=berta, clean=False)
    with pytest.raises(PackageError, match="No se pudo comparar") as refused:
        operations.compare_again(by_hand, by=berta)
    assert refused.value.lines[0].startswith(DNI)
    kept = by_hand.partidas.get().payload
    assert kept is not None
    assert kept["es"]["nombre"] == "Duplicado del DNI electrónico"


def test_every_row_leads_to_its_ficha_and_its_editor(client: Client, sent: Paquete, rosa: User) -> None:
    told = read(client, rosa, at("detail", sent))
    for codigo in (DNI, ACTA):
        assert f'href="{edit_url(codigo)}"' in told
        assert f'href="/es/tramites/{codigo}/"' in told
    assert f'href="/es/tramites/{NUEVA}/"' not in told
    assert published(ACTA).ficha.codigo == ACTA


# --- strange addresses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["paquetes/{}/", "paquetes/ficha/{}/", "publicacion/pedidos/{}/", "publicacion/{}/retiro/",
     "publicacion/{}/seguimiento/", "publicacion/{}/urgencia/", "pages/{}/edit/", "pages/{}/", "paquetes/{}/informe.csv"],
)  # fmt: skip
def test_a_number_too_long_for_any_row_is_no_address(client: Client, seeded: None, path: str) -> None:
    client.force_login(User.objects.create_superuser("jefa", password="x"))
    assert client.get(f"{HOME}{path.format('9' * 23)}").status_code == 404


def test_a_number_too_long_is_no_package_to_add_to(client: Client, berta: User) -> None:
    client.force_login(berta)
    url = reverse("packages:add_draft", args=[FichaPage.objects.get(codigo=DNI).pk])
    told = client.post(url, {"paquete": "9" * 23}, follow=True).content.decode()
    assert "Elige un paquete" in told
