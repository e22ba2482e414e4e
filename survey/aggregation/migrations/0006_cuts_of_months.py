from django.db import migrations, models

REASONS = ["TOO_FEW", "TELLS", "EXTREME", "TOO_SLOW", "RECOUNTED", "LOST"]


class Migration(migrations.Migration):
    dependencies = [("aggregation", "0005_audits_have_an_end")]

    operations = [
        migrations.RemoveConstraint(model_name="cutrollup", name="cut_rollup_once_per_family"),
        migrations.RemoveConstraint(model_name="cutrollup", name="cut_rollup_reason_is_known"),
        migrations.AddField(
            model_name="cutrollup",
            name="month_start",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="cutrollup",
            name="reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("TOO_FEW", "too few people answered"),
                    ("TELLS", "beside the figures of the teams it would give small groups away"),
                    ("EXTREME", "a small level answered at the very end of a scale"),
                    ("TOO_SLOW", "working out what is safe to show took too long"),
                    ("RECOUNTED", "figures were made anew, and cuts are counted only once"),
                    ("LOST", "what people are told apart by was lost before it was counted"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="cutrollup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("month_start__isnull", True)),
                fields=("wave", "cut", "family"),
                name="cut_rollup_once_per_family",
            ),
        ),
        migrations.AddConstraint(
            model_name="cutrollup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("month_start__isnull", False)),
                fields=("wave", "month_start", "cut", "family"),
                name="cut_rollup_once_per_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="cutrollup",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason__in", ["", *REASONS])),
                name="cut_rollup_reason_is_known",
            ),
        ),
    ]
