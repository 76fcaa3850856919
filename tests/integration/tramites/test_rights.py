"""An editor of RENIEC touches only RENIEC: every way round that we could think of."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupPagePermission, Page

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.directory.models import Entidad, Sede
from cms.tramites.models import Aprobacion, EntidadPage, FichaPage, Pedido, PortalPage
from cms.tramites.people import give_role, roles_held
from cms.tramites.queries import published
from cms.tramites.rights import (
    can_approve_entidad,
    can_edit_entidad,
    can_review_entidad,
    entidades_de,
    grant_rights,
)
from tests.integration.tramites.conftest import Person
from tests.integration.tramites.editor import NOTED, decide, edit_url, form_of, page_of, send, waiting

pytestmark = pytest.mark.django_db
OURS, THEIRS = "reniec-dni-duplicado", "osce-rnp"


@pytest.fixture
def elsa(person: Person) -> User:
    """She writes, reviews and publishes, at RENIEC only."""
    user = person("elsa")
    for role in (Role.EDITOR, Role.REVIEWER, Role.PUBLISHER):
        give_role(user, role, "reniec", by=None)
    return user


@pytest.fixture
def elio(person: Person) -> User:
    """He writes at RENIEC only."""
    user = person("elio")
    give_role(user, Role.EDITOR, "reniec", by=None)
    return user


def shelf(codigo: str) -> EntidadPage:
    return EntidadPage.objects.get(entidad__codigo=codigo)


def refused(client: Client, address: str, form: dict[str, object] | None = None) -> bool:
    """Neither shown nor done: the admin sends away, or says there is nothing."""
    before = FichaPage.objects.get(codigo=THEIRS)
    answers = [client.get(address), client.post(address, form or {})]
    after = FichaPage.objects.get(codigo=THEIRS)
    same = (before.latest_revision_id, before.live, before.path) == (
        after.latest_revision_id,
        after.live,
        after.path,
    )
    return same and all(answer.status_code in (302, 403, 404, 405) for answer in answers)


def test_at_home_she_does_what_the_role_says(client: Client, elsa: User, elio: User) -> None:
    send(client, elio, OURS, title="Otro nombre", **NOTED, action="submit")
    decide(client, elsa, OURS)
    assert published(OURS).ficha.es["nombre"] == "Otro nombre"
    assert [can(elsa, "reniec") for can in (can_edit_entidad, can_review_entidad, can_approve_entidad)] == [
        True
    ] * 3
    assert [can(elio, "reniec") for can in (can_edit_entidad, can_review_entidad, can_approve_entidad)] == [
        True,
        False,
        False,
    ]
    assert not any(can(elsa, "osce") for can in (can_edit_entidad, can_review_entidad, can_approve_entidad))


@pytest.mark.parametrize(
    "view",
    ["edit", "delete", "unpublish", "copy", "move", "history", "workflow_history", "usage", "lock", "set_privacy",
     "preview_on_edit", "view_draft", "revisions_index", "convert_alias"],
)  # fmt: skip
def test_the_screens_of_others_are_closed(client: Client, elsa: User, view: str) -> None:
    client.force_login(elsa)
    if view == "revisions_index":  # leads to the history, which is closed
        assert client.get(reverse("wagtailadmin_pages:history", args=[page_of(THEIRS).pk])).status_code == 302
        return
    assert refused(client, reverse(f"wagtailadmin_pages:{view}", args=[page_of(THEIRS).pk]))


def test_the_history_of_others_is_closed_too(client: Client, elsa: User, berta: User) -> None:
    send(client, berta, THEIRS, title="Un secreto", **NOTED, action="submit")
    page = page_of(THEIRS)
    first, last = page.revisions.earliest("pk"), page.revisions.latest("pk")
    client.force_login(elsa)
    addresses = [
        reverse("wagtailadmin_pages:revisions_view", args=[page.pk, last.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk]),
        reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"]),
        reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, first.pk]),
        reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, waiting(THEIRS).task.pk]),
        reverse("wagtailadmin_pages:confirm_workflow_cancellation", args=[page.pk]),
    ]
    for address in addresses:
        assert "Un secreto" not in client.get(address, follow=True).content.decode(), address


def test_a_revision_of_others_is_not_read_through_a_page_of_ones_own(
    client: Client, elsa: User, berta: User
) -> None:
    send(client, berta, THEIRS, title="Un secreto", **NOTED)
    theirs = page_of(THEIRS).get_latest_revision()
    client.force_login(elsa)
    for view in ("revisions_view", "revisions_revert"):
        address = reverse(f"wagtailadmin_pages:{view}", args=[page_of(OURS).pk, theirs.pk])
        assert "Un secreto" not in client.get(address, follow=True).content.decode()


def test_the_steps_of_others_are_not_approved(client: Client, elsa: User, berta: User) -> None:
    send(client, berta, THEIRS, title="Otro nombre", **NOTED, action="submit")
    state = waiting(THEIRS)
    client.force_login(elsa)
    assert "Otro nombre" not in client.get("/admin/").content.decode()
    for page in (page_of(THEIRS), page_of(OURS)):  # also by the address of a page of her own
        url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
        client.post(url, {"comment": ""})
    assert published(THEIRS).ficha.es["nombre"] != "Otro nombre"
    assert not Aprobacion.objects.exists()


def test_a_step_of_others_is_not_approved_through_ones_own_waiting_page(
    client: Client, elsa: User, berta: User, elio: User
) -> None:
    send(client, berta, THEIRS, title="Otro nombre", **NOTED, action="submit")
    send(client, elio, OURS, title="Uno nuestro", **NOTED, action="submit")
    client.force_login(elsa)
    url = reverse(
        "wagtailadmin_pages:workflow_action", args=[page_of(OURS).pk, "approve", waiting(THEIRS).pk]
    )
    client.post(url, {"comment": ""})
    assert published(THEIRS).ficha.es["nombre"] != "Otro nombre"


def test_nothing_is_carried_across_entities(client: Client, elsa: User) -> None:
    client.force_login(elsa)
    ours, theirs = page_of(OURS), page_of(THEIRS)
    draft = ours.copy(update_attrs={"slug": "nuestra"}, keep_live=False, user=elsa)
    moved = {"new_title": "X", "new_slug": "x", "new_parent_page": shelf("osce").pk}
    client.post(reverse("wagtailadmin_pages:copy", args=[ours.pk]), moved)
    client.post(
        reverse("wagtailadmin_pages:copy", args=[theirs.pk]), moved | {"new_parent_page": shelf("reniec").pk}
    )
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, shelf("osce").pk]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[theirs.pk, shelf("reniec").pk]))
    assert not Page.objects.filter(slug="x").exists()
    assert FichaPage.objects.get(pk=draft.pk).get_parent().pk == shelf("reniec").pk
    assert page_of(THEIRS).get_parent().pk == shelf("osce").pk
    add = reverse("wagtailadmin_pages:add", args=["tramites", "fichapage", shelf("osce").pk])
    assert client.get(add).status_code == 302
    order = reverse("wagtailadmin_pages:set_page_position", args=[theirs.pk])
    assert client.post(f"{order}?position=0").status_code in (302, 403)


@pytest.mark.parametrize("action", ["delete", "move", "publish", "unpublish"])
def test_actions_on_many_leave_others_alone(client: Client, elsa: User, berta: User, action: str) -> None:
    send(client, berta, THEIRS, title="Otro nombre", **NOTED)
    client.force_login(elsa)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    form = {"include_descendants": "on", "chooser": shelf("reniec").pk, "move_applicable": "on"}
    client.post(f"{url}?id={page_of(THEIRS).pk}&id={page_of(OURS).pk}", form)
    page = page_of(THEIRS)
    assert (page.live, page.get_parent().pk, page.title) == (True, shelf("osce").pk, "Inscripción en el RNP")


def test_lists_searches_and_reports_show_only_ones_own(client: Client, elsa: User, berta: User) -> None:
    send(client, berta, THEIRS, title="Un secreto", **NOTED, action="submit")
    page_of(THEIRS).save()
    client.force_login(elsa)
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_explore", args=[shelf("osce").pk]),
        reverse("wagtailadmin_pages:search") + "?q=secreto",
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:workflow"),
        reverse("wagtailadmin_reports:workflow_tasks"),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:aging_pages"),
        reverse("wagtailadmin_pages:type_use", args=["tramites", "fichapage"]),
    ]
    for address in addresses:
        assert "Un secreto" not in client.get(address, follow=True).content.decode(), address


def test_the_admins_own_api_tells_no_draft_of_others(client: Client, elsa: User, berta: User) -> None:
    send(client, berta, THEIRS, title="Un secreto", **NOTED)
    client.force_login(elsa)
    pk = page_of(THEIRS).pk
    for address in (
        f"/admin/api/main/pages/{pk}/",
        f"/admin/api/main/pages/?child_of={shelf('osce').pk}&fields=*",
    ):
        assert "Un secreto" not in client.get(address).content.decode(), address


def test_snippets_files_people_and_settings_are_not_hers(client: Client, elsa: User) -> None:
    client.force_login(elsa)
    sede = Sede.objects.first()
    document = Document.objects.create(title="Uno", collection=Collection.get_first_root_node())
    addresses = [
        reverse("wagtailsnippets_directory_sede:list"),
        reverse("wagtailsnippets_directory_sede:edit", args=[sede.pk if sede else 0]),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
        reverse("wagtaildocs:edit", args=[document.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailadmin_workflows:index"),
        reverse("wagtailsites:index"),
        reverse("publicacion:personas"),
        reverse("auditoria:listing"),
        reverse("publicacion:urgencia", args=[page_of(OURS).pk]),
    ]
    for address in addresses:
        assert client.get(address).status_code in (302, 403), address


def test_requests_about_others_are_neither_seen_nor_made(client: Client, elsa: User, berta: User) -> None:
    client.force_login(berta)
    client.post(
        reverse("publicacion:retiro", args=[page_of(THEIRS).pk]), {"motivo": "Un secreto", "sin_norma": "on"}
    )
    pedido = Pedido.objects.get()
    client.force_login(elsa)
    assert "Un secreto" not in client.get(reverse("publicacion:pedidos")).content.decode()
    assert client.get(reverse("publicacion:pedido", args=[pedido.pk])).status_code == 302
    client.post(reverse("publicacion:pedido", args=[pedido.pk]), {"aprobar": "1"})
    assert published(THEIRS)
    pedido.delete()
    client.post(
        reverse("publicacion:retiro", args=[page_of(THEIRS).pk]), {"motivo": "Otro", "sin_norma": "on"}
    )
    assert not Pedido.objects.exists()
    assert client.get(reverse("publicacion:seguimiento", args=[page_of(THEIRS).pk])).status_code == 302


def test_who_loses_the_role_loses_the_right_at_once(client: Client, elio: User, admin: User) -> None:
    client.force_login(admin)
    form = {"persona": elio.pk, "rol": str(Role.EDITOR), "entidad": "reniec"}
    client.post(reverse("publicacion:quitar_rol"), form)
    assert roles_held(elio) == []
    client.force_login(elio)
    assert client.get(edit_url(OURS)).status_code == 302


def test_an_administrator_gives_roles_on_the_screen_and_it_is_recorded(
    client: Client, person: Person, admin: User
) -> None:
    user = person("nuevo")
    client.force_login(admin)
    give = reverse("publicacion:dar_rol")
    client.post(give, {"persona": user.pk, "rol": str(Role.EDITOR), "entidad": "sis"})
    client.post(give, {"persona": user.pk, "rol": str(Role.TRANSLATOR), "entidad": ""})
    wrong = client.post(give, {"persona": user.pk, "rol": str(Role.AGENT), "entidad": "sis"})
    assert "Ese rol es para todo el portal." in wrong.content.decode()
    assert roles_held(user) == [(Role.TRANSLATOR, ""), (Role.EDITOR, "sis")]
    assert "sis" in client.get(reverse("publicacion:personas"), {"q": "nuevo"}).content.decode()
    told = Entry.objects.filter(what="accounts.role_given", subject="nuevo", by=admin)
    assert [row.detail for row in told.order_by("id")] == [
        {"role": "redacción", "entidad": "sis"},
        {"role": "traducción", "entidad": ""},
    ]


def test_the_console_gives_and_takes_too(person: Person, capsys: pytest.CaptureFixture[str]) -> None:
    person("nuevo")
    call_command("role", "give", "nuevo", "redacción", "sis")
    assert capsys.readouterr().out.strip() == "redacción sis"
    call_command("role", "take", "nuevo", "redacción", "sis")
    assert capsys.readouterr().out == ""
    for wrong in (
        ("give", "nadie", "redacción"),
        ("give", "nuevo", "redacción", "no-hay"),
        ("give", "nuevo"),
    ):
        with pytest.raises(CommandError):
            call_command("role", *wrong)


def test_laying_the_rights_again_takes_away_what_is_no_longer_meant(seeded: None) -> None:
    from cms.tramites.models import PortalPage
    from cms.tramites.rights import grant_rights

    portal = PortalPage.objects.get()
    reviewers = Group.objects.get(name=str(Role.REVIEWER))
    publish = GroupPagePermission.objects.filter(permission__codename="publish_page").first()
    assert publish is not None
    GroupPagePermission.objects.create(group=reviewers, page=portal, permission=publish.permission)
    grant_rights(portal)
    assert not reviewers.page_permissions.filter(permission__codename="publish_page").exists()


def test_the_form_of_a_page_of_ones_own_names_no_other_page(client: Client, elsa: User) -> None:
    """The form is posted to one's own page with everything of another's in it: only one's own changes."""
    client.force_login(elsa)
    theirs = page_of(THEIRS)
    rows = {f"costos-{n}-id": row.pk for n, row in enumerate(theirs.costos.all())}
    client.post(edit_url(OURS), form_of(client, OURS) | rows | {"codigo": THEIRS, "title": "Otro nombre"})
    assert page_of(THEIRS).title == theirs.title
    assert json.dumps(page_of(THEIRS).get_latest_revision().content["costos"], default=str) == json.dumps(
        theirs.get_latest_revision().content["costos"], default=str
    )


