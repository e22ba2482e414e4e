"""Triggers: what is published never changes. The same error on PostgreSQL and SQLite.

A questionnaire may still go from published to retired. Deleting its row is left to the foreign
keys of its items, which are guarded here.
"""

from dataclasses import dataclass

from django.db import migrations

ERROR = "published_questionnaire_never_changes"

IS_PUBLISHED = """EXISTS (
    SELECT 1 FROM questionnaires_questionnaire q
    WHERE q.id = {row}.questionnaire_id AND q.status <> 'DRAFT')"""
HAS_A_PUBLISHED_ITEM = """EXISTS (
    SELECT 1 FROM questionnaires_questionnaire q
    JOIN questionnaires_questionnaireitem p ON p.questionnaire_id = q.id
    WHERE p.item_id = {item} AND q.status <> 'DRAFT')"""
HAS_A_PUBLISHED_SCALE_ITEM = """EXISTS (
    SELECT 1 FROM questionnaires_questionnaire q
    JOIN questionnaires_questionnaireitem p ON p.questionnaire_id = q.id
    JOIN questionnaires_scaleitem s ON s.item_id = p.item_id
    WHERE s.scale_id = OLD.id AND q.status <> 'DRAFT')"""
ITEM_COLUMNS = (
    "code", "version", "kind", "texts", "hints", "options", "allows_cant_say", "asks_for_playback"
)
SCALE_COLUMNS = ("code", "method", "minimum", "maximum", "favourable_from", "is_short_form")
QUESTIONNAIRE_COLUMNS = ("code", "version", "name", "audience", "languages")


def changes(columns: tuple[str, ...]) -> str:
    """Return the condition that one of the columns changes, as PostgreSQL spells it."""
    return "(" + " OR ".join(f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in columns) + ")"


@dataclass(frozen=True)
class Guard:
    """A statement that is refused when the condition holds."""

    table: str
    event: str
    condition: str

    @property
    def name(self) -> str:
        """Return the trigger's name."""
        return f"{self.table}_{self.event.lower()}_guard"


OLD_PLACE, NEW_PLACE = IS_PUBLISHED.format(row="OLD"), IS_PUBLISHED.format(row="NEW")
OLD_ITEM_ID = HAS_A_PUBLISHED_ITEM.format(item="OLD.item_id")
OLD_ITEM = HAS_A_PUBLISHED_ITEM.format(item="OLD.id")
GUARDS = (
    Guard(
        "questionnaires_questionnaire",
        "UPDATE",
        f"OLD.status <> 'DRAFT' AND ({changes(QUESTIONNAIRE_COLUMNS)} OR (OLD.status <> NEW.status"
        " AND NOT (OLD.status = 'PUBLISHED' AND NEW.status = 'RETIRED')))",
    ),
    Guard("questionnaires_questionnaireitem", "INSERT", NEW_PLACE),
    Guard("questionnaires_questionnaireitem", "UPDATE", f"{OLD_PLACE} OR {NEW_PLACE}"),
    Guard("questionnaires_questionnaireitem", "DELETE", OLD_PLACE),
    Guard("questionnaires_item", "UPDATE", f"{changes(ITEM_COLUMNS)} AND {OLD_ITEM}"),
    Guard("questionnaires_item", "DELETE", OLD_ITEM),
    Guard(
        "questionnaires_scale", "UPDATE", f"{changes(SCALE_COLUMNS)} AND {HAS_A_PUBLISHED_SCALE_ITEM}"
    ),
    Guard("questionnaires_scaleitem", "UPDATE", OLD_ITEM_ID),
    Guard("questionnaires_scaleitem", "DELETE", OLD_ITEM_ID),
)

POSTGRESQL = """
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition} THEN
        RAISE EXCEPTION '{error}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN {row};
END $$;
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}();
"""
SQLITE = """
CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
BEGIN
    SELECT RAISE(ABORT, '{error}');
END
"""


def lay_guards(apps, schema_editor):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for guard in GUARDS:
        condition = guard.condition
        if not is_postgresql:
            condition = condition.replace("IS DISTINCT FROM", "IS NOT")
        statement = (POSTGRESQL if is_postgresql else SQLITE).format(
            name=guard.name,
            table=guard.table,
            event=guard.event,
            condition=condition,
            error=ERROR,
            row="OLD" if guard.event == "DELETE" else "NEW",
        )
        schema_editor.execute(statement, params=None)


def lift_guards(apps, schema_editor):
    for guard in GUARDS:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {guard.name} ON {guard.table}")
            schema_editor.execute(f"DROP FUNCTION {guard.name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {guard.name}")


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0001_initial")]

    operations = [migrations.RunPython(lay_guards, lift_guards)]
