import django.db.models.deletion
import django.db.models.functions.text
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('buyers', '0001_initial'), ('buyers', '0002_trade_accounts'), ('buyers', '0003_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TradeCompany',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.seller')),
                ('name', models.CharField(max_length=120, verbose_name='company')),
                ('registration_number', models.CharField(blank=True, max_length=40, verbose_name='company number')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('about', models.TextField(blank=True, verbose_name='what you sell, and where')),
                ('contact_name', models.CharField(max_length=120, verbose_name='your name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('line1', models.CharField(max_length=120, verbose_name='street and number')),
                ('line2', models.CharField(blank=True, max_length=120, verbose_name='second line')),
                ('city', models.CharField(max_length=80, verbose_name='town or city')),
                ('region', models.CharField(blank=True, max_length=80, verbose_name='county or province')),
                ('postcode', models.CharField(blank=True, max_length=16, verbose_name='postcode')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('language', models.CharField(default='en', max_length=5)),
                ('terms_days', models.PositiveSmallIntegerField(default=30, verbose_name='days to pay, from the invoice')),
                ('credit_limit_minor', models.PositiveBigIntegerField(default=0, verbose_name='credit limit')),
                ('applied_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('applied', 'applied'), ('approved', 'open'), ('declined', 'declined'), ('suspended', 'suspended')], default='applied', max_length=12)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['applied', 'approved', 'declined', 'suspended'])), name='buyers_tradecompany_state_known'), models.UniqueConstraint(django.db.models.functions.text.Lower('email'), condition=models.Q(('state', 'declined'), _negated=True), name='buyers_company_email_once'), models.UniqueConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('vat_number', ''), _negated=True)), fields=('vat_number',), name='buyers_company_vat_once'), models.CheckConstraint(condition=models.Q(('terms_days__lte', 120)), name='buyers_company_terms_bounded')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tradecompany',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'applied\'))', func="RAISE EXCEPTION 'a row of % begins as applied, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='3e79dca073b5dd3a69aae21de2fa2a021fbeaea7', operation='INSERT', pgid='pgtrigger_begins_e61a0', table='buyers_tradecompany', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='tradecompany',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{applied:approved,applied:declined,declined:approved,approved:suspended,suspended:approved}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='f096c4069928ac39d9cb39dd90f0b29363a7b8ce', operation='UPDATE', pgid='pgtrigger_moves_cd3ba', table='buyers_tradecompany', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='CompanyStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='buyers.tradecompany')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='buyers_companystep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='companystep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ff258b1fbce10f6f5963ce7dff62e1f38fedf9e9', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bdfa1', table='buyers_companystep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='CompanyPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='buyers.tradecompany')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='buys_for', to=settings.AUTH_USER_MODEL)),
                ('since_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='CompanyPaper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='buyers.tradecompany')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('sent_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='RetailCustomer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='retail_customer', to=settings.AUTH_USER_MODEL)),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
            ],
        ),
        migrations.CreateModel(
            name='Address',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='addresses', to='buyers.retailcustomer')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('line1', models.CharField(max_length=120, verbose_name='street and number')),
                ('line2', models.CharField(blank=True, max_length=120, verbose_name='second line')),
                ('city', models.CharField(max_length=80, verbose_name='town')),
                ('region', models.CharField(blank=True, max_length=80, verbose_name='county or province')),
                ('postcode', models.CharField(blank=True, max_length=20, verbose_name='postcode')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': [models.OrderBy(models.F('used_at'), descending=True, nulls_last=True), 'pk'],
            },
        ),
    ]
