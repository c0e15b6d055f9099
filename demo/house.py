"""The demo house: two companies, a brand, two sites, when they work and how parcels travel."""

from datetime import date, time

from foundation.house.models import Brand, Calendar, DeliveryMethod, Holiday, Seller, Site

WORKSHOP = {
    "code": "workshop", "legal_name": "Ajour Workshop Co., Ltd. (demo)", "country": "TH", "currency": "THB",
    "address": "88/4 Soi Charoen Krung 42\nBang Rak\nBangkok 10500\nThailand", "vat_number": "0105500000000", "vat_rate_bp": 700,
    "invoice_prefix": "AJW", "email": "workshop@ajour.example", "phone": "+66 2 000 0000", "promptpay_id": "0105500000000",
    "time_zone": "Asia/Bangkok",
}  # fmt: skip
OFFICE = {
    "code": "uk", "legal_name": "Ajour Jewellery Ltd (demo)", "country": "GB", "currency": "GBP",
    "address": "14 Lamb Street\nLondon E1 6EA\nUnited Kingdom", "vat_number": "GB000000000", "vat_rate_bp": 2000,
    "invoice_prefix": "AJ", "email": "office@ajour.example", "phone": "+44 20 7946 0000", "time_zone": "Europe/London",
    "bank_details": "Ajour Jewellery Ltd (demo)\nSort code 00-00-00, account 00000000",
}  # fmt: skip
BRAND = {
    "code": "ajour", "name": "Ajour", "strapline": "Set open to the light", "contact_email": "bench@ajour.example",
    "whatsapp": "+442079460000", "line_id": "@ajour-demo",
}  # fmt: skip
SITES = (
    {"code": "bangkok", "name": "Bangkok workshop", "address": WORKSHOP["address"], "country": "TH", "time_zone": "Asia/Bangkok", "is_workshop": True},
    {"code": "london", "name": "London office", "address": OFFICE["address"], "country": "GB", "time_zone": "Europe/London"},
)  # fmt: skip
HOURS = {
    "bangkok": ([1, 2, 3, 4, 5, 6], time(8, 30), time(17, 30)),
    "london": ([1, 2, 3, 4, 5], time(9, 30), time(17, 30)),
}

HOLIDAYS = {
    "bangkok": (
        (2026, 12, 7, "Father’s Day, in lieu"), (2026, 12, 10, "Constitution Day"), (2026, 12, 31, "New Year’s Eve"),
        (2027, 1, 1, "New Year’s Day"), (2027, 2, 22, "Makha Bucha, in lieu"), (2027, 4, 6, "Chakri Day"),
        (2027, 4, 13, "Songkran"), (2027, 4, 14, "Songkran"), (2027, 4, 15, "Songkran"), (2027, 5, 4, "Coronation Day"),
        (2027, 5, 20, "Visakha Bucha"), (2027, 6, 3, "Queen Suthida’s birthday"), (2027, 7, 19, "Asalha Bucha, in lieu"),
        (2027, 7, 28, "The King’s birthday"), (2027, 8, 12, "Mother’s Day"), (2027, 10, 13, "King Bhumibol memorial day"),
        (2027, 10, 25, "Chulalongkorn Day, in lieu"), (2027, 12, 6, "Father’s Day, in lieu"), (2027, 12, 10, "Constitution Day"),
        (2027, 12, 31, "New Year’s Eve"),
    ),
    "london": (
        (2026, 12, 25, "Christmas Day"), (2026, 12, 28, "Boxing Day, in lieu"), (2027, 1, 1, "New Year’s Day"),
        (2027, 3, 26, "Good Friday"), (2027, 3, 29, "Easter Monday"), (2027, 5, 3, "Early May bank holiday"),
        (2027, 5, 31, "Spring bank holiday"), (2027, 8, 30, "Summer bank holiday"), (2027, 12, 27, "Christmas Day, in lieu"),
        (2027, 12, 28, "Boxing Day, in lieu"),
    ),
}  # fmt: skip
"""Those that fall on working days. In Thailand the moon decides some: the office looks again each year."""

EUROPE = ["AT", "BE", "DE", "DK", "ES", "FI", "FR", "IE", "IT", "LU", "NL", "NO", "PT", "SE", "CH"]
DELIVERIES = (
    {"code": "special", "name": "Special Delivery, insured", "countries": ["GB"], "price_minor": 9_50, "days": 1, "carrier": "Royal Mail", "tracking_url": "https://tracking.example/{number}"},
    {"code": "europe", "name": "Courier to Europe, insured", "countries": EUROPE, "price_minor": 24_00, "days": 3, "carrier": "DHL Express", "tracking_url": "https://tracking.example/{number}"},
    {"code": "world", "name": "Courier, insured", "countries": ["TH", "US", "CA", "AU", "NZ", "SG", "HK", "JP", "AE"], "price_minor": 38_00, "days": 4, "carrier": "DHL Express", "tracking_url": "https://tracking.example/{number}"},
)  # fmt: skip


def open_house() -> Brand:
    """The companies, the brand, the sites. Answers the brand."""
    sellers = {facts["code"]: Seller.objects.create(**facts) for facts in (OFFICE, WORKSHOP)}
    brand = Brand.objects.create(seller=sellers["uk"], **BRAND)
    for facts in SITES:
        site = Site.objects.create(seller=sellers["workshop" if facts["country"] == "TH" else "uk"], **facts)
        _keep_hours(site)
    for position, facts in enumerate(DELIVERIES):
        DeliveryMethod.objects.create(seller=sellers["uk"], position=position, **facts)
    return brand


def _keep_hours(site: Site) -> None:
    weekdays, opens, closes = HOURS[site.code]
    Calendar.objects.create(site=site, weekdays=weekdays, opens_at=opens, closes_at=closes)
    Holiday.objects.bulk_create(
        [Holiday(site=site, on=date(year, month, day), name=name) for year, month, day, name in HOLIDAYS[site.code]]
    )
