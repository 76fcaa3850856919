"""Many fichas into their pages at once, as publishing each in the editor would, in a fraction of the time.

What can be thought out is thought out by `prepare`, before any lock is taken; `write` and `take_down` then only write,
inside the caller's transaction; `refresh` brings Wagtail's own search and references along, after it.
Rows are written per kind and not per page, since SQLite has one writer and citizens' messages wait for it meanwhile.
"""

import logging
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model
from django.utils import timezone
from modelcluster.models import get_all_child_m2m_relations, get_serializable_data_for_fields
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.search.backends import get_search_backend
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.accounts.models import User
from cms.audit.operations import record
from cms.directory.models import Entidad
from cms.tramites.conversion import write_ficha
from cms.tramites.models import EntidadPage, FichaPage, PortalPage
from cms.tramites.models.rows import ROW_MODELS, AspectoRow, Row
from cms.tramites.schema import Ficha

logger = logging.getLogger(__name__)

ROWS: tuple[type[Row], ...] = (*ROW_MODELS, AspectoRow)
Accepted = Callable[[str, list[dict[str, Any]]], list[dict[str, Any]]]


@dataclass(slots=True)
class Writing:
    """One page as it will be. `content` is that of its revision, but for what the database has yet to number."""

    ficha: Ficha
    page: FichaPage
    changed: dict[str, Any]
    content: dict[str, Any]
    rows: dict[str, list[Row]]
    links: dict[str, list[int]]


def prepare(fichas: Sequence[Ficha], accepted: Accepted) -> list[Writing]:
    """Reads the pages and works out what is to be written; nothing is written.

    `accepted` gives the accepted warnings a page will carry, from those it carries now.
    """
    codes = [ficha.codigo for ficha in fichas]
    pages = {page.codigo: page for page in FichaPage.objects.filter(codigo__in=codes)}
    return [_prepared(ficha, pages.get(ficha.codigo) or FichaPage(), accepted) for ficha in fichas]


def _prepared(ficha: Ficha, page: FichaPage, accepted: Accepted) -> Writing:
    before = _columns(page)
    write_ficha(page, ficha)
    page.nota_cambio = page.norma_cambio = ""
    _leave_the_past(page)
    page.avisos_aceptados = accepted(ficha.codigo, page.avisos_aceptados)
    after = _columns(page)
    return Writing(
        ficha=ficha,
        page=page,
        changed={name: after[name] for name in after if before[name] != after[name]},
        content=page.serializable_data(),
        rows={name: list(getattr(page, name).all()) for name in _row_names()},
        links={name: [row.pk for row in getattr(page, name).all()] for name in _link_names()},
    )


def _leave_the_past(page: FichaPage) -> None:
    """It goes live now, whenever it was to; and an end that is over would take it off again at the next tick."""
    page.go_live_at = None
    if page.expire_at and page.expire_at <= timezone.now():
        page.expire_at = None
    page.expired = False


def _columns(page: FichaPage) -> dict[str, Any]:
    return {f.attname: getattr(page, f.attname) for f in page._meta.concrete_fields}


def _row_names() -> list[str]:
    return [model.ROWS for model in ROWS]


def _link_names() -> list[str]:
    return [f.name for f in get_all_child_m2m_relations(FichaPage)]


def write(writings: Sequence[Writing], *, by: User | None) -> dict[str, Revision]:
    """Makes every page live as prepared, with one new revision each, by its code. Inside a transaction."""
    with disable_reference_index_auto_update():
        for writing in writings:
            # In memory only till here: their rows are written together, below.
            writing.page._cluster_related_objects = {}
        fresh = [writing for writing in writings if writing.page.pk is None]
        for entity in sorted({writing.ficha.hechos.entidad for writing in fresh}):
            _add([writing for writing in fresh if writing.ficha.hechos.entidad == entity], entity)
        _log("wagtail.create", [writing.page for writing in fresh], {}, by)
        _write_rows(writings)
        _write_links(writings)
    revisions = _write_revisions(writings, by)
    _make_live(writings, revisions, by)
    return revisions


