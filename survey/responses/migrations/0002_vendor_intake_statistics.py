"""Keep PostgreSQL from sampling boxes into pg_stats, where a sample would outlive its row."""

from django.db import migrations


def keep_no_samples(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for column in ("id", "wave_id", "box"):
            schema_editor.execute(
                f"ALTER TABLE responses_intake ALTER COLUMN {column} SET STATISTICS 0"
            )


class Migration(migrations.Migration):
    dependencies = [("responses", "0001_initial")]

    operations = [migrations.RunPython(keep_no_samples, migrations.RunPython.noop)]
