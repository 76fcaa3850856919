"""Marks what a release loaded; of what stands already, that which no person is on record for in the audit."""

from typing import Any

from django.db import migrations, models


def mark(apps: Any, schema_editor: Any) -> None:
    entry = apps.get_model("audit", "Entry").objects
    _mark_versions(apps.get_model("tramites", "Version").objects, entry)
    _mark_sentences(apps.get_model("tramites", "Palabra").objects, entry)


def _mark_versions(versions: Any, entry: Any) -> None:
    published = entry.filter(what="tramite.published").exclude(by_name="")
    by_people = {
        (code, detail.get("revision")) for code, detail in published.values_list("subject", "detail")
    }
    loaded = versions.filter(nota="Primera carga", by=None).values_list("pk", "tramite__codigo", "numero")
    seeds = [pk for pk, code, number in loaded if (code, number) not in by_people]
    for start in range(0, len(seeds), 500):
        versions.filter(pk__in=seeds[start : start + 500]).update(semilla=True)


def _mark_sentences(sentences: Any, entry: Any) -> None:
    handled = entry.filter(what__startswith="translation.").values_list("subject", "detail")
    by_people = {(code, detail.get("clave")) for code, detail in handled}
    loaded = sentences.filter(by=None, revisor=None).values_list("pk", "codigo", "clave")
    seeds = [pk for pk, code, key in loaded if (code, key) not in by_people]
    for start in range(0, len(seeds), 500):
        sentences.filter(pk__in=seeds[start : start + 500]).update(edicion_semilla=models.F("edicion"))


class Migration(migrations.Migration):
    dependencies = [("tramites", "0006_what_each_step_said_yes_to"), ("audit", "0001_initial")]

    operations = [
        migrations.AddField(
            "palabra", "edicion_semilla", models.PositiveIntegerField(default=0, editable=False)
        ),
        migrations.AddField("version", "semilla", models.BooleanField(default=False, editable=False)),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
