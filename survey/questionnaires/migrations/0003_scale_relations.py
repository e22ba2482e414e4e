import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('questionnaires', '0002_vendor_published_never_changes'),
    ]

    operations = [
        migrations.AddField(
            model_name='scale',
            name='facet_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='facets', to='questionnaires.scale'),
        ),
        migrations.AddField(
            model_name='scale',
            name='mirrors',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mirrored_by', to='questionnaires.scale'),
        ),
        migrations.AddField(
            model_name='scale',
            name='profiles',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='scale',
            name='shows_items',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='scale',
            name='is_linked',
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name='scale',
            constraint=models.CheckConstraint(condition=models.Q(('facet_of__isnull', True), models.Q(('facet_of', models.F('id')), _negated=True), _connector='OR'), name='scale_is_not_its_own_facet'),
        ),
        migrations.AddConstraint(
            model_name='scale',
            constraint=models.CheckConstraint(condition=models.Q(('mirrors__isnull', True), models.Q(('mirrors', models.F('id')), _negated=True), _connector='OR'), name='scale_does_not_mirror_itself'),
        ),
    ]
