import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='RouteStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('route', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='routes.route')),
                ('position', models.PositiveSmallIntegerField()),
                ('stage', models.CharField(choices=[('design', 'Design'), ('casting', 'Casting'), ('assembly', 'Assembly'), ('finishing', 'Finishing'), ('quality', 'Quality check'), ('packaging', 'Packaging')], max_length=12)),
                ('craft', models.SlugField()),
                ('name', models.CharField(max_length=80)),
                ('name_th', models.CharField(blank=True, max_length=80)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('setup_minutes', models.PositiveSmallIntegerField(default=0)),
                ('piece_minutes', models.PositiveSmallIntegerField(default=0)),
                ('stone_minutes', models.PositiveSmallIntegerField(default=0)),
                ('evidence', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('only_if', models.CharField(blank=True, choices=[('', 'always'), ('stones', 'with stones'), ('engraving', 'with engraving'), ('plating', 'with plating'), ('approval', 'when the customer approves the design')], default='', max_length=12)),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('route', 'position'), name='routes_step_position_once'), models.CheckConstraint(condition=models.Q(('stage__in', ['design', 'casting', 'assembly', 'finishing', 'quality', 'packaging'])), name='routes_step_stage_known')],
            },
        ),
    ]