def _add(writings: Sequence[Writing], entity: str) -> None:
    """New pages under their entity's, as its last children; their revisions are told what the tree has given them.

    The tree would take each by itself, with some twenty questions and a pass over the whole list of the search.
    """
    shelf = entidad_page(PortalPage.objects.get(), entity)
    # Whoever adds a page beside these waits: two would be given the same place.
    place = Page._base_manager.select_for_update().get(pk=shelf.pk)
    last = place.get_last_child()
    step = Page._str2int(last.path[-Page.steplen :]) if last else 0
    for number, writing in enumerate(writings, step + 1):
        page = writing.page
        page.path, page.depth = Page._get_path(place.path, place.depth + 1, number), place.depth + 1
        page.locale, page.content_type = place.locale, ContentType.objects.get_for_model(FichaPage)
        page.set_url_path(place)
    trunks = Page._base_manager.bulk_create([_trunk(writing.page) for writing in writings])
    Page._base_manager.filter(pk=place.pk).update(numchild=F("numchild") + len(trunks))
    for writing, trunk in zip(writings, trunks, strict=True):
        writing.page.pk = writing.page.id = trunk.pk
        # Raw: the row of the ficha's own table only, the page's being there already.
        writing.page.save_base(raw=True, force_insert=True)
        writing.content |= get_serializable_data_for_fields(writing.page)
        writing.changed = {}


def entidad_page(portal: PortalPage, codigo: str) -> EntidadPage:
    """The page the fichas of an entity hang from, made with its first."""
    page: EntidadPage | None = EntidadPage.objects.filter(entidad__codigo=codigo).first()
    if page is None:
        entidad = Entidad.objects.get(codigo=codigo)
        page = EntidadPage(title=entidad.corto, slug=entidad.codigo, entidad=entidad)
        portal.add_child(instance=page)
    return page


def _trunk(page: FichaPage) -> Page:
    return Page(
        **{f.attname: getattr(page, f.attname) for f in Page._meta.concrete_fields if not f.primary_key}
    )


def _write_rows(writings: Sequence[Writing]) -> None:
    pages = [writing.page.pk for writing in writings]
    for model in ROWS:
        model._default_manager.filter(page_id__in=pages).delete()
        made = []
        for writing in writings:
            for row, said in zip(writing.rows[model.ROWS], writing.content[model.ROWS], strict=True):
                row.pk, row.page_id = None, writing.page.pk
                made.append((row, said))
        model._default_manager.bulk_create([row for row, _said in made])
        for row, said in made:
            said["pk"], said["page"] = row.pk, row.page_id


def _write_links(writings: Sequence[Writing]) -> None:
    pages = [writing.page.pk for writing in writings]
    for name in _link_names():
        relation = FichaPage._meta.get_field(name)
        through: type[Model] = relation.remote_field.through
        column = relation.m2m_reverse_field_name()
        through._default_manager.filter(fichapage_id__in=pages).delete()
        through._default_manager.bulk_create(
            through(fichapage_id=writing.page.pk, **{f"{column}_id": pk})
            for writing in writings
            for pk in writing.links[name]
        )


def _write_revisions(writings: Sequence[Writing], by: User | None) -> dict[str, Revision]:
    now = timezone.now()
    kinds = ContentType.objects.get_for_models(FichaPage, Page)
    made = Revision.objects.bulk_create(
        Revision(
            content_type=kinds[FichaPage],
            base_content_type=kinds[Page],
            object_id=str(writing.page.pk),
            created_at=now,
            user=by,
            object_str=str(writing.page),
            content=writing.content,
        )
        for writing in writings
    )
    return {writing.ficha.codigo: revision for writing, revision in zip(writings, made, strict=True)}


