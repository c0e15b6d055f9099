import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('planning', '0001_initial'), ('planning', '0002_bags_at_once')]

    initial = True

    dependencies = [
        ('house', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StageCapacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_capacities', to='house.site')),
                ('stage', models.CharField(max_length=16, verbose_name='stage')),
                ('minutes_per_day', models.PositiveIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='minutes a day')),
                ('wait_minutes', models.PositiveIntegerField(default=0, verbose_name='fixed waiting after the work, in working minutes')),
                ('most_tickets', models.PositiveSmallIntegerField(default=12, validators=[django.core.validators.MinValueValidator(1)], verbose_name='bags at once')),
            ],
            options={
                'ordering': ['site', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('site', 'stage'), name='planning_capacity_once')],
            },
        ),
        migrations.CreateModel(
            name='StageSlot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stage_slots', to='house.site')),
                ('stage', models.CharField(max_length=16, verbose_name='stage')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')], verbose_name='weekday')),
                ('at', models.TimeField(verbose_name='at')),
            ],
            options={
                'ordering': ['site', 'stage', 'weekday', 'at'],
                'constraints': [models.UniqueConstraint(fields=('site', 'stage', 'weekday', 'at'), name='planning_slot_once')],
            },
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(verbose_name='work order')),
                ('ticket', models.CharField(max_length=40, verbose_name='ticket')),
                ('sequence', models.PositiveIntegerField()),
                ('on', models.DateField(verbose_name='promised day')),
                ('cause', models.CharField(max_length=200, verbose_name='cause')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['reference', 'sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('reference', 'sequence'), name='planning_promise_sequence')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='promise',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b04e12d7d43574988a08d34b9548ac89c438b1de', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7a5c', table='planning_promise', when='BEFORE')),
        ),
    ]
