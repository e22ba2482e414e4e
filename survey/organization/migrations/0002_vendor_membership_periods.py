"""Make "a person's memberships do not overlap" a rule of the database itself.

Both databases refuse with an integrity error that names membership_periods_do_not_overlap.
PostgreSQL first locks the person, so that two transactions cannot slip past each other; SQLite
has one writer at a time. An exclusion constraint would need the extension btree_gist.

A later migration that makes SQLite rebuild the table must install these triggers again.
"""

from django.db import migrations

NAME = "membership_periods_do_not_overlap"

POSTGRESQL = [
    f"""
    CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM organization_person WHERE id = NEW.person_id FOR NO KEY UPDATE;
        IF EXISTS (
            SELECT 1 FROM organization_membership other
            WHERE other.person_id = NEW.person_id AND other.id <> NEW.id
              AND daterange(other.active_from, other.active_to)
                  && daterange(NEW.active_from, NEW.active_to)
        ) THEN
            RAISE EXCEPTION 'memberships of one person overlap: {NAME}'
                USING ERRCODE = 'exclusion_violation', CONSTRAINT = '{NAME}';
        END IF;
        RETURN NULL;
    END $$
    """,
    f"""
    CREATE TRIGGER {NAME}
    AFTER INSERT OR UPDATE OF person_id, active_from, active_to ON organization_membership
    FOR EACH ROW EXECUTE FUNCTION {NAME}()
    """,
]
POSTGRESQL_BACK = [
    f"DROP TRIGGER {NAME} ON organization_membership",
    f"DROP FUNCTION {NAME}()",
]

EVENTS = {"insert": "INSERT", "update": "UPDATE OF person_id, active_from, active_to"}
SQLITE = [
    f"""
    CREATE TRIGGER {NAME}_{name} AFTER {event} ON organization_membership
    WHEN EXISTS (
        SELECT 1 FROM organization_membership other
        WHERE other.person_id = NEW.person_id AND other.id <> NEW.id
          AND (other.active_to IS NULL OR other.active_to > NEW.active_from)
          AND (NEW.active_to IS NULL OR NEW.active_to > other.active_from)
    )
    BEGIN
        SELECT RAISE(ABORT, 'memberships of one person overlap: {NAME}');
    END
    """
    for name, event in EVENTS.items()
]
SQLITE_BACK = [f"DROP TRIGGER {NAME}_{name}" for name in EVENTS]


def _run(postgresql, sqlite):
    def install(apps, schema_editor):
        statements = {"postgresql": postgresql, "sqlite": sqlite}
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return install


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial")]

    operations = [
        migrations.RunPython(_run(POSTGRESQL, SQLITE), _run(POSTGRESQL_BACK, SQLITE_BACK)),
    ]
