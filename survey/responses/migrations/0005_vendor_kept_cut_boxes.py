"""Add boxes of cut values that wait for their month; PostgreSQL samples nothing of them."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


def keep_no_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in ("id", "wave_id", "box"):
            schema_editor.execute(
                f"ALTER TABLE responses_cutbox ALTER COLUMN {column} SET STATISTICS 0"
            )


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0020_levels_of_contacts"),
        ("responses", "0004_return_digests"),
    ]

    operations = [
        migrations.CreateModel(
            name="CutBox",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("box", models.BinaryField()),
                (
                    "wave",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cut_boxes",
                        to="campaigns.wave",
                    ),
                ),
            ],
        ),
        migrations.RunPython(keep_no_samples, migrations.RunPython.noop),
    ]
