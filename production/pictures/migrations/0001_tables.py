import django.db.models.deletion
import foundation.people.models
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('pictures', '0001_initial'), ('pictures', '0002_begin')]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StudioPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('subject', models.UUIDField(db_index=True)),
                ('family', models.CharField(max_length=40)),
                ('parameters', models.JSONField()),
                ('shape', models.CharField(max_length=32)),
                ('alloy', models.CharField(max_length=24)),
                ('view', models.CharField(max_length=16)),
                ('tray', models.CharField(max_length=12)),
                ('state', models.CharField(choices=[('asked', 'Waits for the studio'), ('being_taken', 'Being taken'), ('taken', 'Taken'), ('not_taken', 'Not taken'), ('called_off', 'Called off')], default='asked', max_length=12)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('width_um', models.PositiveIntegerField(null=True)),
                ('refusal', models.JSONField(blank=True, default=dict)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('began_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'being_taken', 'taken', 'not_taken', 'called_off'])), name='pictures_studiopicture_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'taken'), _negated=True), models.Q(('file__isnull', False), ('width_um__gt', 0)), _connector='OR'), name='pictures_taken_has_a_file'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'being_taken'])), fields=('subject', 'alloy', 'view'), name='pictures_waits_once')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studiopicture',
            trigger=pgtrigger.compiler.Trigger(name='begins', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (NEW."state" = \'asked\'))', func="RAISE EXCEPTION 'a row of % begins as asked, not as %', TG_TABLE_NAME, NEW.state USING ERRCODE = 'check_violation';", hash='271293fa795b38384713fb4f90e64ed02cee7df2', operation='INSERT', pgid='pgtrigger_begins_23d8b', table='pictures_studiopicture', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studiopicture',
            trigger=pgtrigger.compiler.Trigger(name='moves', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE _is_valid_transition BOOLEAN;', func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{asked:being_taken,being_taken:taken,being_taken:not_taken,not_taken:asked,asked:called_off,not_taken:called_off}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;', hash='17c042f2668d35a305d0ca67ff8871233a4202fe', operation='UPDATE', pgid='pgtrigger_moves_6f479', table='pictures_studiopicture', when='BEFORE')),
        ),
        migrations.CreateModel(
            name='StudioPictureStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.PositiveIntegerField()),
                ('old', models.CharField(max_length=24)),
                ('new', models.CharField(max_length=24)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('note', models.TextField(blank=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pictures.studiopicture')),
            ],
            options={
                'ordering': ['sequence'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('owner', 'sequence'), name='pictures_studiopicturestep_sequence_gap_free')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='studiopicturestep',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='cb8e730a8408f9dbfb7240ce6eebb7af651c4cbc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2833a', table='pictures_studiopicturestep', when='BEFORE')),
        ),
    ]
