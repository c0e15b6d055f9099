import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('designs', '0001_initial'), ('designs', '0002_changing'), ('designs', '0003_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Brief',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(unique=True)),
                ('piece_name', models.CharField(max_length=160)),
                ('wish', models.TextField(blank=True)),
                ('files', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), blank=True, default=list, size=None)),
            ],
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('brief', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='designs.brief')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(choices=[('drawn', 'Drawn'), ('shown', 'Waits for the customer'), ('approved', 'Approved'), ('superseded', 'Superseded')], default='drawn', max_length=12)),
                ('render', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('cad', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('predicted_mg', models.PositiveIntegerField(null=True)),
                ('note', models.TextField(blank=True)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('approved_by_name', models.CharField(blank=True, max_length=120)),
                ('approved_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['number'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drawn', 'shown', 'approved', 'superseded'])), name='designs_revision_state_known'), models.UniqueConstraint(fields=('brief', 'number'), name='designs_revision_number_once'), models.UniqueConstraint(condition=models.Q(('state', 'approved')), fields=('brief',), name='designs_one_approved_revision')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'drawn\'))', func="RAISE EXCEPTION 'a row of % begins as drawn, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='c2a873a176650d2f09dcbb12a9bd2f2cf2c04f31', operation='INSERT', pgid='pgtrigger_begins_63e60', table='designs_revision', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revision',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{drawn:shown,shown:approved,drawn:superseded,shown:superseded,drawn:approved,approved:superseded}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='be4c10dd09015d2630b48d77b226edd4e6f92034', operation='UPDATE', pgid='pgtrigger_moves_9c849', table='designs_revision', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='RevisionStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='designs.revision')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='designs_revisionstep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='revisionstep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c2bb98962726f3c375fbd3442d3d5e6bd3faf6f7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d5eb8', table='designs_revisionstep', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='designs.revision')),
                ('text', models.TextField()),
                ('by_name', models.CharField(max_length=120)),
                ('from_customer', models.BooleanField()),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='comment',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c0b9a5220f58e03f0bb856c0ba05b15291b1413e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_96cc6', table='designs_comment', when='BEFORE')),
        ),
    ]
