"""A trigger: nobody lowers the threshold of a wave. The same error on PostgreSQL and SQLite."""

from django.db import migrations

NAME = "wave_threshold_only_rises"

POSTGRESQL = f"""
CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {NAME} AFTER UPDATE OF threshold ON campaigns_wave
FOR EACH ROW WHEN (NEW.threshold < OLD.threshold) EXECUTE FUNCTION {NAME}();
"""
SQLITE = f"""
CREATE TRIGGER {NAME} AFTER UPDATE OF threshold ON campaigns_wave
FOR EACH ROW WHEN NEW.threshold < OLD.threshold
BEGIN
    SELECT RAISE(ABORT, '{NAME}');
END
"""


def lay_guard(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(POSTGRESQL if is_postgresql else SQLITE, params=None)


def lift_guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {NAME} ON campaigns_wave")
        schema_editor.execute(f"DROP FUNCTION {NAME}()")
    else:
        schema_editor.execute(f"DROP TRIGGER {NAME}")


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0017_keys_missing")]

    operations = [migrations.RunPython(lay_guard, lift_guard)]
