"""Ten real fichas of six entities: enough content for every test, and loaded in seconds."""

import shutil
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "content" / "fichas"
SMALL_SEED = (
    "reniec-dni-duplicado",
    "reniec-dni-renovacion",
    "reniec-acta-nacimiento",
    "mininter-antecedentes-policiales",
    "pj-antecedentes-penales",
    "inpe-antecedentes-judiciales",
    "migraciones-pasaporte",
    "sis-gratuito",
    "sunarp-vigencia-poder",
    "osce-rnp",
)


def lay(folder: Path) -> Path:
    """Copies them to `folder`/fichas, and gives that back: a content folder as the loading reads one."""
    fichas = folder / "fichas"
    for language in ("es", "qu"):
        (fichas / language).mkdir(parents=True)
        for codigo in SMALL_SEED:
            if (SOURCE / language / f"{codigo}.yaml").exists():
                shutil.copy(SOURCE / language / f"{codigo}.yaml", fichas / language)
    shutil.copy(SOURCE / "qu" / "alias.yaml", fichas / "qu")
    return fichas
