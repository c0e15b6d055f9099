import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('casting', '0001_initial'), ('casting', '0002_begin')]

    initial = True

    dependencies = [
        ('house', '0001_tables'),
        ('metal', '0001_tables'),
        ('tickets', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Tree',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True, verbose_name='tree')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('alloy', models.CharField(max_length=16, verbose_name='alloy')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('built', 'Built'), ('charged', 'Charged'), ('poured', 'Poured'), ('reconciled', 'Reconciled'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='planned', max_length=12)),
                ('flask', models.CharField(blank=True, max_length=20, verbose_name='flask')),
                ('tree_mg', models.PositiveIntegerField(null=True, verbose_name='tree with its base')),
                ('base_mg', models.PositiveIntegerField(null=True, verbose_name='base')),
                ('wanted_mg', models.PositiveIntegerField(null=True, verbose_name='charge worked out')),
                ('flask_c', models.PositiveSmallIntegerField(null=True, verbose_name='flask, °C')),
                ('pour_c', models.PositiveSmallIntegerField(null=True, verbose_name='pour, °C')),
                ('poured_at', models.DateTimeField(null=True)),
                ('charge_mg', models.PositiveIntegerField(null=True, verbose_name='charge')),
                ('pieces_mg', models.PositiveIntegerField(null=True, verbose_name='pieces')),
                ('sprue_and_button_mg', models.PositiveIntegerField(null=True, verbose_name='sprue and button')),
                ('scrap_mg', models.PositiveIntegerField(null=True, verbose_name='clean scrap')),
                ('loss_mg', models.IntegerField(null=True, verbose_name='loss')),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['planned', 'built', 'charged', 'poured', 'reconciled', 'failed', 'cancelled'])), name='casting_tree_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'reconciled'), _negated=True), ('charge_mg', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('pieces_mg'), '+', models.F('sprue_and_button_mg')), '+', models.F('scrap_mg')), '+', models.F('loss_mg'))), _connector='OR'), name='casting_tree_outturn_is_its_charge')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tree',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'planned\'))', func="RAISE EXCEPTION 'a row of % begins as planned, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='4a8fc371906494aac531bf2f9c56068eddfb5799', operation='INSERT', pgid='pgtrigger_begins_23498', table='casting_tree', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tree',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{planned:built,planned:cancelled,built:charged,built:cancelled,charged:poured,charged:failed,poured:reconciled,poured:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='9ebd33141b0a212fc73376305c67b595a522b9d4', operation='UPDATE', pgid='pgtrigger_moves_743f1', table='casting_tree', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='TreeStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='casting.tree')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='casting_treestep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='treestep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d78f77bcef5bfa3dbbf9c57e86ca3e1d80024e37', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b2925', table='casting_treestep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='casting.tree')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='tickets.operation')),
                ('ticket', models.CharField(max_length=40, verbose_name='ticket')),
                ('pieces', models.PositiveSmallIntegerField(verbose_name='pieces')),
                ('pattern', models.CharField(choices=[('wax', 'Wax'), ('resin', 'Printed resin')], default='resin', max_length=8, verbose_name='pattern')),
                ('pattern_mg', models.PositiveIntegerField(null=True, verbose_name='patterns weigh')),
                ('cast_pieces', models.PositiveSmallIntegerField(null=True, verbose_name='good pieces')),
                ('cast_mg', models.PositiveIntegerField(null=True, verbose_name='pieces weigh')),
                ('is_open', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('tree', 'ticket'), name='casting_place_once_a_tree'), models.UniqueConstraint(condition=models.Q(('is_open', True)), fields=('ticket',), name='casting_one_open_tree_a_ticket'), models.CheckConstraint(condition=models.Q(('cast_pieces', None), ('cast_pieces__lte', models.F('pieces')), _connector='OR'), name='casting_no_piece_grows'), models.CheckConstraint(condition=models.Q(('pieces__gt', 0)), name='casting_place_has_pieces')],
            },
        ),
        migrations.CreateModel(
            name='Charged',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tree', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='casting.tree')),
                ('lot', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='metal.lot')),
                ('gross_mg', models.PositiveIntegerField()),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='charged',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f68b884ea2882148f2987683c5c11115cb35097b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5c281', table='casting_charged', when='BEFORE')),
        ),
    ]
