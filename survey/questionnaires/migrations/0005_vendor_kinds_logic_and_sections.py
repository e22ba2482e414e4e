"""More kinds of items, logic and sections; what is published of them never changes either.

SQLite makes tables anew to change them, which triggers that name these tables forbid: all guards
are lifted first and laid again afterwards, over the new columns and the new table too.
"""

from dataclasses import replace
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

published = import_module("survey.questionnaires.migrations.0002_vendor_published_never_changes")

ELSEWHERE = "section_of_another_questionnaire"
WIDENED = {
    "questionnaires_questionnaire": (published.QUESTIONNAIRE_COLUMNS, ("settings",)),
    "questionnaires_item": (published.ITEM_COLUMNS, ("settings",)),
}
IS_ELSEWHERE = """NEW.section_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM questionnaires_section s
    WHERE s.id = NEW.section_id AND s.questionnaire_id = NEW.questionnaire_id)"""


def widen(guard):
    """Return a guard that minds the new columns of its table too."""
    if guard.event != "UPDATE" or guard.table not in WIDENED:
        return guard
    old, new = WIDENED[guard.table]
    condition = guard.condition.replace(published.changes(old), published.changes(old + new))
    return replace(guard, condition=condition)


GUARDS = (
    *map(widen, published.GUARDS),
    published.Guard("questionnaires_section", "INSERT", published.NEW_PLACE),
    published.Guard(
        "questionnaires_section", "UPDATE", f"{published.OLD_PLACE} OR {published.NEW_PLACE}"
    ),
    published.Guard("questionnaires_section", "DELETE", published.OLD_PLACE),
)


class SectionGuard(published.Guard):
    """Refuses a place in a section that another questionnaire has."""

    @property
    def name(self):
        """Return the trigger's name."""
        return f"{self.table}_{self.event.lower()}_section_guard"


SECTION_GUARDS = tuple(
    SectionGuard("questionnaires_questionnaireitem", event, IS_ELSEWHERE)
    for event in ("INSERT", "UPDATE")
)


def lay(schema_editor, guards, error):
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    for guard in guards:
        condition = guard.condition
        if not is_postgresql:
            condition = condition.replace("IS DISTINCT FROM", "IS NOT")
        statement = (published.POSTGRESQL if is_postgresql else published.SQLITE).format(
            name=guard.name,
            table=guard.table,
            event=guard.event,
            condition=condition,
            error=error,
            row="OLD" if guard.event == "DELETE" else "NEW",
        )
        schema_editor.execute(statement, params=None)


def lift(schema_editor, guards):
    for guard in guards:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {guard.name} ON {guard.table}")
            schema_editor.execute(f"DROP FUNCTION {guard.name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")


def lift_old(apps, schema_editor):
    lift(schema_editor, published.GUARDS)


def lay_old(apps, schema_editor):
    lay(schema_editor, published.GUARDS, published.ERROR)


def lay_new(apps, schema_editor):
    lay(schema_editor, GUARDS, published.ERROR)
    lay(schema_editor, SECTION_GUARDS, ELSEWHERE)


def lift_new(apps, schema_editor):
    lift(schema_editor, GUARDS + SECTION_GUARDS)


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0004_vendor_scale_guard_again'),
    ]

    operations = [
        migrations.RunPython(lift_old, lay_old),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('code', models.SlugField(max_length=80)),
                ('texts', models.JSONField(blank=True, default=dict)),
                ('shown_when', models.JSONField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='item',
            name='item_kind_is_known',
        ),
        migrations.AddField(
            model_name='item',
            name='settings',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='questionnaire',
            name='settings',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='questionnaireitem',
            name='shown_when',
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name='item',
            name='kind',
            field=models.CharField(choices=[('CHOICE', 'one of some options'), ('RATING', 'a number from 0 to 10'), ('TEXT', "words of one's own"), ('MULTIPLE', 'any number of some options'), ('RANKING', 'options put in order'), ('NUMBER', 'a number'), ('DATE', 'a day'), ('LINE', 'a few words'), ('NOTE', 'a text without an answer')], default='CHOICE', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='item',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['CHOICE', 'RATING', 'TEXT', 'MULTIPLE', 'RANKING', 'NUMBER', 'DATE', 'LINE', 'NOTE'])), name='item_kind_is_known'),
        ),
        migrations.AddField(
            model_name='section',
            name='questionnaire',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='questionnaires.questionnaire'),
        ),
        migrations.AddField(
            model_name='questionnaireitem',
            name='section',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='places', to='questionnaires.section'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'code'), name='section_code_once'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.UniqueConstraint(fields=('questionnaire', 'position'), name='section_position_once'),
        ),
        migrations.RunPython(lay_new, lift_new),
    ]
