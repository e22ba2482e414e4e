"""Triggers: what stands in the access log stays as it is. The same error on both databases.

Nothing is ever changed. A row may be deleted once it is two years old, which is how long the log
is kept; the database looks at its own clock, so nobody can make it forget sooner.
"""

from django.db import migrations

NAME = "access_log_only_grows"
TABLE = "accounts_accessentry"

POSTGRESQL = [
    f"""
    CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'UPDATE' OR OLD.at > now() - interval '730 days' THEN
            RAISE EXCEPTION '{NAME}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END $$
    """,
    f"""
    CREATE TRIGGER {NAME} BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {NAME}()
    """,
]
POSTGRESQL_BACK = [f"DROP TRIGGER {NAME} ON {TABLE}", f"DROP FUNCTION {NAME}()"]
SQLITE = [
    f"""
    CREATE TRIGGER {NAME}_update BEFORE UPDATE ON {TABLE}
    BEGIN
        SELECT RAISE(ABORT, '{NAME}');
    END
    """,
    f"""
    CREATE TRIGGER {NAME}_delete BEFORE DELETE ON {TABLE}
    WHEN datetime(OLD.at) > datetime('now', '-730 days')
    BEGIN
        SELECT RAISE(ABORT, '{NAME}');
    END
    """,
]
SQLITE_BACK = [f"DROP TRIGGER {NAME}_update", f"DROP TRIGGER {NAME}_delete"]


def _run(postgresql, sqlite):
    def install(apps, schema_editor):
        statements = {"postgresql": postgresql, "sqlite": sqlite}
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return install


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_access_entry")]

    operations = [
        migrations.RunPython(_run(POSTGRESQL, SQLITE), _run(POSTGRESQL_BACK, SQLITE_BACK)),
    ]
