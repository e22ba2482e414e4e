from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0019_who_served")]

    operations = [
        migrations.AddField(
            model_name="campaign",
            name="cut_levels",
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
