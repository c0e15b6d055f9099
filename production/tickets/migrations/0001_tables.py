import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('tickets', '0001_initial'), ('tickets', '0002_ticket_country'), ('tickets', '0003_hold'), ('tickets', '0004_bags'), ('tickets', '0005_changing'), ('tickets', '0006_news_in_figures'), ('tickets', '0007_begin'), ('tickets', '0008_operation_fault')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(db_index=True)),
                ('number', models.CharField(max_length=12, unique=True)),
                ('state', models.CharField(choices=[('open', 'In the workshop'), ('on_hold', 'On hold'), ('finished', 'Finished'), ('scrapped', 'Scrapped'), ('cancelled', 'Cancelled'), ('merged', 'Put into another bag')], default='open', max_length=12)),
                ('order_number', models.CharField(max_length=32)),
                ('purpose', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=40)),
                ('piece_name', models.CharField(max_length=160)),
                ('style_code', models.CharField(max_length=40)),
                ('family', models.CharField(max_length=40)),
                ('parameters', models.JSONField(default=dict)),
                ('alloy', models.CharField(max_length=16)),
                ('ring_inner_um', models.PositiveIntegerField(null=True)),
                ('stones', models.JSONField(default=list)),
                ('engraving', models.CharField(blank=True, max_length=200)),
                ('engraving_place', models.CharField(blank=True, max_length=12)),
                ('finish', models.CharField(blank=True, max_length=40)),
                ('plating', models.CharField(blank=True, max_length=40)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('channel', models.CharField(max_length=16)),
                ('brand', models.CharField(max_length=50)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('language', models.CharField(max_length=5)),
                ('country', models.CharField(blank=True, default='', max_length=2)),
                ('customer', models.CharField(blank=True, max_length=120)),
                ('wish', models.TextField(blank=True)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('picture', models.UUIDField(null=True)),
                ('needs_approval', models.BooleanField(default=False)),
                ('predicted_mg', models.PositiveIntegerField(null=True)),
                ('promise_on', models.DateField()),
                ('due_at', models.DateTimeField()),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('with_person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('warned_at', models.DateTimeField(null=True)),
                ('split_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='split_off', to='tickets.ticket')),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_here', to='tickets.ticket')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_at'], name='tickets_state_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'on_hold', 'finished', 'scrapped', 'cancelled', 'merged'])), name='tickets_ticket_state_known'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='tickets_some_pieces'), models.UniqueConstraint(condition=models.Q(('split_from', None)), fields=('reference',), name='tickets_one_first_bag_a_reference')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'open\'))', func="RAISE EXCEPTION 'a row of % begins as open, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='1f153204cc2e5fc5e5fce873f12d43f8d498df7c', operation='INSERT', pgid='pgtrigger_begins_93010', table='tickets_ticket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{open:on_hold,on_hold:open,open:finished,open:scrapped,on_hold:scrapped,open:cancelled,on_hold:cancelled,open:merged}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='28b45d503bf70e3d733570e4ccf47d086f9e3b70', operation='UPDATE', pgid='pgtrigger_moves_692a5', table='tickets_ticket', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='News',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='news', to='tickets.ticket')),
                ('sequence', models.PositiveIntegerField()),
                ('stage', models.CharField(choices=[('design', 'Design'), ('casting', 'Casting'), ('assembly', 'Assembly'), ('finishing', 'Finishing'), ('quality', 'Quality check'), ('packaging', 'Packaging')], max_length=12)),
                ('headline', models.CharField(max_length=20)),
                ('words', models.TextField(blank=True)),
                ('photos', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('ticket', 'sequence'), name='tickets_news_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='news',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2052a7d43c7efbfb67c5b306cf8b05299b7a36f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a0c1c', table='tickets_news', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='tickets.ticket')),
                ('cause', models.CharField(choices=[('customer', 'Waiting for the customer'), ('material', 'Material is missing'), ('machine', 'A machine stands still'), ('outside', 'Waiting for somebody outside'), ('change', 'The customer changes the piece'), ('stone', 'A stone is missing'), ('problem', 'Something is wrong'), ('other', 'Another cause')], max_length=12)),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('since', models.DateTimeField()),
                ('until', models.DateField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['since', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('cause__in', ['customer', 'material', 'machine', 'outside', 'change', 'stone', 'problem', 'other'])), name='tickets_hold_cause_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='tickets_hold_says_why'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('since')), _connector='OR'), name='tickets_hold_ends_later'), models.CheckConstraint(condition=models.Q(('ended_by', None), models.Q(('ended_at', None), _negated=True), _connector='OR'), name='tickets_hold_ended_then_by'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('ticket', 'cause'), name='tickets_hold_once_a_cause')],
            },
        ),
        migrations.CreateModel(
            name='Operation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ticket', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='operations', to='tickets.ticket')),
                ('position', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[('pending', 'Not yet'), ('ready', 'Ready'), ('running', 'At the bench'), ('paused', 'Paused'), ('done', 'Done'), ('skipped', 'Left out'), ('failed', 'Sent back')], default='pending', max_length=12)),
                ('stage', models.CharField(choices=[('design', 'Design'), ('casting', 'Casting'), ('assembly', 'Assembly'), ('finishing', 'Finishing'), ('quality', 'Quality check'), ('packaging', 'Packaging')], max_length=12)),
                ('craft', models.SlugField()),
                ('name', models.CharField(max_length=80)),
                ('name_th', models.CharField(blank=True, max_length=80)),
                ('roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list, size=None)),
                ('minutes', models.PositiveIntegerField(default=0)),
                ('evidence_needed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), default=list, size=None)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('fault', models.CharField(blank=True, max_length=8)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('started_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('copied_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tickets.operation')),
            ],
            options={
                'ordering': ['position'],
                'indexes': [models.Index(fields=['state', 'stage'], name='tickets_operation_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'ready', 'running', 'paused', 'done', 'skipped', 'failed'])), name='tickets_operation_state_known'), models.UniqueConstraint(fields=('ticket', 'position'), name='tickets_operation_position_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'pending\') AND NOT (NEW."copied_from_id" IS NOT NULL))', func="RAISE EXCEPTION 'a row of % begins as pending, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='78263051a1c25478adf056b1a82eb0c2049b9dcd', operation='INSERT', pgid='pgtrigger_begins_d5bad', table='tickets_operation', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operation',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{pending:ready,ready:pending,paused:pending,pending:skipped,ready:running,running:paused,paused:running,running:done,ready:done,ready:skipped,running:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='24d4470cbc7275ce98e8ef2a661c7d0b0f13b694', operation='UPDATE', pgid='pgtrigger_moves_7a7d9', table='tickets_operation', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='tickets.operation')),
                ('kind', models.CharField(choices=[('weight_in', 'weight in'), ('weight_out', 'weight out'), ('filings', 'filings'), ('added', 'metal added'), ('cast_weight', 'casting'), ('photo', 'photo'), ('engraving_proof', 'engraving'), ('stones_set', 'stones set'), ('revision', 'design shown'), ('approval', 'approved'), ('inspection', 'inspected'), ('sealed', 'sealed'), ('note', 'note'), ('problem', 'problem')], max_length=20)),
                ('mg', models.PositiveIntegerField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('others', models.PositiveSmallIntegerField(null=True)),
                ('text', models.TextField(blank=True)),
                ('for_customer', models.BooleanField(default=False)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('action_id', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('weight_in', 'weight_out', 'filings', 'cast_weight', 'added')), ('mg__gt', 0)), models.Q(models.Q(('kind__in', ('weight_in', 'weight_out', 'filings', 'cast_weight', 'added')), _negated=True), ('mg', None)), _connector='OR'), name='tickets_weights_weigh')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='evidence',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='82f7f14d75409ecca96b21cbf6e977b2abe454f0', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5a9ae', table='tickets_evidence', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='OperationStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='tickets.operation')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='tickets_operationstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='operationstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='0f2f2a06d9e5cf7c12f5a458f8cda93f49377303', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0f132', table='tickets_operationstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='TicketStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='tickets.ticket')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='tickets_ticketstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticketstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5f8c180e16d4222bd5a07c16828b17d968e0beae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_e6820', table='tickets_ticketstep', when='BEFORE')),
        ),
    ]
