"""Gives each Quechua sentence the Spanish it translates, from the newest version that has it."""

import hashlib
from typing import Any

from django.db import migrations


def _seal(spanish: str) -> str:
    return hashlib.sha256(" ".join(spanish.split()).encode()).hexdigest()[:12]


def fill(apps: Any, schema_editor: Any) -> None:
    palabra, version = apps.get_model("tramites", "Palabra"), apps.get_model("tramites", "Version")
    waiting = palabra.objects.filter(castellano="").exclude(sello="")
    for codigo in waiting.values_list("codigo", flat=True).distinct():
        known: dict[tuple[str, str], str] = {}
        for payload in version.objects.filter(tramite__codigo=codigo).values_list("payload", flat=True):
            for key, text in payload["es"].items():
                known.setdefault((key, _seal(text)), text)
        for row in waiting.filter(codigo=codigo):
            if text := known.get((row.clave, row.sello)):
                palabra.objects.filter(pk=row.pk).update(castellano=text)


class Migration(migrations.Migration):
    dependencies = [("tramites", "0002_translations_by_what_they_translate")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
