import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing has used a nonce before this, so that its table is simply made anew."""

    dependencies = [("campaigns", "0008_contact_checks")]

    operations = [
        migrations.DeleteModel(name="UsedNonce"),
        migrations.CreateModel(
            name="Door",
            fields=[
                (
                    "wave",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="door",
                        serialize=False,
                        to="campaigns.wave",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UsedNonce",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("used_date", models.DateField()),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="used_nonces",
                        to="campaigns.door",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["used_date"], name="campaigns_u_used_da_40ad65_idx")
                ],
            },
        ),
        migrations.AddField(
            model_name="collector",
            name="n_wrong_pins",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="collector",
            name="locked_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="collector",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "KIOSK"), _negated=True),
                    models.Q(("pin_hash", ""), _negated=True),
                    _connector="OR",
                ),
                name="collector_kiosk_has_a_pin",
            ),
        ),
    ]
