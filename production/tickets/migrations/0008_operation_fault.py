from django.db import migrations, models

APART = r"""
    UPDATE tickets_operation
       SET fault = left(reason, 6), reason = regexp_replace(substr(reason, 8), '^[^.]*\. ?', '')
     WHERE reason ~ '^[A-Z]{2}-[A-Z]{3} '
"""
"""Until now a reason began with the defect's code and its words, as the inspector's language has them."""
TOGETHER = "UPDATE tickets_operation SET reason = left(fault || ' . ' || reason, 300) WHERE fault <> ''"


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0007_begin'),
    ]

    operations = [
        migrations.AddField(
            model_name='operation',
            name='fault',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.RunSQL(APART, TOGETHER),
    ]
