"""The audit as reviewers read it."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.audit.operations import record
from cms.tramites.models import PortalPage
from cms.tramites.rights import grant_rights

pytestmark = pytest.mark.django_db


@pytest.fixture
def rosa(seeded: None, diego: User) -> User:
    grant_rights(PortalPage.objects.get())
    diego.groups.set([diego.groups.model.objects.get(name=str(Role.REVIEWER))])
    return diego


def read(client: Client, **filters: str) -> str:
    answer = client.get(reverse("auditoria:listing"), filters)
    assert answer.status_code == 200
    return answer.content.decode().split("<tbody>")[1].split("</tbody>")[0]


def exported(client: Client, **filters: str) -> list[list[str]]:
    answer = client.get(reverse("auditoria:export"), filters)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))[1:]


@pytest.fixture
def told(berta: User, carlos: User) -> None:
    record("tramite.published", "reniec-uno", by=berta, why="Sube", revision=2)
    record("tramite.withdrawn", "sunarp-dos", by=carlos, why="Ya no existe")
    old = record("tramite.published", "osce-tres", by=berta, why="Antiguo")
    Entry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=40))


@pytest.mark.usefixtures("told")
def test_it_says_who_when_what_and_why(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    shown = read(client, subject="reniec-uno")
    assert all(word in shown for word in ("berta", "Publicó", "reniec-uno", "Sube", "revision: 2"))
    assert "sunarp-dos" not in shown


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"who": "carlos"}, ["sunarp-dos"]),
        ({"what": "tramite.withdrawn"}, ["sunarp-dos"]),
        ({"who": "berta", "until": str((timezone.now() - timedelta(days=30)).date())}, ["osce-tres"]),
        ({"who": "berta", "since": str((timezone.now() - timedelta(days=30)).date())}, ["reniec-uno"]),
    ],
)
def test_it_is_filtered_by_person_kind_and_day(
    client: Client, rosa: User, filters: dict[str, str], found: list[str]
) -> None:
    client.force_login(rosa)
    assert [row[3] for row in exported(client, **filters)] == found


def test_a_reason_that_is_a_formula_is_text_in_the_download(client: Client, rosa: User) -> None:
    record("tramite.published", "=1+1", by=rosa, why='=cmd|"/c calc"!A1')
    client.force_login(rosa)
    row = exported(client, subject="=1+1")[0]
    assert (row[3], row[4]) == ("'=1+1", '\'=cmd|"/c calc"!A1')


def test_what_cannot_be_read_is_said_and_filters_nothing(client: Client, rosa: User) -> None:
    record("tramite.published", "reniec-uno", by=rosa)
    client.force_login(rosa)
    answer = client.get(reverse("auditoria:listing"), {"since": "ayer", "subject": "reniec-uno"})
    assert "reniec-uno" in answer.content.decode()
    assert answer.context["form"].errors["since"]


def test_only_reviewers_read_it_and_nobody_changes_it(client: Client, berta: User, rosa: User) -> None:
    row = record("tramite.published", "reniec-uno", by=rosa)
    grant_rights(PortalPage.objects.get())
    client.force_login(berta)
    for view in ("listing", "export"):
        assert client.get(reverse(f"auditoria:{view}")).status_code in (302, 403)
    with pytest.raises(TypeError):
        row.delete()
    with pytest.raises(TypeError):
        row.save()


OF_CITIZENS = ("conversation.read", "callback.tried", "call.logged", "rating.reviewed", "remark.given_back")


@pytest.mark.parametrize("what", OF_CITIZENS)
def test_what_was_done_with_citizens_is_for_supervisors(client: Client, rosa: User, what: str) -> None:
    record(what, "de-alguien", by=rosa, why="quién era")
    client.force_login(rosa)
    listing = client.get(reverse("auditoria:listing")).content.decode()
    assert "de-alguien" not in listing
    assert what not in listing
    assert exported(client, subject="de-alguien") == []
    rosa.groups.add(Group.objects.get_or_create(name=str(Role.SUPERVISOR))[0])
    assert [row[2] for row in exported(client, subject="de-alguien")] == [what]


def test_a_download_is_on_record_with_what_was_asked_for(client: Client, rosa: User) -> None:
    client.force_login(rosa)
    exported(client, who="berta")
    entry = Entry.objects.get(what="audit.exported")
    assert (entry.by, entry.detail) == (rosa, {"filters": {"who": "berta"}})
