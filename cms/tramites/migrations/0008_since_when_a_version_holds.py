"""The day a version took force, and the version it takes back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tramites", "0007_mark_what_a_release_loaded")]

    operations = [
        migrations.AddField("version", "deshace", models.PositiveIntegerField(editable=False, null=True)),
        migrations.AddField("version", "rige", models.DateField(editable=False, null=True)),
    ]
