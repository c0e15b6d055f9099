import datetime
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('house', '0001_initial'), ('house', '0002_showrooms'), ('house', '0003_return_days')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Seller',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('legal_name', models.CharField(max_length=200, verbose_name='legal name')),
                ('address', models.TextField(verbose_name='address')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('currency', models.CharField(max_length=3, verbose_name='currency')),
                ('vat_number', models.CharField(blank=True, max_length=20, verbose_name='VAT number')),
                ('vat_rate_bp', models.PositiveIntegerField(default=2000, verbose_name='VAT rate in hundredths of a per cent')),
                ('invoice_prefix', models.CharField(max_length=8, verbose_name='invoice series')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('bank_details', models.TextField(blank=True, verbose_name='bank details for transfers')),
                ('promptpay_id', models.CharField(blank=True, max_length=20, verbose_name='PromptPay number')),
                ('time_zone', models.CharField(default='Europe/London', max_length=40, verbose_name='time zone')),
            ],
        ),
        migrations.CreateModel(
            name='Brand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='brands', to='house.seller')),
                ('strapline', models.CharField(blank=True, max_length=160, verbose_name='strapline')),
                ('contact_email', models.EmailField(max_length=254, verbose_name='e-mail for customers')),
                ('whatsapp', models.CharField(blank=True, max_length=20)),
                ('line_id', models.CharField(blank=True, max_length=40, verbose_name='LINE')),
                ('making_rate_minor_per_hour', models.PositiveIntegerField(default=6000, verbose_name="price of an hour's making")),
                ('house_fee_minor', models.PositiveIntegerField(default=4500, verbose_name='house and packing, per piece')),
                ('metal_markup_bp', models.PositiveIntegerField(default=1500, verbose_name='handling of metal, in hundredths of a per cent')),
                ('deposit_percent', models.PositiveSmallIntegerField(default=50, verbose_name='deposit on made-to-order, per cent')),
                ('return_days', models.PositiveSmallIntegerField(db_default=30, default=30, help_text='For what is ordered from now on. Orders keep the days they were bought with.', validators=[django.core.validators.MinValueValidator(14, 'The law gives buyers fourteen days: no less.'), django.core.validators.MaxValueValidator(3650)], verbose_name='days from arrival in which a piece may be sent back')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('return_days__gte', 14)), name='house_brand_gives_the_laws_days')],
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='house.seller')),
                ('address', models.TextField(verbose_name='address')),
                ('country', models.CharField(max_length=2, verbose_name='country')),
                ('time_zone', models.CharField(max_length=40, verbose_name='time zone')),
                ('is_workshop', models.BooleanField(default=False, verbose_name='has benches')),
                ('is_showroom', models.BooleanField(db_default=False, default=False, verbose_name='has a counter')),
            ],
        ),
        migrations.CreateModel(
            name='Calendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar', to='house.site')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(1, 'Monday'), (2, 'Tuesday'), (3, 'Wednesday'), (4, 'Thursday'), (5, 'Friday'), (6, 'Saturday'), (7, 'Sunday')]), default=list, size=None)),
                ('opens_at', models.TimeField(default=datetime.time(8, 30), verbose_name='opens')),
                ('closes_at', models.TimeField(default=datetime.time(17, 30), verbose_name='closes')),
            ],
        ),
        migrations.CreateModel(
            name='Holiday',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holidays', to='house.site')),
                ('on', models.DateField(verbose_name='day')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
            ],
            options={
                'ordering': ['on'],
                'constraints': [models.UniqueConstraint(fields=('site', 'on'), name='house_holiday_once')],
            },
        ),
        migrations.CreateModel(
            name='DeliveryMethod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seller', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delivery_methods', to='house.seller')),
                ('code', models.SlugField()),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('countries', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None)),
                ('price_minor', models.PositiveIntegerField(verbose_name='price, VAT included')),
                ('days', models.PositiveSmallIntegerField(verbose_name='working days on the way')),
                ('carrier', models.CharField(max_length=40, verbose_name='carrier')),
                ('tracking_url', models.CharField(blank=True, max_length=200, validators=[django.core.validators.RegexValidator('\\{number\\}', 'Put {number} where the number goes.')])),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('collected_at', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='house.site', verbose_name='collected in person at')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('seller', 'code'), name='house_delivery_once')],
            },
        ),
    ]
