"""Scales know the drafts that they came in with; those of drafts alone may go again."""

from dataclasses import replace
from importlib import import_module

from django.db import migrations, models

logic = import_module("survey.questionnaires.migrations.0005_vendor_kinds_logic_and_sections")

IS_DRAFTED = (
    "EXISTS (SELECT 1 FROM questionnaires_scale_drafted_in d WHERE d.scale_id = OLD.scale_id)"
)
OLD_GUARD = next(
    guard
    for guard in logic.published.GUARDS
    if guard.name == "questionnaires_scaleitem_delete_guard"
)
NEW_GUARD = replace(OLD_GUARD, condition=f"({OLD_GUARD.condition}) AND NOT {IS_DRAFTED}")


def lay_new(apps, schema_editor):
    logic.lift(schema_editor, [OLD_GUARD])
    logic.lay(schema_editor, [NEW_GUARD], logic.published.ERROR)


def lay_old(apps, schema_editor):
    logic.lift(schema_editor, [NEW_GUARD])
    logic.lay(schema_editor, [OLD_GUARD], logic.published.ERROR)


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0007_file_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="scale",
            name="drafted_in",
            field=models.ManyToManyField(
                blank=True, related_name="drafted_scales", to="questionnaires.questionnaire"
            ),
        ),
        migrations.RunPython(lay_new, lay_old),
    ]
