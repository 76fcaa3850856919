"""Loads entities, subjects, places and holidays from `content/directorio`: those that are not there yet.

After the first load the database owns them; what an editor has changed is never set back.
"""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from cms.directory.models import Entidad, Feriado, Sede, Tema, Tramo
from cms.directory.queries import ALO_MAC


@transaction.atomic
def load_directory(folder: Path) -> dict[str, int]:
    """Returns how many of each kind the files hold."""
    entidades, temas, sedes, feriados = (
        _read(folder / f"{name}.yaml") for name in ("entidades", "temas", "sedes", "feriados")
    )
    for raw in entidades:
        _keep(
            Entidad, raw["id"], nombre=raw["nombre"], **_only(raw, "sigla", "tipo", "nivel", "alias", "nota")
        )
    for order, raw in enumerate(temas):
        _keep(Tema, raw["id"], es=raw["es"], qu=raw["qu"], orden=order)
    for raw in sedes:
        _load_sede(raw)
    for raw in feriados:
        Feriado.objects.get_or_create(fecha=raw["fecha"], defaults=_only(raw, "nombre", "nombre_qu", "norma"))
    _load_alo_mac(_read(folder / "alo_mac.yaml"))
    return {"entidades": len(entidades), "temas": len(temas), "sedes": len(sedes), "feriados": len(feriados)}


def _read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _only(raw: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: raw.get(name) or ([] if name == "alias" else "") for name in names}


def _keep(model: type[Entidad] | type[Tema], codigo: str, **values: Any) -> None:
    model._default_manager.get_or_create(codigo=codigo, defaults=values)


def _load_sede(raw: dict[str, Any]) -> None:
    hours = raw.get("horario")
    sede, created = Sede.objects.get_or_create(
        codigo=raw["id"],
        defaults={
            "nombre": raw["nombre"],
            "es_centro": "centro" in raw["tipos"],
            "es_express": "express" in raw["tipos"],
            "modalidad": raw["modalidad"],
            "estado": raw["estado"],
            "region": raw.get("region"),
            "distrito": raw.get("distrito"),
            "inicio": raw.get("inicio"),
            "confirmado": str(raw.get("confirmado") or ""),
            "horario_conocido": hours is not None,
            **_only(raw, "fuente", "nota"),
        },
    )
    if created:
        _write_hours(sede, hours or [])


def _load_alo_mac(raw: dict[str, Any]) -> None:
    sede = Sede.objects.get(modalidad=ALO_MAC)
    if sede.horario_conocido:
        return
    sede.horario_conocido = True
    sede.save(update_fields=["horario_conocido"])
    _write_hours(sede, raw["horario"])


def _write_hours(sede: Sede, rows: list[dict[str, Any]]) -> None:
    Tramo.objects.bulk_create([Tramo(sede=sede, **row) for row in rows])
