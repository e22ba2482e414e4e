from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_calls_of_a_token'),
    ]

    operations = [
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True)),
                ('user_key', models.CharField(blank=True, max_length=20)),
                ('user_name', models.CharField(max_length=200)),
                ('held', models.CharField(blank=True, max_length=200)),
                ('action', models.CharField(choices=[('SEEN', 'saw'), ('EXPORTED', 'took along'), ('CHANGED', 'sent in')], max_length=8)),
                ('route', models.CharField(max_length=100)),
                ('what', models.CharField(blank=True, max_length=200)),
                ('status', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['user_key', 'at'], name='accounts_ac_user_ke_3dbed2_idx')],
                'constraints': [models.CheckConstraint(condition=models.Q(('action__in', ['SEEN', 'EXPORTED', 'CHANGED'])), name='access_action_is_known')],
            },
        ),
    ]
