from typing import Any

from django.db import migrations, models


def forget_studies(apps: Any, schema_editor: Any) -> None:
    """Drop studies without the numbers over time; the next run computes them from the releases."""
    apps.get_model("linkage", "Study").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("linkage", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="study",
            name="families",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="study",
            name="n_waves",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="study",
            name="self_check",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(forget_studies, migrations.RunPython.noop),
    ]
