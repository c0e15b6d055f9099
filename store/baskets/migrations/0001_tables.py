import django.db.models.deletion
import foundation.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('baskets', '0001_initial'), ('baskets', '0002_initial')]

    initial = True

    dependencies = [
        ('catalogue', '0001_tables'),
        ('files', '0001_initial'),
        ('house', '0001_tables'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Basket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='baskets', to=settings.AUTH_USER_MODEL)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.brand')),
                ('channel', models.CharField(default='web', max_length=12)),
                ('currency', models.CharField(max_length=3)),
                ('language', models.CharField(default='en', max_length=5)),
                ('gift', models.BooleanField(default=False, verbose_name='it is a gift')),
                ('gift_note', models.CharField(blank=True, max_length=240, verbose_name='note for the card')),
                ('hide_prices', models.BooleanField(default=False, verbose_name='no prices in the parcel')),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('closed_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at', None)), fields=('user', 'brand'), name='baskets_one_open_per_person')],
            },
        ),
        migrations.CreateModel(
            name='BasketLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basket', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='baskets.basket')),
                ('reference', models.UUIDField(default=foundation.people.models.new_reference, editable=False, unique=True)),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.piece')),
                ('variant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.variant')),
                ('alloy', models.CharField(max_length=24)),
                ('ring_inner_um', models.PositiveIntegerField(null=True)),
                ('stone', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalogue.stonechoice')),
                ('engraving', models.CharField(blank=True, max_length=80)),
                ('engraving_place', models.CharField(blank=True, choices=[('inside', 'inside'), ('outside', 'outside')], max_length=8)),
                ('wish', models.TextField(blank=True)),
                ('sketch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.file')),
                ('quantity', models.PositiveSmallIntegerField(default=1)),
                ('agreed_minor', models.PositiveIntegerField()),
                ('made_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='baskets_line_of_something'), models.CheckConstraint(condition=models.Q(('variant', None), models.Q(('sketch', None), ('stone', None), ('wish', '')), _connector='OR'), name='baskets_line_ready_or_made')],
            },
        ),
    ]
