"""Loads the seed: directory, fichas, Quechua. Idempotent: what is already so is left alone."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.directory.models import Entidad
from cms.tramites.conversion import ficha_of_page, write_ficha
from cms.tramites.models import EntidadPage, Estado, FichaPage, Palabra, PortalPage, Tramite
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.rights import grant_rights
from cms.tramites.schema import Ficha, Oficina
from cms.tramites.seed import read_fichas

logger = logging.getLogger(__name__)

NOTE = "Primera carga"


def load_fichas(folder: Path, say: Callable[[str], None]) -> tuple[int, int]:
    """Returns (fichas in the seed, fichas written). A ficha an editor has touched since is left as it is."""
    fichas = list(_with_services(read_fichas(folder), folder))
    portal = portal_page()
    written = 0
    # Wagtail would index each page's references three times while it is made; once, at the end, is enough.
    with disable_reference_index_auto_update():
        for number, ficha in enumerate(fichas, 1):
            written += _load_ficha(portal, ficha)
            if number % 50 == 0:
                say(f"fichas: {number} of {len(fichas)}")
    return len(fichas), written


@transaction.atomic
def portal_page() -> PortalPage:
    """The root of the tree, made at the first call in place of Wagtail's welcome page."""
    portal: PortalPage | None = PortalPage.objects.first()
    if portal is None:
        Page.objects.filter(depth=2).delete()
        root = Page.objects.get(depth=1)
        portal = PortalPage(title="Trámites", slug="portal")
        root.add_child(instance=portal)
        Site.objects.update_or_create(
            is_default_site=True, defaults={"hostname": "localhost", "root_page": portal, "site_name": "MAC"}
        )
    grant_rights(portal)
    return portal


@transaction.atomic
def _load_ficha(portal: PortalPage, ficha: Ficha) -> bool:
    if Tramite.objects.filter(codigo=ficha.codigo, estado=Estado.RETIRADO).exists():
        return False
    page = FichaPage.objects.filter(codigo=ficha.codigo).first()
    _load_quechua(ficha)
    if page is not None and (_touched(page) or ficha_of_page(page) == ficha.model_copy(update={"qu": {}})):
        return False
    _write_page(portal, page or FichaPage(), ficha)
    publish_ficha(ficha, by=None, note=NOTE)
    return True


def _touched(page: FichaPage) -> bool:
    """Whether a person has worked on it since it was loaded."""
    return bool(page.revisions.exclude(user=None).exists())


def _write_page(portal: PortalPage, page: FichaPage, ficha: Ficha) -> None:
    """Saves the page as live with one revision, as publishing it in the editor would, in a third of the time."""
    now = timezone.now()
    write_ficha(page, ficha)
    page.live, page.last_published_at = True, now
    page.first_published_at = page.first_published_at or now
    if page.pk is None:
        entidad_page(portal, ficha.hechos.entidad).add_child(instance=page)
    else:
        page.save()
    revision = page.save_revision(log_action=False)
    FichaPage.objects.filter(pk=page.pk).update(live_revision=revision, has_unpublished_changes=False)
    ReferenceIndex.create_or_update_for_object(page)


def _load_quechua(ficha: Ficha) -> None:
    known = {row.clave for row in Palabra.objects.filter(codigo=ficha.codigo, by=None)}
    edited = set(Palabra.objects.filter(codigo=ficha.codigo).exclude(by=None).values_list("clave", flat=True))
    words = {key: word for key, word in ficha.qu.items() if key not in edited}
    unchanged = {
        row.clave
        for row in Palabra.objects.filter(codigo=ficha.codigo, clave__in=known)
        if row.clave in words and (row.texto, row.sello) == (words[row.clave].texto, words[row.clave].sello)
    }
    fresh = {key: word for key, word in words.items() if key not in unchanged}
    if fresh:
        save_translations(ficha.codigo, fresh, by=None, variety=ficha.variedad)


def entidad_page(portal: PortalPage, codigo: str) -> EntidadPage:
    page: EntidadPage | None = EntidadPage.objects.filter(entidad__codigo=codigo).first()
    if page is None:
        entidad = Entidad.objects.get(codigo=codigo)
        page = EntidadPage(title=entidad.corto, slug=entidad.codigo, entidad=entidad)
        portal.add_child(instance=page)
    return page


def _with_services(fichas: Iterable[Ficha], folder: Path) -> Iterable[Ficha]:
    """Adds to the 52 the rows of the 2023 list that are the same tramite, with the offices named there."""
    rows: dict[str, list[int]] = _read_yaml(folder / "es" / "basicas" / "correspondencias.yml") or {}
    listed = {int(row["fila"]): row for row in _read_yaml(folder / "servicios_2023.yaml") or []}
    names: dict[str, list[str]] = _read_yaml(folder / "qu" / "alias.yaml") or {}
    for ficha in fichas:
        offices = [_office(listed[number]) for number in rows.get(ficha.codigo, []) if number in listed]
        yield _completed(ficha, rows.get(ficha.codigo, []), offices, names.get(ficha.codigo, []))


def _read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else None


def _office(row: dict[str, Any]) -> Oficina:
    return Oficina(entidad=row["entidad"], unidad=row.get("unidad") or "")


def _completed(ficha: Ficha, rows: list[int], offices: list[Oficina], names: list[str]) -> Ficha:
    facts = ficha.hechos
    known = {office.entidad for office in facts.oficinas}
    added = {office.entidad: office for office in offices if office.entidad not in known}
    update = {
        "servicios_2023": sorted({*facts.servicios_2023, *rows}),
        "oficinas": [*facts.oficinas, *added.values()],
        "alias": facts.alias.model_copy(update={"qu": [*facts.alias.qu, *names]}),
    }
    return ficha.model_copy(update={"hechos": facts.model_copy(update=update)})
