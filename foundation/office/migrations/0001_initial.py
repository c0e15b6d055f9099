from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('sentence', models.CharField(max_length=400)),
                ('found_at', models.DateTimeField(auto_now_add=True)),
                ('gone_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-found_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('gone_at', None)), fields=('kind', 'sentence'), name='office_finding_once')],
            },
        ),
    ]
