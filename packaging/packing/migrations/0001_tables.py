import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('packing', '0001_initial'), ('packing', '0002_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Supply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supplies', to='house.brand')),
                ('code', models.SlugField()),
                ('kind', models.CharField(choices=[('box', 'box'), ('pouch', 'pouch'), ('card', 'card'), ('ribbon', 'ribbon'), ('carton', 'carton')], max_length=12)),
                ('name', models.CharField(max_length=80)),
                ('name_th', models.CharField(blank=True, max_length=80)),
                ('inner_um', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), blank=True, default=list, size=3)),
                ('on_hand', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'code'), name='packing_supply_once')],
            },
        ),
        migrations.CreateModel(
            name='PackSpec',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pack_specs', to='house.brand')),
                ('name', models.CharField(max_length=80)),
                ('kind', models.CharField(blank=True, max_length=40)),
                ('channel', models.CharField(blank=True, max_length=16)),
                ('version', models.PositiveIntegerField(default=1)),
                ('released', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'kind', 'channel', 'version'), name='packing_spec_version_once')],
            },
        ),
        migrations.CreateModel(
            name='PackSpecLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('spec', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='packing.packspec')),
                ('supply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='packing.supply')),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('for_gift', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Parcel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(unique=True)),
                ('number', models.CharField(max_length=16, unique=True)),
                ('state', models.CharField(choices=[('requested', 'To pack'), ('packing', 'Being packed'), ('sealed', 'Sealed'), ('dispatched', 'On its way'), ('delivered', 'Delivered'), ('cancelled', 'Cancelled')], default='requested', max_length=16)),
                ('order_number', models.CharField(max_length=24)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.brand')),
                ('channel', models.CharField(max_length=16)),
                ('language', models.CharField(max_length=5)),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('spec', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='packing.packspec')),
                ('recipient', models.CharField(max_length=160)),
                ('address_lines', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=160), size=None)),
                ('country', models.CharField(max_length=2)),
                ('delivery', models.CharField(max_length=50)),
                ('gift', models.BooleanField(default=False)),
                ('gift_note', models.TextField(blank=True)),
                ('hide_prices', models.BooleanField(default=False)),
                ('piece_url', models.URLField(max_length=300)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('carrier', models.CharField(blank=True, max_length=40)),
                ('tracking_number', models.CharField(blank=True, max_length=60)),
                ('tracking_url', models.URLField(blank=True, max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'made_at'], name='packing_parcel_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'packing', 'sealed', 'dispatched', 'delivered', 'cancelled'])), name='packing_parcel_state_known')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='parcel',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'requested\'))', func="RAISE EXCEPTION 'a row of % begins as requested, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='4084efa44ae7fae09cb164386798a25b4036268a', operation='INSERT', pgid='pgtrigger_begins_cc262', table='packing_parcel', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='parcel',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{requested:packing,packing:sealed,sealed:packing,sealed:dispatched,dispatched:delivered,requested:cancelled,packing:cancelled,sealed:cancelled}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='8f5d5675ae80137ca568af9e2526be73f7e0145f', operation='UPDATE', pgid='pgtrigger_moves_8dfcc', table='packing_parcel', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='ParcelStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='packing.parcel')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='packing_parcelstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='parcelstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='747fbf234193be8062b64c35bd5ef4c8295a86f8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bf63e', table='packing_parcelstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Content',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contents', to='packing.parcel')),
                ('reference', models.UUIDField()),
                ('serial', models.CharField(blank=True, max_length=40)),
                ('sku', models.CharField(max_length=60)),
                ('name', models.CharField(max_length=160)),
                ('quantity', models.PositiveIntegerField(default=1)),
                ('alloy', models.CharField(max_length=16)),
                ('fineness', models.CharField(max_length=16)),
                ('hallmark_status', models.CharField(max_length=20)),
                ('marks', models.CharField(blank=True, max_length=80)),
                ('gross_mg', models.PositiveIntegerField(null=True)),
                ('stones', models.CharField(blank=True, max_length=200)),
                ('ring_size', models.CharField(blank=True, max_length=40)),
                ('engraving', models.CharField(blank=True, max_length=200)),
                ('care', models.CharField(max_length=40)),
                ('picture', models.UUIDField(null=True)),
                ('scanned_at', models.DateTimeField(null=True)),
                ('scanned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('parcel', 'reference'), name='packing_content_once')],
            },
        ),
        migrations.CreateModel(
            name='SupplyTaken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='supplies', to='packing.parcel')),
                ('supply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='packing.supply')),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('taken_at', models.DateTimeField(null=True)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('parcel', 'supply'), name='packing_supply_taken_once'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='packing_supply_taken_some')],
            },
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scans', to='packing.parcel')),
                ('code', models.CharField(max_length=80)),
                ('fitted', models.BooleanField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='scan',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aabfeb787940277d07e1b5c555ea3a0993f10311', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_76e97', table='packing_scan', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('parcel', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='packing.parcel')),
                ('kind', models.CharField(max_length=12)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('parcel', 'kind'), name='packing_paper_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a37a3fb4899abdfd7f6b9eaf23be62b41f4ed481', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1a982', table='packing_paper', when='BEFORE')),
        ),
    ]
