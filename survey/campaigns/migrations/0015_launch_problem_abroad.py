from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0014_unkept_items"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="launch_problem_abroad",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
