import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('tickets', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='verdict', to='tickets.operation')),
                ('verdict', models.CharField(choices=[('pass', 'Passed'), ('rework', 'Sent back')], max_length=8)),
                ('gross_mg', models.PositiveIntegerField()),
                ('ring_inner_um', models.PositiveIntegerField(null=True)),
                ('stones_tight', models.BooleanField()),
                ('surface_clean', models.BooleanField()),
                ('engraving_read', models.CharField(blank=True, max_length=200)),
                ('hallmark', models.CharField(choices=[('marked', 'Hallmarked'), ('exempt', 'Below the weight that needs a hallmark'), ('not_described', 'Not described as precious metal')], max_length=16)),
                ('defect', models.CharField(blank=True, max_length=8)),
                ('back_to', models.CharField(blank=True, max_length=12)),
                ('words', models.TextField(blank=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('defect', ''), ('verdict', 'pass')), models.Q(('defect__gt', ''), ('verdict', 'rework')), _connector='OR'), name='quality_rework_names_its_defect')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='inspection',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32992c16329166ef26ae3b765c4453d1b5fcde03', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9d660', table='quality_inspection', when='BEFORE')),
        ),
    ]
