"""The columns a package leaves out by name, and the doubts taken out of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("packages", "0002_what_was_sent_is_published")]

    operations = [
        migrations.AddField("paquete", "columnas", models.JSONField(blank=True, default=dict)),
        migrations.AddField("partida", "sin_duda", models.JSONField(blank=True, default=list)),
    ]
