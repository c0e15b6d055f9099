import django.db.models.deletion
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('house', '0001_tables'),
        ('orders', '0001_tables'),
        ('payments', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Taken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='orders.order')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='taken', to='payments.payment')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('tendered_minor', models.PositiveBigIntegerField(null=True)),
                ('slip', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('slip', ''), ('tendered_minor__isnull', False)), models.Q(('tendered_minor', None), models.Q(('slip', ''), _negated=True)), _connector='OR'), name='counter_taken_in_cash_or_by_slip')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='taken',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='369042d108e2712952d3b422d387c9429148b909', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f07cd', table='counter_taken', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Till',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='till', to='house.site')),
            ],
        ),
        migrations.CreateModel(
            name='TillCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('till', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counts', to='counter.till')),
                ('currency', models.CharField(max_length=3)),
                ('expected_minor', models.BigIntegerField()),
                ('counted_minor', models.PositiveBigIntegerField()),
                ('banked_minor', models.PositiveBigIntegerField(default=0)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('banked_minor__lte', models.F('counted_minor'))), name='counter_count_banks_what_is_there')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tillcount',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='08b7eb3abfeaad4ad0936052dc12765b6e96ddba', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb7b1', table='counter_tillcount', when='BEFORE')),
        ),
    ]
