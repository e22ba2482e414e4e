"""Let comments be found again by the link of whoever wrote them."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("responses", "0003_vendor_cut_boxes")]

    operations = [
        migrations.AddField(
            model_name="comment",
            name="return_digest",
            field=models.CharField(blank=True, default="", max_length=64),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                condition=Q(("return_digest", ""), _negated=True),
                fields=("return_digest",),
                name="comment_is_found_by_one_key",
            ),
        ),
    ]
