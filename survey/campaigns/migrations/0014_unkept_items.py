from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0013_facts_and_sites"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="unkept_items",
            field=models.JSONField(blank=True, default=list),
        ),
    ]
