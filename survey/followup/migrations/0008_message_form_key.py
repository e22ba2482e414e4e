from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followup", "0007_notices")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="form_key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                fields=("conversation", "form_key"), name="message_sent_once"
            ),
        ),
    ]
