"""Pages, versions, words and changes of many fichas, in bulk: what writing and publishing each would leave behind."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.accounts.models import User
from cms.accounts.roles import Role
from cms.audit.models import Entry
from cms.directory.models import Entidad, Tema
from cms.publishing.models import Change, ChangeKind, OutboxRow, RowState
from cms.publishing.registry import followers
from cms.tramites.applying import entidad_page
from cms.tramites.conversion import write_ficha
from cms.tramites.digests import json_digest
from cms.tramites.loading import NOTE, portal_page
from cms.tramites.models import EntidadPage, FichaPage, Palabra, Tramite, Version
from cms.tramites.models.rows import ROW_MODELS, AspectoRow, Row
from cms.tramites.queries import TOPIC
from cms.tramites.schema import Ficha, Publico, seal
from tests.bench.fichas import OLDER, Town


def make_towns(towns: Iterable[Town]) -> None:
    rows = [Entidad(codigo=town.codigo, nombre=town.nombre, nivel="local") for town in towns]
    Entidad.objects.bulk_create(rows, ignore_conflicts=True)


def editors_session() -> str:
    """The cookie of an editor who is signed in."""
    editor = User.objects.create_user(username="medidora")
    editor.groups.add(Group.objects.get(name=str(Role.EDITOR)))
    session = SessionStore()
    session[SESSION_KEY] = str(editor.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = editor.get_session_auth_hash()
    session.create()
    return str(session.session_key)


class Shelves:
    """The entities' pages by id, each found once, with the number of fichas that hang from it."""

    def __init__(self) -> None:
        self._portal = portal_page()
        self._found: dict[str, EntidadPage] = {}

    def of(self, entidad: str) -> EntidadPage:
        if entidad not in self._found:
            self._found[entidad] = entidad_page(self._portal, entidad)
        return self._found[entidad]

    def count(self) -> None:
        for shelf in self._found.values():
            Page.objects.filter(pk=shelf.pk).update(numchild=shelf.numchild)


@transaction.atomic
def write(fichas: Sequence[Ficha], shelves: Shelves) -> None:
    """All of them or none."""
    _write_pages(fichas, shelves)
    versions = _write_versions(fichas)
    _write_words(fichas)
    _announce(versions)


def _write_pages(fichas: Sequence[Ficha], shelves: Shelves) -> None:
    pages = [_page(ficha) for ficha in fichas]
    for ficha, page in zip(fichas, pages, strict=True):
        _hang(page, shelves.of(ficha.hechos.entidad))
    shelves.count()
    # Bulk writing knows no inheritance: the columns of Page first, then those of FichaPage.
    bases = Page.objects.bulk_create([Page(**_columns(page)) for page in pages])
    for base, page in zip(bases, pages, strict=True):
        page.pk = page.id = page.page_ptr_id = base.pk
        page.save_base(raw=True, force_insert=True)
    _write_rows(pages)
    _write_revisions(bases, pages)


def _page(ficha: Ficha) -> FichaPage:
    page = FichaPage()
    write_ficha(page, ficha)
    page.live, page.has_unpublished_changes = True, False
    page.first_published_at = page.last_published_at = page.latest_revision_created_at = timezone.now()
    page.content_type = ContentType.objects.get_for_model(FichaPage)
    page._set_core_field_defaults()
    return page


def _hang(page: FichaPage, shelf: EntidadPage) -> None:
    """Below the entity's page, after the last of its fichas."""
    shelf.numchild += 1
    page.path = Page._get_path(shelf.path, shelf.depth + 1, shelf.numchild)
    page.depth, page.numchild = shelf.depth + 1, 0
    page.url_path = f"{shelf.url_path}{page.slug}/"


def _columns(page: FichaPage) -> dict[str, Any]:
    names = [field.attname for field in Page._meta.concrete_fields if not field.primary_key]
    return {name: getattr(page, name) for name in names}


def _write_rows(pages: Sequence[FichaPage]) -> None:
    models_of_rows: tuple[type[Row], ...] = (*ROW_MODELS, AspectoRow)
    for model in models_of_rows:
        rows = [row for page in pages for row in getattr(page, model.ROWS).all()]
        for page in pages:
            for row in getattr(page, model.ROWS).all():
                row.page_id = page.pk
        model._default_manager.bulk_create(rows)
    links = FichaPage.temas.through
    links._default_manager.bulk_create(
        [links(fichapage_id=page.pk, tema_id=tema.pk) for page in pages for tema in page.temas.all()]
    )


