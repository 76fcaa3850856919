"""Reads the seed fichas of `content/fichas`: Spanish with the facts, Quechua beside it.

`es/<codigo>.yaml` holds one ficha (`hechos`, `palabras`); `es/basicas/<entidad>.yaml` a list of them.
`qu/<codigo>.yaml` holds `variedad`, `palabras` (key -> sentence) and `sellos` (key -> digest of the
Spanish it translates; a sentence whose digest is missing or old is stale, never silently current).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from cms.tramites.schema import Ficha


class SeedError(Exception):
    """A seed file that does not hold a valid ficha; the message names the file and what to mend."""


UNSEALED = "0" * 12  # the digest of no sentence


def read_fichas(folder: Path) -> Iterator[Ficha]:
    """Yields every ficha of `folder` (the one holding `es` and `qu`), sorted by file name.

    Raises SeedError for a file that is no ficha and for a code that appears twice.
    """
    seen: dict[str, Path] = {}
    for path in sorted((folder / "es").rglob("*.yaml")):
        loaded = _load(path)
        for raw in loaded if isinstance(loaded, list) else [loaded]:
            ficha = _ficha(raw, path, folder / "qu")
            if ficha.codigo in seen:
                raise SeedError(f"{path}: {ficha.codigo} is already in {seen[ficha.codigo]}")
            seen[ficha.codigo] = path
            yield ficha


def _load(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise SeedError(f"{path}: not YAML: {error}") from error


def _ficha(raw: dict[str, Any], path: Path, quechua_folder: Path) -> Ficha:
    codigo = str(raw.get("hechos", {}).get("codigo", ""))
    translated = quechua_folder / f"{codigo}.yaml"
    try:
        return Ficha.model_validate(
            {
                "hechos": raw["hechos"],
                "es": raw["palabras"],
                **(_quechua(_load(translated)) if translated.exists() else {}),
            }
        )
    except (KeyError, ValidationError) as error:
        raise SeedError(f"{path} ({codigo}): {error}") from error


def _quechua(raw: dict[str, Any]) -> dict[str, Any]:
    seals = raw.get("sellos", {})
    words = {
        key: {"texto": text, "sello": seals.get(key, UNSEALED), "estado": raw.get("estado", "traducido")}
        for key, text in raw["palabras"].items()
    }
    return {"qu": words, "variedad": raw.get("variedad", "quy")}
