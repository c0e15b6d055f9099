import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Measured',
            fields=[
                ('fingerprint', models.CharField(max_length=32, primary_key=True, serialize=False)),
                ('family', models.CharField(max_length=40)),
                ('parameters', models.JSONField()),
                ('volume_um3', models.PositiveBigIntegerField()),
                ('box_x_um', models.PositiveIntegerField()),
                ('box_y_um', models.PositiveIntegerField()),
                ('box_z_um', models.PositiveIntegerField()),
                ('stones', models.JSONField(default=list)),
                ('measured_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='measured',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='99d51188b1877307ec53c073400fd2e6af1846e3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_366eb', table='shapes_measured', when='BEFORE')),
        ),
    ]
