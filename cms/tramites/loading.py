"""Loads the seed: directory, fichas, Quechua. Idempotent: what is already so is left alone."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F
from wagtail.models import Page, Site

from cms.tramites import applying
from cms.tramites.conversion import ficha_of_page
from cms.tramites.models import Estado, FichaPage, Palabra, PortalPage, Tramite, Uit, Version
from cms.tramites.operations import publish_ficha, save_translations
from cms.tramites.rights import grant_rights
from cms.tramites.schema import Ficha, Oficina
from cms.tramites.seed import read_fichas

logger = logging.getLogger(__name__)

NOTE = "Primera carga"


def load_fichas(folder: Path, say: Callable[[str], None]) -> tuple[int, int]:
    """Returns (fichas in the seed, fichas written). A ficha an editor has touched since is left as it is."""
    fichas = list(_with_services(read_fichas(folder), folder))
    portal_page()
    written: list[FichaPage] = []
    for number, ficha in enumerate(fichas, 1):
        written += _load_ficha(ficha)
        if number % 50 == 0:
            say(f"fichas: {number} of {len(fichas)}")
    applying.refresh(written)
    return len(fichas), len(written)


@transaction.atomic
def load_uit(file: Path) -> int:
    """Returns how many years the file holds; a year already on record is left as it is."""
    rows = _read_yaml(file) or []
    for row in rows:
        values = {name: row[name] for name in ("monto", "norma", "fuente")}
        Uit.objects.get_or_create(anio=row["anio"], defaults=values)
    return len(rows)


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
def _load_ficha(ficha: Ficha) -> list[FichaPage]:
    """The page that was written, if one was."""
    if Tramite.objects.filter(codigo=ficha.codigo, estado=Estado.RETIRADO).exists():
        return []
    # The page is locked before the trámite, as everywhere (see `locking`): translations lock that below.
    page = FichaPage.objects.select_for_update().filter(codigo=ficha.codigo).first()
    _load_quechua(ficha)
    if page is not None and (_touched(page) or ficha_of_page(page) == ficha.model_copy(update={"qu": {}})):
        return []
    writings = applying.prepare([ficha], lambda _codigo, accepted: accepted)
    applying.write(writings, by=None)
    publish_ficha(ficha, by=None, note=NOTE, seed=True)
    return [writing.page for writing in writings]


def _touched(page: FichaPage) -> bool:
    """Whether people have worked on it since it was loaded; their accounts may be gone, what they decided is not."""
    if page.latest_revision_id != page.live_revision_id:
        return True
    versions = Version.objects.filter(tramite__codigo=page.codigo, semilla=False)
    return any(_decided(nota, cambios) for nota, cambios in versions.values_list("nota", "cambios"))


def _decided(nota: str, cambios: list[str]) -> bool:
    """Whether a version is somebody's decision about the ficha, and not its Quechua only."""
    return bool(nota) or any(not part.startswith("qu.") for part in cambios)


def _load_quechua(ficha: Ficha) -> None:
    standing = Palabra.objects.filter(codigo=ficha.codigo, locale="qu")
    edited = set(standing.exclude(edicion=F("edicion_semilla")).values_list("clave", flat=True))
    words = {key: word for key, word in ficha.qu.items() if key not in edited}
    unchanged = {
        row.clave
        for row in standing.filter(clave__in=words)
        if (row.texto, row.sello) == (words[row.clave].texto, words[row.clave].sello)
    }
    fresh = {key: word for key, word in words.items() if key not in unchanged}
    if fresh:
        save_translations(ficha.codigo, fresh, by=None, variety=ficha.variedad, spanish=ficha.es, seed=True)


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
