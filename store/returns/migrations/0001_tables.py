import django.db.models.deletion
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('returns', '0001_initial'), ('returns', '0002_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        ('orders', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('number', models.CharField(max_length=12, unique=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='orders.order')),
                ('cause', models.CharField(choices=[('mind', 'It is not for me'), ('size', 'It does not fit'), ('faulty', 'Something is wrong with it'), ('other', 'It is not what I ordered')], max_length=8)),
                ('words', models.CharField(blank=True, max_length=500)),
                ('is_withdrawal', models.BooleanField(default=False)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answer', models.CharField(blank=True, max_length=300)),
                ('site', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('arrived_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('awaited', 'on its way to us'), ('arrived', 'here, to be inspected'), ('decided', 'decided'), ('refused', 'refused'), ('withdrawn', 'taken back')], default='asked', max_length=12)),
            ],
            options={
                'ordering': ['-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'awaited', 'arrived', 'decided', 'refused', 'withdrawn'])), name='returns_return_state_known'), models.CheckConstraint(condition=models.Q(('cause__in', ['mind', 'size', 'faulty', 'other'])), name='returns_return_cause_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['arrived', 'decided']), _negated=True), models.Q(('arrived_at__isnull', False), ('site__isnull', False)), _connector='OR'), name='returns_arrived_somewhere')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='return',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'asked\'))', func="RAISE EXCEPTION 'a row of % begins as asked, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='3cd41063b1e6255d586ab22553b9e9d6072450c4', operation='INSERT', pgid='pgtrigger_begins_a0094', table='returns_return', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='return',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:awaited,asked:refused,asked:withdrawn,awaited:withdrawn,awaited:arrived,arrived:decided}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='739d4331f45ee4ba2b93301b70010b098b406bae', operation='UPDATE', pgid='pgtrigger_moves_31689', table='returns_return', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ReturnStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='returns.return')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='returns_returnstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='returnstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='1b5a855c433d46f959f3fcab6ce1b671a92c7033', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ed548', table='returns_returnstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='returns.return')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='orders.orderline')),
                ('quantity', models.PositiveSmallIntegerField()),
                ('condition', models.CharField(blank=True, choices=[('as_sold', 'as it was sold'), ('worn', 'worn'), ('damaged', 'damaged'), ('not_ours', 'not the piece we sent')], max_length=8)),
                ('becomes', models.CharField(blank=True, choices=[('tray', 'back in the tray'), ('left', 'to be decided on'), ('buyer', 'back to the buyer')], max_length=8)),
                ('refund_minor', models.PositiveBigIntegerField(null=True)),
                ('deduction_minor', models.PositiveBigIntegerField(default=0)),
                ('why', models.CharField(blank=True, max_length=200)),
                ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
            ],
            options={
                'ordering': ['line__position'],
                'constraints': [models.UniqueConstraint(fields=('of', 'line'), name='returns_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='returns_line_of_something'), models.CheckConstraint(condition=models.Q(('deduction_minor', 0), models.Q(('why', ''), _negated=True), _connector='OR'), name='returns_deduction_has_its_reason')],
            },
        ),
    ]
