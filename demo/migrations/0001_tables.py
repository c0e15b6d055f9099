from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('demo', '0001_initial'), ('demo', '0002_played')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begun_at', models.DateTimeField(auto_now_add=True)),
                ('loaded_at', models.DateTimeField(null=True)),
                ('seed', models.PositiveIntegerField(default=7)),
                ('played_to', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('pk', 1)), name='demo_mark_once')],
            },
        ),
    ]
