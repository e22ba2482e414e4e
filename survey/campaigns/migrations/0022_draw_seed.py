"""Draw who rates whom from a seed that a launch forgets; the drafts there are get one each."""

from uuid import uuid4

from django.db import migrations, models

GUARD = """
CREATE TRIGGER IF NOT EXISTS wave_threshold_only_rises AFTER UPDATE OF threshold ON campaigns_wave
FOR EACH ROW WHEN NEW.threshold < OLD.threshold
BEGIN
    SELECT RAISE(ABORT, 'wave_threshold_only_rises');
END
"""


def lay_guard_again(apps, schema_editor):
    """SQLite makes the table anew for a constraint, without its trigger of 0018."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(GUARD, params=None)


def draw_seeds(apps, schema_editor):
    waves = apps.get_model("campaigns", "Wave").objects
    for pk in waves.filter(launched_at__isnull=True).values_list("pk", flat=True):
        waves.filter(pk=pk).update(draw_seed=uuid4())


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0021_arrows")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, lay_guard_again),
        migrations.AddField(
            model_name="wave",
            name="draw_seed",
            field=models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("launched_at__isnull", True), ("draw_seed__isnull", True), _connector="OR"
                ),
                name="wave_launched_has_forgotten_its_draw",
            ),
        ),
        migrations.RunPython(lay_guard_again, migrations.RunPython.noop),
        migrations.RunPython(draw_seeds, migrations.RunPython.noop),
    ]
