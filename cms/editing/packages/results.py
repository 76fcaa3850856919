"""What each item of a package would make public: its proposal with the norm behind what it changes."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cms.directory.hours import LIMA
from cms.editing.packages.evidence import source_of, with_evidence
from cms.editing.packages.models import Paquete, Partida
from cms.editing.proposals import Accion
from cms.editing.sheets.answers import Others
from cms.editing.sheets.columns import IGNORED
from cms.tramites.queries import ficha_of
from cms.tramites.schema import Evidencia, Ficha

BECOMES = {Others.STAY: "quedan como están", Others.END: "ya no existen: se quitan"}


@dataclass(frozen=True, slots=True)
class Result:
    """`before` is what the proposal was compared with; `after` is None for what is withdrawn."""

    item: Partida
    before: Ficha | None
    after: Ficha | None

    @property
    def touches(self) -> bool:
        return self.item.accion != Accion.IGUAL


def results(package: Paquete) -> list[Result]:
    """In the order of the package; once it is sent, exactly what was sent, whatever code reads it one day."""
    source = source_of(package.norma, package.norma_fecha, day_read(package))
    return [_result(item, source) for item in package.partidas.select_related("base")]


def day_read(package: Paquete) -> date:
    """The day the norm was read: when the package was sent, and until then today, in Lima."""
    at: datetime = package.enviado_at or timezone.now()
    return at.astimezone(LIMA).date()


def _result(item: Partida, source: Evidencia) -> Result:
    before = ficha_of(item.base) if item.base else None
    if item.resultado is not None:
        return Result(item, before, Ficha.model_validate(item.resultado))
    if item.payload is None:
        return Result(item, before, None)
    proposed = Ficha.model_validate(item.payload)
    if item.accion == Accion.IGUAL:
        return Result(item, before, proposed)
    return Result(item, before, with_evidence(before, proposed, source, item.origen))


def digest(package: Paquete, found: Iterable[Result]) -> str:
    """Of all that is approved: norm, date, note, papers, every ficha as it would be, what it was compared with, and warnings accepted."""
    whole: dict[str, Any] = {
        "paquete": package.pk,
        "titulo": package.titulo,
        "norma": [package.norma, package.norma_fecha, package.resolucion_sello],
        "nota": package.nota,
        "en_vigor_at": package.en_vigor_at,
        "hoja": package.hoja_sello,
        "fichas": [_said(result) for result in found],
    }
    if left := left_out(package):
        whole["columnas_sin_leer"] = left
    if package.respuestas:
        whole["respuestas"] = package.respuestas
    if package.avisos:
        whole["avisos_de_la_hoja"] = package.avisos
    return hashlib.sha256(json.dumps(whole, sort_keys=True, default=_plain).encode()).hexdigest()


def left_out(package: Paquete) -> list[dict[str, Any]]:
    """The filled columns of its sheet that are not read, and who said so, by name."""
    return [
        {"columna": name, "celdas": said["celdas"], "por": said["por"], "at": said["at"]}
        for name, said in sorted(package.columnas.items())
        if said["columna"] in IGNORED and said["celdas"]
    ]


def answered(package: Paquete) -> list[str]:
    """What was said of what the sheet leaves open, in words."""
    said = package.respuestas
    what = (("pagos", "Los pagos que la hoja no dice"), ("plazos", "Los plazos que la hoja no dice"))
    lines = [f"{label} {BECOMES[Others(said[name])]}" for name, label in what if said.get(name)]
    return lines + [
        f"La ficha nueva {code} se llama «{name}»" for code, name in said.get("nombres", {}).items()
    ]


def _plain(value: Any) -> str:
    """Moments in one zone, whatever the database gives them back in."""
    return value.astimezone(LIMA).isoformat() if isinstance(value, datetime) else str(value)


def as_kept(result: Result) -> dict[str, Any] | None:
    """What would be public of it as JSON, without Quechua: what was kept when the package was sent, or else as of now."""
    if result.item.resultado is not None:
        kept: dict[str, Any] = result.item.resultado
        return kept
    return result.after.model_dump(mode="json", exclude={"qu"}) if result.after else None


def _said(result: Result) -> list[Any]:
    item, after = result.item, as_kept(result)
    base = [item.base_id, item.base_sello, item.base_revision, item.base_revision_sello]
    return [item.codigo, item.accion, after, item.motivo, item.reemplazo, base, item.avisos]
