import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('pricing', '0001_initial'), ('pricing', '0002_trade_accounts')]

    initial = True

    dependencies = [
        ('buyers', '0001_tables'),
        ('catalogue', '0001_tables'),
        ('house', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Listing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('piece', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listings', to='catalogue.piece')),
                ('stone_choice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.stonechoice')),
                ('alloy', models.CharField(max_length=24)),
                ('metal', models.CharField(max_length=12)),
                ('stone', models.CharField(max_length=34)),
                ('stone_words', models.CharField(blank=True, max_length=80)),
                ('ready', models.BooleanField()),
                ('ring_sizes_um', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveIntegerField(), default=list, size=None)),
                ('price_minor', models.PositiveIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('position', models.PositiveIntegerField()),
            ],
            options={
                'ordering': ['position', 'piece_id', 'pk'],
                'indexes': [models.Index(fields=['metal', 'stone', 'ready', 'price_minor', 'piece'], name='pricing_listing_facets'), models.Index(fields=['piece', 'metal', 'stone', 'ready', 'price_minor'], name='pricing_listing_of_piece'), models.Index(fields=['position', 'piece'], name='pricing_listing_in_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('price_minor__gt', 0)), name='pricing_listing_has_a_price')],
            },
        ),
        migrations.CreateModel(
            name='PriceList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='price_lists', to='house.seller')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='name')),
                ('discount_bp', models.PositiveIntegerField(verbose_name='off retail before VAT, hundredths of a per cent')),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('discount_bp__lt', 10000)), name='pricing_list_leaves_a_price')],
            },
        ),
        migrations.CreateModel(
            name='PriceBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='breaks', to='pricing.pricelist')),
                ('from_pieces', models.PositiveSmallIntegerField(verbose_name='from so many of one style')),
                ('discount_bp', models.PositiveIntegerField(verbose_name='off retail before VAT, hundredths of a per cent')),
            ],
            options={
                'ordering': ['from_pieces'],
                'constraints': [models.UniqueConstraint(fields=('price_list', 'from_pieces'), name='pricing_break_once'), models.CheckConstraint(condition=models.Q(('discount_bp__lt', 10000), ('from_pieces__gt', 1)), name='pricing_break_leaves_a_price')],
            },
        ),
        migrations.CreateModel(
            name='ListedPrice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='pricing.pricelist')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalogue.variant')),
                ('net_minor', models.PositiveIntegerField(verbose_name='net price')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('price_list', 'variant'), name='pricing_listed_once'), models.CheckConstraint(condition=models.Q(('net_minor__gt', 0)), name='pricing_listed_is_a_price')],
            },
        ),
        migrations.CreateModel(
            name='CompanyPrices',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('company', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='buyers.tradecompany')),
                ('price_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='companies', to='pricing.pricelist')),
            ],
        ),
    ]