def _write_revisions(bases: Sequence[Page], pages: Sequence[FichaPage]) -> None:
    now = timezone.now()
    kinds = {
        "content_type": ContentType.objects.get_for_model(FichaPage),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                **kinds,
                object_id=str(page.pk),
                created_at=now,
                object_str=str(page),
                content=page.serializable_data(),
            )
            for page in pages
        ]
    )
    for base, revision in zip(bases, revisions, strict=True):
        base.latest_revision = base.live_revision = revision
    Page.objects.bulk_update(bases, ["latest_revision", "live_revision"], batch_size=100)


def _write_versions(fichas: Sequence[Ficha]) -> list[Version]:
    offices = {row.codigo: row for row in Entidad.objects.all()}
    temas = {row.codigo: row for row in Tema.objects.all()}
    tramites = Tramite.objects.bulk_create([_tramite(ficha, offices) for ficha in fichas])
    versions = [_version(ficha, tramite) for ficha, tramite in zip(fichas, tramites, strict=True)]
    for tramite, version in zip(tramites, Version.objects.bulk_create(versions), strict=True):
        tramite.version = version
    Tramite.objects.bulk_update(tramites, ["version"], batch_size=100)
    both = list(zip(fichas, tramites, strict=True))
    _link(Tramite.temas.through, "tema", [(t.pk, temas[code].pk) for f, t in both for code in f.hechos.temas])
    offered = [
        (t.pk, offices[code].pk)
        for f, t in both
        for code in {f.hechos.entidad, *(office.entidad for office in f.hechos.oficinas)}
    ]
    _link(Tramite.oficinas.through, "entidad", offered)
    return versions


def _link(links: type[models.Model], name: str, pairs: Sequence[tuple[int, int]]) -> None:
    rows = [links(**{"tramite_id": own, f"{name}_id": other}) for own, other in pairs]
    links._default_manager.bulk_create(rows)


def _tramite(ficha: Ficha, offices: dict[str, Entidad]) -> Tramite:
    facts, translated = ficha.hechos, ficha.name("qu")
    return Tramite(
        codigo=facts.codigo,
        entidad=offices[facts.entidad],
        nombre=ficha.es["nombre"],
        nombre_qu=translated if translated != ficha.es["nombre"] else "",
        nivel=facts.nivel,
        para_personas=Publico.PERSONAS in facts.publico,
        para_empresas=Publico.EMPRESAS in facts.publico,
    )


def _version(ficha: Ficha, tramite: Tramite) -> Version:
    # A machine's draft is for translators only.
    shown = {key: word for key, word in ficha.qu.items() if word.estado != "borrador"}
    payload = ficha.model_copy(update={"qu": shown}).model_dump(mode="json")
    return Version(tramite=tramite, numero=1, payload=payload, digest=json_digest(payload), nota=NOTE)


def _write_words(fichas: Sequence[Ficha]) -> None:
    Palabra.objects.bulk_create(
        [
            Palabra(
                codigo=ficha.codigo,
                clave=key,
                texto=word.texto,
                castellano=ficha.es[key] if word.sello == seal(ficha.es[key]) else OLDER,
                sello=word.sello,
                estado=word.estado,
            )
            for ficha in fichas
            for key, word in ficha.qu.items()
        ]
    )


def _announce(versions: Sequence[Version]) -> None:
    """With nothing left to do: whoever follows the feed reads it, and the outbox has done its rows."""
    codes = [version.tramite.codigo for version in versions]
    changes = Change.objects.bulk_create(
        [Change(topic=TOPIC, key=code, revision=1, kind=ChangeKind.PUBLISHED) for code in codes]
    )
    done = {"state": RowState.DONE, "tries": 1, "done_at": timezone.now()}
    OutboxRow.objects.bulk_create(
        [OutboxRow(change=change, follower=name, **done) for change in changes for name in followers()]
    )
    Entry.objects.bulk_create([Entry(what="tramite.published", subject=code, why=NOTE) for code in codes])