def _make_live(writings: Sequence[Writing], revisions: dict[str, Revision], by: User | None) -> None:
    pages = [writing.page for writing in writings]
    _leave_no_plans(pages, by)
    now = timezone.now()
    for writing in writings:
        revision = revisions[writing.ficha.codigo]
        _update(writing, _as_live(writing.page, revision, now))
    _log("wagtail.publish", pages, revisions, by)


def _as_live(page: FichaPage, revision: Revision, now: datetime) -> dict[str, Any]:
    return {
        "live": True,
        "has_unpublished_changes": False,
        "last_published_at": now,
        "first_published_at": page.first_published_at or now,
        "latest_revision_id": revision.pk,
        "latest_revision_created_at": revision.created_at,
        "live_revision_id": revision.pk,
        "draft_title": page.title,
    }


def _update(writing: Writing, live: dict[str, Any]) -> None:
    """Only the columns that differ: what else somebody changed of the page meanwhile is left as it is."""
    own = {f.attname for f in FichaPage._meta.local_concrete_fields}
    values = writing.changed | live
    facts = {name: value for name, value in values.items() if name in own}
    if facts:
        FichaPage._default_manager.filter(pk=writing.page.pk).update(**facts)
    Page._default_manager.filter(pk=writing.page.pk).update(
        **{name: value for name, value in values.items() if name not in own}
    )
    for name, value in live.items():
        setattr(writing.page, name, value)


def take_down(codes: Iterable[str], *, by: User | None) -> list[FichaPage]:
    """Takes pages off, as unpublishing each would; inside a transaction. The trámite is withdrawn beside it."""
    pages = list(FichaPage.objects.filter(codigo__in=list(codes)))
    _leave_no_plans(pages, by)
    Page._default_manager.filter(pk__in=[page.pk for page in pages]).update(
        live=False, has_unpublished_changes=True, live_revision=None
    )
    for page in pages:
        page.live, page.has_unpublished_changes, page.live_revision = False, True, None
    _log("wagtail.unpublish", pages, {}, by)
    return pages


def _log(action: str, pages: Sequence[FichaPage], revisions: dict[str, Revision], by: User | None) -> None:
    """In the history of each page, as Wagtail writes it, but all at once."""
    kind, now, one = ContentType.objects.get_for_model(FichaPage), timezone.now(), uuid.uuid4()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            content_type=kind,
            label=page.title,
            action=action,
            timestamp=now,
            uuid=one,
            user=by,
            page=page,
            revision=revisions.get(page.codigo),
            content_changed=page.codigo in revisions,
        )
        for page in pages
    )


def _leave_no_plans(pages: Sequence[FichaPage], by: User | None) -> None:
    """What was scheduled, or in review, was about what stood there before. That somebody's plan is off is recorded."""
    codes = {str(page.pk): page.codigo for page in pages}
    ids = list(codes)
    scheduled = Revision.page_revisions.filter(object_id__in=ids).exclude(approved_go_live_at=None)
    for revision in list(scheduled.defer("content")):
        at = timezone.localtime(revision.approved_go_live_at).isoformat(timespec="seconds")
        record(
            "tramite.schedule_cancelled", codes[revision.object_id], by=by, page_revision=revision.pk, at=at
        )
    scheduled.update(approved_go_live_at=None)
    for state in WorkflowState.objects.active().filter(object_id__in=ids):
        state.cancel(user=by)


def refresh(pages: Iterable[FichaPage]) -> None:
    """Wagtail's list and references of what was written. They are derived: where that fails it is told and left."""
    written = list(pages)
    try:
        get_search_backend().add_bulk(FichaPage, written)
        for page in written:
            ReferenceIndex.create_or_update_for_object(page)
    except (
        Exception
    ):  # citizens read versions: an editor's list that lags must not look like a failed publication
        logger.exception("Pages were not indexed.", extra={"event": "page_index_failed"})
