"""A station with one parcel to pack."""

from uuid import uuid4

import pytest

from foundation.house.models import Brand, DeliveryMethod, Seller, Site
from foundation.people.models import User
from packing.intake import Content, ParcelRequest, request_parcel
from packing.models import PackSpec, PackSpecLine, Parcel, Supply


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def packer(db):
    user = User.objects.create_user("ploy@ajour.example", name="Ploy")
    user.roles_held.create(role="packer")
    return user


@pytest.fixture
def house(db):
    seller = Seller.objects.create(
        code="uk", legal_name="Ajour Ltd", address="1 Hatton Garden\nLondon", country="GB", currency="GBP",
        invoice_prefix="AJ", email="office@ajour.example",
    )  # fmt: skip
    brand = Brand.objects.create(code="ajour", name="Ajour", seller=seller, contact_email="hello@ajour.example")
    counter = Site.objects.create(
        code="london", name="London", seller=seller, address="London", country="GB", time_zone="Europe/London"
    )
    DeliveryMethod.objects.create(
        seller=seller, code="collected", name="Collected", price_minor=0, days=3, carrier="", collected_at=counter
    )
    Site.objects.create(
        code="bkk", name="Bangkok", seller=seller, address="Bangkok", country="TH", time_zone="Asia/Bangkok"
    )
    DeliveryMethod.objects.create(
        seller=seller, code="insured", name="Insured", price_minor=900, days=2, carrier="Parcelforce",
        tracking_url="https://track.example/{number}",
    )  # fmt: skip
    spec = PackSpec.objects.create(brand=brand, name="Ring in a box", kind="ring", released=True)
    for position, (code, gift) in enumerate([("ring-box", False), ("pouch", False), ("ribbon", True)]):
        supply = Supply.objects.create(brand=brand, code=code, kind="box", name=code, on_hand=5)
        PackSpecLine.objects.create(spec=spec, supply=supply, position=position, for_gift=gift)
    return brand


@pytest.fixture
def asked(house):
    """A parcel with one ring, as the store asks for it."""

    def ask(**changed):
        content = Content(
            reference=uuid4(), serial="AJ-0001", name="Sill", sku="SILL-AU750Y-N", quantity=1, alloy="AU750Y", fineness="750",
            hallmark_status="marked", marks="AJ 750", gross_mg=4120, stones="ruby 1.04 ct", ring_size="UK N", engraving="ไม่มีวันลืม",
            care="gold_stones",
        )  # fmt: skip
        facts = {
            "reference": uuid4(), "order_number": "A7K2", "brand": "ajour", "channel": "web", "language": "en", "site": "bkk",
            "contents": (content,), "recipient": "Mara Voss", "address_lines": ("2 Mill Lane", "Bath"), "country": "GB",
            "delivery": "insured", "piece_url": "https://ajour.example/p/1", "kind": "ring",
        } | changed  # fmt: skip
        number = request_parcel(ParcelRequest(**facts))
        return Parcel.objects.get(number=number)

    return ask
