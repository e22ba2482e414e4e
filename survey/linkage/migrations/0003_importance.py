from typing import Any

from django.db import migrations, models


def forget_studies(apps: Any, schema_editor: Any) -> None:
    """Drop studies that rank no themes; the next run computes them from the releases."""
    apps.get_model("linkage", "Study").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ("linkage", "0002_over_time"),
    ]

    operations = [
        migrations.AddField(
            model_name="study",
            name="importance",
            field=models.JSONField(default=list),
        ),
        migrations.RunPython(forget_studies, migrations.RunPython.noop),
    ]
