import django.db.models.deletion
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('quotes', '0001_initial'), ('quotes', '0002_begin')]

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('house', '0001_tables'),
        ('orders', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('number', models.CharField(max_length=12, unique=True)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.brand')),
                ('language', models.CharField(max_length=5)),
                ('currency', models.CharField(max_length=3)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('phone', models.CharField(blank=True, max_length=30)),
                ('country', models.CharField(max_length=2)),
                ('delivery', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.deliverymethod')),
                ('delivery_minor', models.PositiveIntegerField()),
                ('deposit_percent', models.PositiveSmallIntegerField()),
                ('note', models.TextField(blank=True)),
                ('valid_until_at', models.DateTimeField()),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('asked_again_at', models.DateTimeField(null=True)),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='orders.order')),
                ('link_hashed', models.CharField(max_length=64, null=True, unique=True)),
                ('state', models.CharField(choices=[('drafted', 'drafted'), ('shared', 'shared'), ('approved', 'approved, to be paid'), ('paid', 'paid: an order'), ('expired', 'run out'), ('withdrawn', 'withdrawn')], default='drafted', max_length=12)),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(fields=['state', 'valid_until_at'], name='quotes_quote_until')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafted', 'shared', 'approved', 'paid', 'expired', 'withdrawn'])), name='quotes_quote_state_known'), models.CheckConstraint(condition=models.Q(('email', ''), ('phone', ''), _negated=True), name='quotes_quote_can_be_answered'), models.CheckConstraint(condition=models.Q(('deposit_percent__gte', 10), ('deposit_percent__lte', 100)), name='quotes_quote_deposit_is_a_share'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'paid']), _negated=True), ('order__isnull', False), _connector='OR'), name='quotes_quote_approved_is_an_order'), models.CheckConstraint(condition=models.Q(('link_hashed__isnull', False), ('state__in', ['drafted', 'withdrawn', 'expired']), _connector='OR'), name='quotes_quote_shared_has_a_link')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'drafted\'))', func="RAISE EXCEPTION 'a row of % begins as drafted, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='91b8f30ebc18d9c1e4737bd2e25da2866f73a6ab', operation='INSERT', pgid='pgtrigger_begins_20a1b', table='quotes_quote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quote',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{drafted:shared,drafted:withdrawn,drafted:expired,shared:approved,shared:expired,shared:withdrawn,approved:paid,approved:expired,approved:withdrawn,expired:shared,expired:paid,expired:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='18b0ba9efd67a390d0e921fd8865908ce207ab3c', operation='UPDATE', pgid='pgtrigger_moves_2262c', table='quotes_quote', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='QuoteStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='quotes.quote')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='quotes_quotestep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='quotestep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d6bfe84b04f17befcee513ec5fe03187f9227396', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fa5d2', table='quotes_quotestep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='QuoteLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('quote', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='quotes.quote')),
                ('reference', models.UUIDField(unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=80)),
                ('variant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.variant')),
                ('stone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.stonechoice')),
                ('quantity', models.PositiveSmallIntegerField()),
                ('listed_minor', models.PositiveBigIntegerField()),
                ('gross_minor', models.PositiveBigIntegerField()),
                ('frozen', models.JSONField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('quote', 'position'), name='quotes_line_position_once'), models.CheckConstraint(condition=models.Q(('gross_minor__gt', 0), ('quantity__gt', 0)), name='quotes_line_of_something')],
            },
        ),
        migrations.CreateModel(
            name='PriceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_changes', to='quotes.quoteline')),
                ('old_minor', models.PositiveBigIntegerField()),
                ('new_minor', models.PositiveBigIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('old_minor', models.F('new_minor')), _negated=True), name='quotes_price_change_changes'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='quotes_price_change_has_a_reason')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='pricechange',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e1cfec8fb2a2992bc990705b8315caae3719e8aa', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_02e71', table='quotes_pricechange', when='BEFORE')),
        ),
    ]
