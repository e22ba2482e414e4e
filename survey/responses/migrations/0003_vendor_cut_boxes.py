"""Add the second box, for declared cuts; PostgreSQL samples nothing of it into pg_stats."""

from django.db import migrations, models


def keep_no_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE responses_intake ALTER COLUMN cut_box SET STATISTICS 0")


class Migration(migrations.Migration):
    dependencies = [("responses", "0002_vendor_intake_statistics")]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="cut_box",
            field=models.BinaryField(blank=True, null=True),
        ),
        migrations.RunPython(keep_no_samples, migrations.RunPython.noop),
    ]
