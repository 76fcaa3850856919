from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("packages", "0003_what_was_left_out_by_name")]

    operations = [
        migrations.AddField(
            model_name="paquete", name="respuestas", field=models.JSONField(blank=True, default=dict)
        ),
        migrations.AddField(
            model_name="paquete", name="avisos", field=models.JSONField(blank=True, default=dict)
        ),
    ]
