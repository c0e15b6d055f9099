import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.text
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('catalogue', '0001_extensions'), ('catalogue', '0002_initial'), ('catalogue', '0003_variant_marks'), ('catalogue', '0004_moved_between_sites'), ('catalogue', '0005_pearls'), ('catalogue', '0006_computer_made'), ('catalogue', '0007_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(
        ),
        migrations.CreateModel(
            name='Collection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collections', to='house.brand')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('text', models.CharField(blank=True, max_length=240, verbose_name='two lines about it')),
                ('inside', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shelves', to='catalogue.collection')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Piece',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pieces', to='house.brand')),
                ('slug', models.SlugField(unique=True, verbose_name='address')),
                ('style_code', models.CharField(max_length=20, unique=True, verbose_name='style code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('line', models.CharField(blank=True, max_length=120, verbose_name='one line about it')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('kind', models.CharField(choices=[('ring_with_stone', 'Ring with a stone'), ('plain_ring', 'Plain ring'), ('pendant', 'Pendant'), ('earrings', 'Earrings'), ('chain', 'Chain'), ('bangle', 'Bangle')], max_length=24, verbose_name='what it is')),
                ('family', models.CharField(max_length=40, verbose_name='shape')),
                ('parameters', models.JSONField(blank=True, default=dict, verbose_name='measures of the shape')),
                ('made_to_order', models.BooleanField(default=True, verbose_name='can be made to order')),
                ('finish', models.CharField(default='polished', max_length=24, verbose_name='finish')),
                ('plating', models.CharField(blank=True, max_length=24, verbose_name='plating')),
                ('engraving_most', models.PositiveSmallIntegerField(default=24, verbose_name='letters of engraving, at most')),
                ('ring_from_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='smallest size it can be made in')),
                ('ring_to_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='largest size it can be made in')),
                ('care', models.CharField(blank=True, max_length=24, verbose_name='care card')),
                ('tray', models.CharField(choices=[('stone', 'Stone'), ('sage', 'Sage'), ('pewter', 'Pewter'), ('clay', 'Clay'), ('blush', 'Blush'), ('ink', 'Ink')], default='stone', max_length=12, verbose_name='tray')),
                ('words', models.TextField(blank=True, verbose_name='words it is found by')),
                ('position', models.PositiveIntegerField(default=1000, verbose_name='order')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.CombinedSearchVector(django.contrib.postgres.search.SearchVector('name', 'style_code', config='english', weight='A'), '||', django.contrib.postgres.search.SearchVector('line', 'words', config='english', weight='B'), django.contrib.postgres.search.SearchConfig('english')), '||', django.contrib.postgres.search.SearchVector('description', config='english', weight='D'), django.contrib.postgres.search.SearchConfig('english')), output_field=django.contrib.postgres.search.SearchVectorField())),
                ('collections', models.ManyToManyField(related_name='pieces', to='catalogue.collection', verbose_name='collections')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='catalogue_piece_search'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Lower('words'), name='gin_trgm_ops'), name='catalogue_piece_trigrams'), models.Index(condition=models.Q(('published_at__isnull', False), ('withdrawn_at', None)), fields=['position', 'id'], name='catalogue_piece_on_show')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['ring_with_stone', 'plain_ring', 'pendant', 'earrings', 'chain', 'bangle'])), name='catalogue_piece_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('ring_from_um', None), ('ring_to_um', None)), ('ring_from_um__lte', models.F('ring_to_um')), _connector='OR'), name='catalogue_piece_ring_range'), models.CheckConstraint(condition=models.Q(('withdrawn_at', None), ('published_at__isnull', False), _connector='OR'), name='catalogue_piece_withdrawn_was_published')],
            },
        ),
        migrations.CreateModel(
            name='StoneChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stones', to='catalogue.piece')),
                ('species', models.CharField(max_length=24, verbose_name='stone')),
                ('grown', models.CharField(choices=[('mined', 'mined or natural'), ('lab', 'laboratory-grown'), ('cultured', 'cultured')], default='mined', max_length=8, verbose_name='where it grew')),
                ('cut', models.CharField(max_length=24, verbose_name='cut')),
                ('colour', models.CharField(blank=True, max_length=40, verbose_name='colour')),
                ('clarity', models.CharField(blank=True, max_length=24, verbose_name='clarity')),
                ('length_um', models.PositiveIntegerField(verbose_name='length')),
                ('width_um', models.PositiveIntegerField(verbose_name='width')),
                ('mct', models.PositiveIntegerField(verbose_name='weight of each')),
                ('count', models.PositiveSmallIntegerField(default=1, verbose_name='how many')),
                ('price_minor', models.PositiveIntegerField(verbose_name='price before VAT')),
                ('currency', models.CharField(default='GBP', max_length=3)),
                ('treatment', models.CharField(blank=True, max_length=60, verbose_name='treatment')),
                ('origin', models.CharField(blank=True, max_length=60, verbose_name='origin')),
                ('report_lab', models.CharField(blank=True, max_length=40, verbose_name='laboratory')),
                ('report_number', models.CharField(blank=True, max_length=40, verbose_name='report number')),
                ('report_url', models.URLField(blank=True, verbose_name='where the report opens')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('grown', 'cultured'), _negated=True), ('species', 'pearl'), _connector='OR'), name='catalogue_stone_cultured_is_a_pearl'), models.CheckConstraint(condition=models.Q(models.Q(('grown', 'lab'), _negated=True), models.Q(('species', 'pearl'), _negated=True), _connector='OR'), name='catalogue_stone_pearl_grew_in_a_shell')],
            },
        ),
        migrations.CreateModel(
            name='MetalOffered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='metals', to='catalogue.piece')),
                ('alloy', models.CharField(max_length=24, verbose_name='alloy')),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('piece', 'alloy'), name='catalogue_metal_offered_once')],
            },
        ),
        migrations.CreateModel(
            name='Variant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='variants', to='catalogue.piece')),
                ('sku', models.CharField(max_length=32, unique=True, verbose_name='stock number')),
                ('alloy', models.CharField(max_length=24, verbose_name='alloy')),
                ('ring_inner_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='ring size')),
                ('length_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='length')),
                ('stone_species', models.CharField(blank=True, max_length=24, verbose_name='stone')),
                ('stone_grown', models.CharField(blank=True, choices=[('mined', 'mined or natural'), ('lab', 'laboratory-grown'), ('cultured', 'cultured')], max_length=8, verbose_name='where it grew')),
                ('stone_cut', models.CharField(blank=True, max_length=24, verbose_name='cut')),
                ('stone_mct', models.PositiveIntegerField(default=0, verbose_name='weight of the stones')),
                ('stone_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='size across of what is sold by size')),
                ('stone_count', models.PositiveSmallIntegerField(default=0, verbose_name='how many stones')),
                ('stone_treatment', models.CharField(blank=True, max_length=60, verbose_name='treatment')),
                ('stone_origin', models.CharField(blank=True, max_length=60, verbose_name='origin')),
                ('report_lab', models.CharField(blank=True, max_length=40, verbose_name='laboratory')),
                ('report_number', models.CharField(blank=True, max_length=40, verbose_name='report number')),
                ('metal_mg', models.PositiveIntegerField(default=0, verbose_name='weight of metal')),
                ('marks', models.CharField(blank=True, max_length=80, verbose_name='marks struck on it')),
                ('price_minor', models.PositiveIntegerField(verbose_name='price, VAT included')),
                ('currency', models.CharField(default='GBP', max_length=3)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position', 'alloy', 'ring_inner_um', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('price_minor__gt', 0)), name='catalogue_variant_has_a_price'), models.CheckConstraint(condition=models.Q(models.Q(('stone_grown', 'cultured'), _negated=True), ('stone_species', 'pearl'), _connector='OR'), name='catalogue_variant_cultured_is_a_pearl'), models.CheckConstraint(condition=models.Q(models.Q(('stone_grown', 'lab'), _negated=True), models.Q(('stone_species', 'pearl'), _negated=True), _connector='OR'), name='catalogue_variant_pearl_grew_in_a_shell')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='catalogue.piece')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('alloy', models.CharField(blank=True, max_length=24, verbose_name='alloy shown')),
                ('view', models.CharField(choices=[('three_quarter', 'Three-quarter view'), ('above', 'From above'), ('front', 'Front view'), ('side', 'From the side'), ('hand', 'On a hand'), ('detail', 'Close up')], default='three_quarter', max_length=16, verbose_name='view')),
                ('alt', models.CharField(blank=True, max_length=160, verbose_name='in words')),
                ('width_um', models.PositiveIntegerField(blank=True, null=True, verbose_name='width of the picture at the piece')),
                ('shape', models.CharField(blank=True, editable=False, max_length=32)),
                ('position', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Stock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('variant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stock', to='catalogue.variant')),
                ('stone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stock', to='catalogue.stonechoice')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('on_hand', models.PositiveIntegerField(default=0, verbose_name='on hand')),
                ('held', models.PositiveIntegerField(default=0, verbose_name='held')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('held__lte', models.F('on_hand'))), name='catalogue_stock_holds_what_is_there'), models.CheckConstraint(condition=models.Q(models.Q(('stone__isnull', False), ('variant', None)), models.Q(('stone', None), ('variant__isnull', False)), _connector='OR'), name='catalogue_stock_of_one_thing'), models.UniqueConstraint(fields=('variant', 'site'), name='catalogue_stock_of_variant_once'), models.UniqueConstraint(fields=('stone', 'site'), name='catalogue_stock_of_stone_once')],
            },
        ),
        migrations.CreateModel(
            name='Hold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('stock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='catalogue.stock')),
                ('quantity', models.PositiveSmallIntegerField()),
                ('expires_at', models.DateTimeField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('state', models.CharField(choices=[('live', 'held'), ('taken', 'sold'), ('released', 'put back'), ('expired', 'run out'), ('returned', 'come back')], default='live', max_length=12)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'live')), fields=['expires_at'], name='catalogue_hold_live'), models.Index(fields=['key'], name='catalogue_hold_key')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['live', 'taken', 'released', 'expired', 'returned'])), name='catalogue_hold_state_known'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='catalogue_hold_of_something'), models.UniqueConstraint(condition=models.Q(('state__in', ['live', 'taken'])), fields=('key',), name='catalogue_hold_once_per_line')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hold',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'live\'))', func="RAISE EXCEPTION 'a row of % begins as live, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='fa8c1247215600d23ecb4883ba9ff6f95973f363', operation='INSERT', pgid='pgtrigger_begins_369dd', table='catalogue_hold', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='hold',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{live:taken,live:released,live:expired,taken:returned}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='a5d601e83dad3592de304e3979edd07688fcefb0', operation='UPDATE', pgid='pgtrigger_moves_c0ec0', table='catalogue_hold', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='HoldStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='catalogue.hold')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='catalogue_holdstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='holdstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9be9d9678ff05e3d870cdb88c57922d09ad5f012', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_14b29', table='catalogue_holdstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='StockMovement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stock', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='catalogue.stock')),
                ('kind', models.CharField(choices=[('received', 'received'), ('sold', 'sold'), ('returned', 'come back'), ('counted', 'corrected by a count'), ('moved', 'moved between sites')], max_length=12)),
                ('quantity', models.IntegerField()),
                ('hold', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='catalogue.hold')),
                ('transfer', models.UUIDField(null=True)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['received', 'returned']), ('quantity__gt', 0)), models.Q(('kind', 'sold'), ('quantity__lt', 0)), ('kind', 'counted'), models.Q(('kind', 'moved'), ('transfer__isnull', False)), _connector='OR'), name='catalogue_movement_has_its_sign'), models.UniqueConstraint(fields=('hold', 'kind'), name='catalogue_movement_of_a_hold_once'), models.UniqueConstraint(fields=('transfer', 'stock'), name='catalogue_movement_of_a_transfer_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='stockmovement',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b782224c48baff72805a5aba15157ce4e35feb4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_77e58', table='catalogue_stockmovement', when='BEFORE')),
        ),
    ]
