import django.db.models.deletion
import django.db.models.expressions
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('payments', '0001_initial'), ('payments', '0002_refund_may_fail_later'), ('payments', '0003_on_account'), ('payments', '0004_counter'), ('payments', '0005_begin')]

    initial = True

    dependencies = [
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('due', models.UUIDField()),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('what', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(max_length=5)),
                ('success_url', models.TextField()),
                ('cancel_url', models.TextField()),
                ('idempotency_key', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('session_id', models.CharField(max_length=120, null=True, unique=True)),
                ('intent_id', models.CharField(blank=True, max_length=120)),
                ('url', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('expires_at', models.DateTimeField()),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('open', 'payment page open'), ('paid', 'paid'), ('expired', 'run out'), ('failed', 'failed')], default='asked', max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['due'], name='payments_attempt_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'open', 'paid', 'expired', 'failed'])), name='payments_attempt_state_known'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payments_attempt_of_something'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'open'])), fields=('due',), name='payments_one_live_attempt_per_due')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attempt',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'asked\'))', func="RAISE EXCEPTION 'a row of % begins as asked, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='ef5928aac11d048615d113ee17ff6a345f9fa267', operation='INSERT', pgid='pgtrigger_begins_dc4ec', table='payments_attempt', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attempt',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:open,asked:paid,asked:expired,asked:failed,open:paid,open:expired,open:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='87b3d2be8220da13cc99cd88c057e0e2df09425b', operation='UPDATE', pgid='pgtrigger_moves_65274', table='payments_attempt', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='AttemptStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='payments.attempt')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='payments_attemptstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='attemptstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='34c2cc9ddaa470336cdcf19c6b1b7b5dcb1c64dc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2dc15', table='payments_attemptstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('due', models.UUIDField()),
                ('method', models.CharField(choices=[('card', 'Card'), ('transfer', 'Bank transfer'), ('promptpay', 'PromptPay'), ('cash', 'Cash'), ('terminal', 'Card terminal')], max_length=12)),
                ('attempt', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payment', to='payments.attempt')),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('intent_id', models.CharField(blank=True, max_length=120)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('received_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField(auto_now_add=True)),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['due'], name='payments_payment_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payments_payment_of_something'), models.CheckConstraint(condition=models.Q(('method__in', ['card', 'transfer', 'promptpay', 'cash', 'terminal'])), name='payments_payment_method_known'), models.CheckConstraint(condition=models.Q(models.Q(('attempt__isnull', False), ('method', 'card')), models.Q(models.Q(('method', 'card'), _negated=True), ('recorded_by__isnull', False)), _connector='OR'), name='payments_payment_by_page_or_person')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='payment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='68ab02b315c07a30648abf8d1c0bb552bb9babeb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_15780', table='payments_payment', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='payments.payment')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('stripe_id', models.CharField(blank=True, max_length=120)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('asked', 'asked for'), ('done', 'paid back'), ('failed', 'failed')], default='asked', max_length=12)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'done', 'failed'])), name='payments_refund_state_known'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payments_refund_of_something')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'asked\'))', func="RAISE EXCEPTION 'a row of % begins as asked, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='9585f7231d9784c6999206ef6cbf7e64cef084a9', operation='INSERT', pgid='pgtrigger_begins_53f72', table='payments_refund', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refund',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:done,asked:failed,done:failed}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='464863858cae9bbb149d934ed52a398a48962deb', operation='UPDATE', pgid='pgtrigger_moves_30f89', table='payments_refund', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='RefundStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='payments.refund')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='payments_refundstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='refundstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='24856294b9c028e297a9e2bfd28db6b9dd494387', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a3a70', table='payments_refundstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='CashRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='cash_rule', to='house.seller')),
                ('limit_minor', models.PositiveBigIntegerField(verbose_name='most cash from one customer')),
                ('window_days', models.PositiveSmallIntegerField(verbose_name='days within which payments are linked')),
                ('ask_who_minor', models.PositiveBigIntegerField(verbose_name='ask who pays from')),
                ('source', models.CharField(max_length=240, verbose_name='where the limit stands')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('limit_minor__gt', 0), ('window_days__gt', 0)), name='payments_cash_rule_limits')],
            },
        ),
        migrations.CreateModel(
            name='StripeEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event_id', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('payload', models.JSONField()),
                ('received_at', models.DateTimeField(auto_now_add=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['-received_at'], name='payments_event_newest')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('due', models.UUIDField(null=True)),
                ('text', models.TextField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='finding',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='715a2b25da3bdd03e89eb5829855a6da21cc8282', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a8ff9', table='payments_finding', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='InvoiceSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('serial', models.PositiveIntegerField()),
                ('number', models.CharField(max_length=24, unique=True)),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit note')], max_length=12)),
                ('corrects', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='payments.invoice')),
                ('due', models.UUIDField()),
                ('order_number', models.CharField(max_length=12)),
                ('title', models.CharField(max_length=120)),
                ('language', models.CharField(max_length=5)),
                ('brand_name', models.CharField(max_length=80)),
                ('seller_name', models.CharField(max_length=200)),
                ('seller_address', models.TextField()),
                ('seller_vat_number', models.CharField(blank=True, max_length=20)),
                ('buyer_name', models.CharField(max_length=120)),
                ('buyer_address', models.TextField()),
                ('currency', models.CharField(max_length=3)),
                ('net_minor', models.BigIntegerField()),
                ('tax_minor', models.BigIntegerField()),
                ('gross_minor', models.BigIntegerField()),
                ('tax_note', models.CharField(blank=True, max_length=200)),
                ('issued_on', models.DateField()),
                ('paid_on', models.DateField(null=True)),
                ('due_on', models.DateField(null=True)),
                ('po_number', models.CharField(blank=True, max_length=40)),
                ('pay_to', models.TextField(blank=True)),
                ('buyer_vat_number', models.CharField(blank=True, max_length=20)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['due'], name='payments_invoice_due')],
                'constraints': [models.UniqueConstraint(fields=('seller', 'serial'), name='payments_invoice_serial_once'), models.CheckConstraint(condition=models.Q(('gross_minor', django.db.models.expressions.CombinedExpression(models.F('net_minor'), '+', models.F('tax_minor')))), name='payments_invoice_adds_up')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoice',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5ee1920894ecc4e868a2e63733dc7f80894169d3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64bca', table='payments_invoice', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='MoneyEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('due', models.UUIDField()),
                ('debit', models.CharField(choices=[('card', 'at Stripe'), ('transfer', 'at the bank'), ('promptpay', 'at the bank by PromptPay'), ('cash', 'in the till'), ('terminal', 'at the card terminal’s bank'), ('difference', 'differences of the till'), ('customers', 'customers'), ('sales', 'sales'), ('tax', 'VAT')], max_length=12)),
                ('credit', models.CharField(choices=[('card', 'at Stripe'), ('transfer', 'at the bank'), ('promptpay', 'at the bank by PromptPay'), ('cash', 'in the till'), ('terminal', 'at the card terminal’s bank'), ('difference', 'differences of the till'), ('customers', 'customers'), ('sales', 'sales'), ('tax', 'VAT')], max_length=12)),
                ('amount_minor', models.PositiveBigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('payment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.payment')),
                ('refund', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.refund')),
                ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='payments.invoice')),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['due'], name='payments_entry_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payments_entry_of_something'), models.CheckConstraint(condition=models.Q(('debit', models.F('credit')), _negated=True), name='payments_entry_between_two')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='moneyentry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4f7e6906eb6e097f2ffb3066db2d508066bb9335', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_565c0', table='payments_moneyentry', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='InvoiceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='payments.invoice')),
                ('position', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=300)),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('rate_bp', models.PositiveIntegerField()),
                ('net_minor', models.BigIntegerField()),
                ('tax_minor', models.BigIntegerField()),
                ('gross_minor', models.BigIntegerField()),
            ],
            options={
                'ordering': ['position'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('invoice', 'position'), name='payments_invoice_line_once'), models.CheckConstraint(condition=models.Q(('gross_minor', django.db.models.expressions.CombinedExpression(models.F('net_minor'), '+', models.F('tax_minor')))), name='payments_invoice_line_adds_up')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='invoiceline',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b962379e0f36723aacd97e170e3f05c656aa885', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bc85a', table='payments_invoiceline', when='BEFORE')),
        ),
    ]
