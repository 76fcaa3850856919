"""Candidates as an editor looks at them: those most have written first."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, QuerySet

from cms.editing.learning.models import Candidato, Motivo, Vez
from cms.tramites.models import Tramite


@dataclass(frozen=True, slots=True)
class Chosen:
    """A ficha that was chosen, or answered, after the text; `veces` conversations."""

    codigo: str
    nombre: str
    aspecto: str
    elegido: bool
    veces: int


def candidates(*, idioma: str = "", motivo: str = "") -> QuerySet[Candidato]:
    """Those nobody has decided, with `veces` and `ultima`."""
    found = Candidato.objects.filter(estado=Candidato.Estado.PENDIENTE)
    if idioma:
        found = found.filter(idioma=idioma)
    if motivo:
        found = found.filter(Exists(Vez.objects.filter(candidato=OuterRef("pk"), motivo=motivo)))
    counted = found.annotate(veces=Count("vistas"), ultima=Max("vistas__at")).filter(veces__gt=0)
    return counted.order_by("-veces", "-ultima", "pk")


def reasons(ids: list[int]) -> dict[int, list[str]]:
    """Why each of these is a candidate, in words, the most frequent first."""
    rows = Vez.objects.filter(candidato__in=ids).order_by()
    counted = rows.values_list("candidato", "motivo").annotate(veces=Count("pk"))
    found: dict[int, list[str]] = {}
    for pk, motivo, veces in sorted(counted, key=lambda row: -row[2]):
        found.setdefault(pk, []).append(f"{Motivo(motivo).label}: {veces}")
    return found


def chosen_after(ids: list[int]) -> dict[int, list[Chosen]]:
    """What was chosen or answered after each of these, what citizens confirmed first."""
    rows = Vez.objects.filter(candidato__in=ids).exclude(codigo="").order_by()
    counted = list(rows.values_list("candidato", "codigo", "aspecto", "elegido").annotate(veces=Count("pk")))
    names = dict(
        Tramite.objects.public()
        .filter(codigo__in={row[1] for row in counted})
        .values_list("codigo", "nombre")
    )
    found: dict[int, list[Chosen]] = {}
    for pk, codigo, aspecto, elegido, veces in sorted(counted, key=lambda row: (not row[3], -row[4])):
        if codigo in names:
            found.setdefault(pk, []).append(Chosen(codigo, names[codigo], aspecto, elegido, veces))
    return found


def refusal() -> str:
    """Why the newest model is not in use, where one was trained and refused on this machine."""
    try:
        told = json.loads((Path(settings.DATA_DIR) / "models" / "refused.json").read_text(encoding="utf-8"))
        return str(told["why"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
