"""A retired questionnaire may be offered again; items know the draft that they were written in."""

from dataclasses import replace
from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

logic = import_module("survey.questionnaires.migrations.0005_vendor_kinds_logic_and_sections")

OFFERED = "(OLD.status = 'PUBLISHED' AND NEW.status = 'RETIRED')"
OFFERED_AGAIN = f"({OFFERED} OR (OLD.status = 'RETIRED' AND NEW.status = 'PUBLISHED'))"
OLD_GUARD = next(
    guard for guard in logic.GUARDS if guard.name == "questionnaires_questionnaire_update_guard"
)
NEW_GUARD = replace(OLD_GUARD, condition=OLD_GUARD.condition.replace(OFFERED, OFFERED_AGAIN))


def lay_new(apps, schema_editor):
    logic.lift(schema_editor, [OLD_GUARD])
    logic.lay(schema_editor, [NEW_GUARD], logic.published.ERROR)


def lay_old(apps, schema_editor):
    logic.lift(schema_editor, [NEW_GUARD])
    logic.lay(schema_editor, [OLD_GUARD], logic.published.ERROR)


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0005_vendor_kinds_logic_and_sections'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='drafted_in',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='drafted_items', to='questionnaires.questionnaire'),
        ),
        migrations.RunPython(lay_new, lay_old),
    ]
