import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('metal', '0001_initial'), ('metal', '0002_bags')]

    initial = True

    dependencies = [
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='lot')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site')),
                ('alloy', models.CharField(max_length=16, verbose_name='alloy')),
                ('metal', models.CharField(max_length=16, verbose_name='metal')),
                ('fineness_ppt10', models.PositiveSmallIntegerField(verbose_name='fineness in tenths of a per mille')),
                ('supplier', models.CharField(max_length=120, verbose_name='supplier')),
                ('document', models.CharField(blank=True, max_length=120, verbose_name='delivery note or certificate')),
                ('received_on', models.DateField(verbose_name='received')),
                ('mined_certified_bp', models.PositiveSmallIntegerField(default=0, verbose_name='mined, certified')),
                ('recycled_post_bp', models.PositiveSmallIntegerField(default=0, verbose_name='recycled after use')),
                ('recycled_pre_bp', models.PositiveSmallIntegerField(default=0, verbose_name='recycled before use')),
                ('grandfathered_bp', models.PositiveSmallIntegerField(default=0, verbose_name='grandfathered')),
                ('unknown_bp', models.PositiveSmallIntegerField(default=0, verbose_name='unknown')),
            ],
            options={
                'ordering': ['received_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('fineness_ppt10__range', (1, 10000))), name='metal_lot_fineness'), models.CheckConstraint(condition=models.Q(('unknown_bp', django.db.models.expressions.CombinedExpression(models.Value(10000), '-', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('mined_certified_bp'), '+', models.F('recycled_post_bp')), '+', models.F('recycled_pre_bp')), '+', models.F('grandfathered_bp'))))), name='metal_lot_origin_whole')],
            },
        ),
        migrations.CreateModel(
            name='Fixing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='fixings', to='house.seller')),
                ('metal', models.CharField(max_length=16, verbose_name='metal')),
                ('minor_per_kg', models.BigIntegerField(verbose_name='price of a kilogram of fine metal, minor units')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('on', models.DateField(verbose_name='day')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-on', '-pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['currency', 'metal', '-on', '-id'], name='metal_fixing_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('minor_per_kg__gt', 0)), name='metal_fixing_positive')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='fixing',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5a92203affe228f001937918b3ed4933a02ac2b4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3da4', table='metal_fixing', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('supplier', 'Supplier'), ('vault', 'Vault'), ('ticket', 'Ticket'), ('tree', 'Tree'), ('bench', 'Bench'), ('scrap', 'Scrap'), ('loss', 'Loss'), ('finished', 'Finished'), ('adjust', 'Adjustment')], max_length=12)),
                ('metal', models.CharField(max_length=16)),
                ('fine_dug', models.BigIntegerField(default=0, verbose_name='fine metal held, in 0.1 µg')),
            ],
            options={
                'ordering': ['code', 'metal'],
                'constraints': [models.UniqueConstraint(fields=('code', 'metal'), name='metal_account_once'), models.CheckConstraint(condition=models.Q(('fine_dug__gte', 0), models.Q(('kind__in', ('vault', 'ticket', 'tree', 'bench', 'scrap', 'finished')), _negated=True), _connector='OR'), name='metal_account_not_below_nothing')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('received', 'Received'), ('issued', 'Issued'), ('cast', 'Cast'), ('moved', 'Moved'), ('returned', 'Returned'), ('weighed', 'Weighed'), ('finished', 'Finished'), ('reversed', 'Reversed')], max_length=12)),
                ('key', models.CharField(max_length=200, unique=True)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversed_by', to='metal.entry')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('witness', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='074c395aaed0618187f64211eef4341e13e402a5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2b69e', table='metal_entry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='entry',
            trigger=pgtrigger.compiler.Trigger(name='has_legs', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    IF (SELECT count(*) FROM metal_leg WHERE entry_id = NEW.id) < 2 THEN\n                        RAISE EXCEPTION 'entry % has fewer than two legs', NEW.key USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ", hash='1c29ee6795398bb9811b28060b9cb2b6c97f138f', operation='INSERT', pgid='pgtrigger_has_legs_3d10b', table='metal_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        migrations.CreateModel(
            name='Leg',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='metal.entry')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='legs', to='metal.account')),
                ('alloy', models.CharField(max_length=16)),
                ('gross_mg', models.BigIntegerField()),
                ('fineness_ppt10', models.PositiveSmallIntegerField()),
                ('fine_dug', models.BigIntegerField()),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('fine_dug', django.db.models.expressions.CombinedExpression(models.F('gross_mg'), '*', models.F('fineness_ppt10')))), name='metal_leg_fine_exact'), models.CheckConstraint(condition=models.Q(('gross_mg', 0), _negated=True), name='metal_leg_moves_something')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leg',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d1a940aac6d76fb51fc9071ae90ea0c9fe019a3a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6e95a', table='metal_leg', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='leg',
            trigger=pgtrigger.compiler.Trigger(name='sums_to_nothing', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\n                    IF EXISTS (\n                        SELECT 1 FROM metal_leg JOIN metal_account ON metal_account.id = metal_leg.account_id\n                        WHERE metal_leg.entry_id = NEW.entry_id\n                        GROUP BY metal_account.metal HAVING sum(metal_leg.fine_dug) <> 0\n                    ) THEN\n                        RAISE EXCEPTION 'the legs of entry % do not sum to nothing', NEW.entry_id\n                            USING ERRCODE = 'check_violation';\n                    END IF;\n                    RETURN NULL;\n                ", hash='d7d7e75580e09d370fe79dc6b376cc5485248364', operation='INSERT', pgid='pgtrigger_sums_to_nothing_10b28', table='metal_leg', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
