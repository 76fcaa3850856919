from django.db import migrations, models

from cms.conversations import sealing


def seal_what_is_kept(apps, schema_editor):
    """What was kept as it was written is sealed; without a key it is not kept any more."""
    originals = apps.get_model("conversations", "Original").objects
    if not sealing.is_possible():
        originals.all().delete()
        return
    for original in originals.iterator():
        originals.filter(pk=original.pk).update(sealed=sealing.seal(original.sealed))


def open_what_is_kept(apps, schema_editor):
    originals = apps.get_model("conversations", "Original").objects
    for original in originals.iterator():
        text = sealing.opened(original.sealed)
        if text is None:
            original.delete()
        else:
            originals.filter(pk=original.pk).update(sealed=text)


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_uptime")]

    operations = [
        migrations.RenameField("original", "text", "sealed"),
        migrations.AlterField("original", "sealed", models.TextField(verbose_name="texto cerrado con llave")),
        migrations.RunPython(seal_what_is_kept, open_what_is_kept),
    ]
