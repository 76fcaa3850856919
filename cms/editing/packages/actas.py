"""The acta of a package: one page that can be found years later and says what was changed, by what norm and by whom.

It holds words, not references: names, norms and figures as they were that day, whatever becomes of the rows.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from cms.audit.models import Entry
from cms.editing.comparing import compare
from cms.editing.packages.models import Acta, Paquete, Partida
from cms.editing.packages.results import Result, answered, left_out
from cms.tramites.digests import json_digest

Told = dict[str, Any]

IN_FORCE = "package.in_force"
CLOCK = "el reloj"
STEPS = {
    "package.created": "Creó el paquete",
    "package.edited": "Cambió los datos del paquete",
    "package.resolution": "Adjuntó la resolución",
    "package.sheet": "Subió la hoja",
    "package.left_out": "Dejó sin leer columnas de la hoja",
    "package.answered": "Dijo lo que la hoja no dice",
    "package.filled": "Puso fichas en el paquete",
    "package.compared": "Comparó de nuevo",
    "package.doubt_cleared": "Quitó una duda",
    "package.removed": "Quitó fichas del paquete",
    "package.accepted": "Aceptó avisos",
    "package.submitted": "Lo envió para aprobación",
    "package.approved": "Lo aprobó",
    "package.rejected": "Lo rechazó",
    "package.stopped": "Se detuvo",
    "package.reopened": "Lo volvió a abrir",
    IN_FORCE: "Entró en vigor",
    "package.undone": "Lo deshizo",
    "package.looked_again": "Lo miró otra persona",
}


def changes(found: Iterable[Result]) -> list[Told]:
    """What each touched ficha changes, in words, by its code; worked out before any lock is taken."""
    return [_told(result) for result in found if result.touches]


def _told(result: Result) -> Told:
    item = result.item
    return {
        "codigo": item.codigo,
        "nombre": item.nombre,
        "accion": item.accion,
        "motivo": item.motivo,
        "reemplazo": item.reemplazo,
        "cambios": [
            {"campo": d.campo, "antes": d.antes, "despues": d.despues, "kind": d.kind}
            for d in (compare(result.before, result.after) if result.after else [])
        ],
        "avisos": sorted((a["por"], _accepted(a)) for a in item.avisos.values()),
    }


def _accepted(notice: Told) -> str:
    """What was accepted, in its own words, and why."""
    text = notice.get("mensaje", "")
    return f"«{text}» Motivo: {notice['porque']}" if text else str(notice["porque"])


def write(package: Paquete, items: Sequence[Partida], told: list[Told]) -> Acta:
    """Of a package that takes force, inside its transaction; `items` know the versions before and after."""
    numbers = {
        item.codigo: {
            "version_antes": item.antes.numero if item.antes else None,
            "version_despues": item.despues.numero if item.despues else None,
        }
        for item in items
    }
    fichas = [ficha | numbers[ficha["codigo"]] for ficha in told]
    return _kept(package, Acta.Tipo.VIGENCIA, {**_head(package), "fichas": fichas})


def write_undone(package: Paquete) -> Acta:
    """Of a package that is undone: the same fichas, each back to what it was."""
    first = package.actas.get(tipo=Acta.Tipo.VIGENCIA)
    fichas = [
        {name: ficha[name] for name in ("codigo", "nombre", "accion", "version_antes", "version_despues")}
        for ficha in first.contenido["fichas"]
    ]
    content = {**_head(package), "motivo": package.porque, "acta_primera": first.sello, "fichas": fichas}
    return _kept(package, Acta.Tipo.DESHECHO, content)


def _kept(package: Paquete, kind: str, content: Told) -> Acta:
    plain = json.loads(json.dumps(content))
    return Acta.objects.create(paquete=package, tipo=kind, contenido=plain, sello=json_digest(plain))


def _head(package: Paquete) -> Told:
    return {
        "paquete": package.pk,
        "titulo": package.titulo,
        "entidad": {"codigo": package.entidad.codigo, "nombre": package.entidad.nombre},
        "norma": package.norma,
        "norma_fecha": package.norma_fecha.isoformat() if package.norma_fecha else None,
        "nota": package.nota,
        "origen": package.get_origen_display(),
        "resolucion": [package.resolucion_nombre, package.resolucion_sello],
        "hoja": [package.hoja_nombre, package.hoja_sello],
        "columnas_sin_leer": left_out(package),
        "propuesto": {"por": _name(package.enviado_por), "at": _moment(package.enviado_at)},
        "aprobado": {"por": _name(package.aprobado_por), "at": _moment(package.aprobado_at)},
        "respuestas": answered(package),
        "avisos_de_la_hoja": sorted((a["por"], _accepted(a)) for a in package.avisos.values()),
        "en_vigor_at": _moment(package.en_vigor_at),
        "rige_at": _moment(package.rige_at),
        "vigente_at": _moment(package.vigente_at),
        "deshecho_at": _moment(package.deshecho_at),
        "sello": package.sello,
        "pasos": steps(package),
    }


def _who(entry: Entry) -> str:
    # Entries of before named whoever had approved it.
    return CLOCK if entry.what == IN_FORCE else entry.by_name or "el sistema"


def _name(person: AbstractBaseUser | None) -> str:
    return person.get_username() if person else ""


def _moment(at: datetime | None) -> str | None:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def steps(package: Paquete) -> list[dict[str, str]]:
    """Who did what, when and why, from the first to the last, as the audit has it."""
    entries = Entry.objects.filter(subject=package.subject, what__in=STEPS).order_by("id")
    return [
        {
            "que": STEPS[entry.what],
            "por": _who(entry),
            "at": _moment(entry.at) or "",
            "porque": entry.why,
        }
        for entry in entries
    ]
