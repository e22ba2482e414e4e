"""SQLite makes a table anew to give it columns, and forgets its triggers: lay the scales' again."""

from importlib import import_module

from django.db import migrations

published = import_module("survey.questionnaires.migrations.0002_vendor_published_never_changes")
GUARD = next(guard for guard in published.GUARDS if guard.table == "questionnaires_scale")


def lay_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        statement = published.SQLITE.format(
            name=GUARD.name,
            table=GUARD.table,
            event=GUARD.event,
            condition=GUARD.condition.replace("IS DISTINCT FROM", "IS NOT"),
            error=published.ERROR,
        )
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {GUARD.name}")
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0003_scale_relations")]

    operations = [migrations.RunPython(lay_guard, migrations.RunPython.noop)]
