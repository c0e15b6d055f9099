import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('stones', '0001_initial'), ('stones', '0002_loss'), ('stones', '0003_pearls'), ('stones', '0004_begin')]

    initial = True

    dependencies = [
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoneParcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='parcel')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('species', models.CharField(max_length=32, verbose_name='stone')),
                ('cut', models.CharField(max_length=24, verbose_name='cut')),
                ('length_um', models.PositiveIntegerField(verbose_name='length')),
                ('width_um', models.PositiveIntegerField(verbose_name='width')),
                ('origin', models.CharField(choices=[('mined', 'Mined'), ('lab_grown', 'Lab-grown'), ('cultured', 'Cultured'), ('unknown', 'Not known')], default='unknown', max_length=12, verbose_name='origin')),
                ('treatment', models.CharField(blank=True, max_length=80, verbose_name='treatment')),
                ('supplier', models.CharField(blank=True, max_length=120, verbose_name='supplier')),
                ('received_on', models.DateField(verbose_name='received')),
                ('received_pcs', models.PositiveIntegerField(verbose_name='pieces received')),
                ('received_mct', models.PositiveIntegerField(verbose_name='milli-carats received')),
                ('pcs', models.PositiveIntegerField(verbose_name='pieces free')),
                ('mct', models.PositiveIntegerField(verbose_name='milli-carats free')),
            ],
            options={
                'ordering': ['received_on', 'pk'],
                'indexes': [models.Index(fields=['species', 'cut', 'length_um'], name='stones_parcel_match')],
            },
        ),
        migrations.CreateModel(
            name='Stone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='stone')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('species', models.CharField(max_length=32, verbose_name='stone')),
                ('cut', models.CharField(max_length=24, verbose_name='cut')),
                ('length_um', models.PositiveIntegerField(verbose_name='length')),
                ('width_um', models.PositiveIntegerField(verbose_name='width')),
                ('mct', models.PositiveIntegerField(verbose_name='milli-carats')),
                ('lab', models.CharField(blank=True, max_length=40, verbose_name='laboratory')),
                ('certificate', models.CharField(blank=True, max_length=40, verbose_name='certificate')),
                ('colour', models.CharField(blank=True, max_length=40, verbose_name='colour')),
                ('clarity', models.CharField(blank=True, max_length=40, verbose_name='clarity')),
                ('treatment', models.CharField(blank=True, max_length=80, verbose_name='treatment')),
                ('origin', models.CharField(choices=[('mined', 'Mined'), ('lab_grown', 'Lab-grown'), ('cultured', 'Cultured'), ('unknown', 'Not known')], default='unknown', max_length=12, verbose_name='origin')),
                ('country', models.CharField(blank=True, max_length=2, verbose_name='country of origin')),
                ('received_on', models.DateField(verbose_name='received')),
            ],
            options={
                'ordering': ['received_on', 'pk'],
                'indexes': [models.Index(fields=['species', 'cut', 'length_um'], name='stones_stone_match')],
                'constraints': [models.CheckConstraint(condition=models.Q(('mct__gt', 0)), name='stones_stone_weighs')],
            },
        ),
        migrations.CreateModel(
            name='Wanted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.CharField(db_index=True, max_length=40)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('sequence', models.PositiveSmallIntegerField()),
                ('position', models.CharField(blank=True, max_length=80)),
                ('asked_for', models.CharField(blank=True, max_length=40, verbose_name='number or certificate of the very stone')),
                ('species', models.CharField(max_length=32)),
                ('cut', models.CharField(max_length=24)),
                ('length_um', models.PositiveIntegerField()),
                ('width_um', models.PositiveIntegerField()),
                ('mct', models.PositiveIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('missing', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('ticket', 'sequence'), name='stones_wanted_position_once'), models.CheckConstraint(condition=models.Q(('missing__lte', models.F('count'))), name='stones_wanted_missing_part')],
            },
        ),
        migrations.CreateModel(
            name='Allotment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='stones.wanted')),
                ('ticket', models.CharField(db_index=True, max_length=40)),
                ('stone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='stones.stone')),
                ('parcel', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='allotments', to='stones.stoneparcel')),
                ('pcs', models.PositiveIntegerField()),
                ('mct', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('reserved', 'Reserved'), ('issued', 'Issued'), ('set', 'Set'), ('returned', 'Returned'), ('broken', 'Broken'), ('lost', 'Lost')], default='reserved', max_length=12)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reserved', 'issued', 'set', 'returned', 'broken', 'lost'])), name='stones_allotment_state_known'), models.CheckConstraint(condition=models.Q(('stone', None), ('parcel', None), _connector='XOR'), name='stones_allotment_stone_or_parcel'), models.CheckConstraint(condition=models.Q(('stone', None), ('pcs', 1), _connector='OR'), name='stones_allotment_one_stone'), models.CheckConstraint(condition=models.Q(('mct__gt', 0), ('pcs__gt', 0)), name='stones_allotment_something'), models.UniqueConstraint(condition=models.Q(('state', 'returned'), _negated=True), fields=('stone',), name='stones_stone_in_one_place')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allotment',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'reserved\'))', func="RAISE EXCEPTION 'a row of % begins as reserved, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='1a6824bad5a66e4368ead03c35f0d84fda9ed5b7', operation='INSERT', pgid='pgtrigger_begins_49f2b', table='stones_allotment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allotment',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{reserved:issued,reserved:returned,issued:set,issued:returned,issued:broken,issued:lost,set:issued}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f18076b4ca643a4ac8a7ad239f2ca26549970338', operation='UPDATE', pgid='pgtrigger_moves_62d72', table='stones_allotment', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='AllotmentStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='stones.allotment')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='stones_allotmentstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allotmentstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7b239931f70c057e47d9142b545368652f842342', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d3177', table='stones_allotmentstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Loss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('allotment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='losses', to='stones.allotment')),
                ('pcs', models.PositiveIntegerField(verbose_name='stones')),
                ('note', models.CharField(max_length=300, verbose_name='what happened')),
                ('action_id', models.CharField(max_length=64, unique=True)),
                ('reported_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reported_at', models.DateTimeField(auto_now_add=True)),
                ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signed_at', models.DateTimeField(null=True)),
                ('found_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('found_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('signed_by', models.F('reported_by')), _negated=True), name='stones_loss_two_people'), models.CheckConstraint(condition=models.Q(('signed_at', None), ('found_at', None), _connector='OR'), name='stones_loss_lost_or_found'), models.CheckConstraint(condition=models.Q(('pcs__gt', 0)), name='stones_loss_of_something')],
            },
        ),
    ]
