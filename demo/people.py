"""Who works in the demo house, and a few who buy there. Everybody has the same password: the demo is for trying out."""

from django.contrib.auth.hashers import make_password

from foundation.people.models import RoleHeld, User
from foundation.people.roles import Role
from store.buyers.models import Address, RetailCustomer

PASSWORD = "let-the-light-in"  # noqa: S105  the demo's own, printed at its start

STAFF = (
    (Role.ADMIN, "Araya Suwan", "en"),
    (Role.PRODUCTION_MANAGER, "พลอย ศรีสุข", "th"),
    (Role.SALES, "Hannah Reid", "en"),
    (Role.DESIGNER, "มานี รัตนกุล", "th"),
    (Role.CASTER, "สมชาย ทองดี", "th"),
    (Role.BENCH_JEWELLER, "วิชัย แก้วใส", "th"),
    (Role.SETTER, "นก พรหมมา", "th"),
    (Role.POLISHER, "สุดา ใจงาม", "th"),
    (Role.INSPECTOR, "Daniel Okafor", "en"),
    (Role.PACKER, "มะลิ บุญมี", "th"),
)
BUYERS = (
    (Role.CUSTOMER, "Mara Vogel", "en"),
    (Role.TRADE_BUYER, "Oliver Brandt", "en"),
)
GUESTS = (  # name, e-mail, language, address
    ("Mara Vogel", "customer@ajour.example", "en", ("3 Lansdown Road", "Bath", "GB", "BA1 5LR")),
    ("Tom Ashby", "tom@buyers.example", "en", ("27 Quarry Street", "Guildford", "GB", "GU1 3UY")),
    ("Priya Nair", "priya@buyers.example", "en", ("9 Marchmont Crescent", "Edinburgh", "GB", "EH9 1HN")),
    ("Ines Laurent", "ines@buyers.example", "en", ("18 rue des Tanneurs", "Lyon", "FR", "69001")),
    ("Hugo Lindqvist", "hugo@buyers.example", "en", ("4 Storgatan", "Uppsala", "SE", "753 31")),
    ("ณัฐ วงศ์สวัสดิ์", "nat@buyers.example", "th", ("55 ถนนนิมมานเหมินท์", "Chiang Mai", "TH", "50200")),
    ("Grace Mensah", "grace@buyers.example", "en", ("61 Park Row", "Bristol", "GB", "BS1 5BX")),
)


def email_of(role: str) -> str:
    """The address of the demo's person in a role."""
    return f"{role}@ajour.example"


def hire() -> dict[str, User]:
    """Everybody who signs in, by role."""
    kept = make_password(PASSWORD)  # one slow hash for all
    people = {}
    for role, name, language in (*STAFF, *BUYERS):
        person = User.objects.create(email=email_of(role), name=name, language=language, password=kept)
        RoleHeld.objects.create(user=person, role=role)
        people[str(role)] = person
    customer = RetailCustomer.objects.create(user=people["customer"], phone="+44 7700 900123")
    Address.objects.create(
        customer=customer, name="Mara Vogel", line1="3 Lansdown Road", city="Bath", postcode="BA1 5LR", country="GB"
    )
    return people


def hired() -> dict[str, User]:
    """The same people, where they work here already."""
    found = {user.email: user for user in User.objects.filter(email__in=[email_of(role) for role in Role])}
    return {str(role): found[email_of(role)] for role in Role if email_of(role) in found}