def test_the_entities_somebody_writes_or_approves_for_are_found_with_few_questions(
    person: Person, elsa: User, elio: User, django_assert_max_num_queries: Any
) -> None:
    give_role(elio, Role.PUBLISHER, "osce", by=None)
    leaver = person("se fue", Role.EDITOR)
    leaver.is_active = False
    everybody = (elsa, elio, leaver, person("paco", Role.PUBLISHER), person("ana", superuser=True))
    alone = {"add": can_edit_entidad, "review": can_review_entidad, "publish": can_approve_entidad}
    all_entities = list(Entidad.objects.order_by("nombre"))
    for user in everybody:
        fresh = User.objects.get(pk=user.pk)
        fresh.is_active = user.is_active
        for can, asked in alone.items():
            with django_assert_max_num_queries(3):
                found = list(entidades_de(fresh, can=can))
            assert found == [e for e in all_entities if asked(fresh, e.codigo)], (user, can)
    assert [e.codigo for e in entidades_de(elsa, can="publish")] == ["reniec"]


def test_a_role_holds_no_right_over_sentences_that_leads_to_no_screen(seeded: None) -> None:
    group = Group.objects.get(name=str(Role.TRANSLATOR))
    group.permissions.add(Permission.objects.get(codename="change_palabra"))
    grant_rights(PortalPage.objects.get())
    assert set(group.permissions.values_list("codename", flat=True)) == {"access_admin"}
