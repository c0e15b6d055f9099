"""Who buys in the demo house, and what they say. Nobody of these lives; every address is made up."""

from dataclasses import dataclass

from demo.people import GUESTS


@dataclass(frozen=True)
class Guest:
    """A buyer. `account` is the e-mail's own login, where it has one."""

    name: str
    email: str
    language: str
    line1: str
    city: str
    country: str
    postcode: str

    @property
    def phone(self) -> str:
        """A number of those that no telephone has; of guests in the country alone."""
        return f"+44 7700 900{sum(self.email.encode()) % 1000:03}" if self.country == "GB" else ""

    @property
    def delivery(self) -> str:
        """How parcels go there."""
        return {"GB": "special", **dict.fromkeys(EUROPE, "europe")}.get(self.country, "world")


EUROPE = ("FR", "SE", "DE", "IE", "NL", "DK")
MORE = (
    ("Eleanor Finch", "en", "12 Mill Lane", "Cambridge", "GB", "CB2 1RX"), ("Marcus Doyle", "en", "88 Rathmines Road", "Dublin", "IE", "D06 X7Y2"),
    ("Sofia Brandt", "en", "Lindenstraße 40", "Hamburg", "DE", "20099"), ("James Okoro", "en", "5 Kelso Place", "Leeds", "GB", "LS1 4AP"),
    ("Wei Ling Tan", "en", "21 Joo Chiat Terrace", "Singapore", "SG", "427196"), ("Charlotte Hughes", "en", "34 Pen-y-Lan Road", "Cardiff", "GB", "CF24 3PG"),
    ("Arthur Penrose", "en", "2 Chapel Street", "Penzance", "GB", "TR18 4AQ"), ("Camille Renaud", "en", "7 rue Pavée", "Paris", "FR", "75004"),
    ("Daniel Weiss", "en", "Torstraße 119", "Berlin", "DE", "10119"), ("กมลชนก ใจดี", "th", "9/12 ซอยอารีย์ 4", "Bangkok", "TH", "10400"),
    ("Fiona MacLeod", "en", "15 Kenneth Street", "Stornoway", "GB", "HS1 2DR"), ("Oliver Grant", "en", "40 Byres Road", "Glasgow", "GB", "G11 5JY"),
    ("Beatrice Lowe", "en", "6 Steep Hill", "Lincoln", "GB", "LN2 1LU"), ("Henrik Madsen", "en", "Vestergade 12", "Aarhus", "DK", "8000"),
    ("Naomi Carter", "en", "310 Hicks Street", "Brooklyn NY", "US", "11201"), ("Yuki Tanaka", "en", "3-14-2 Kitazawa", "Tokyo", "JP", "155-0031"),
    ("Rosalind Pryce", "en", "19 High Street", "Ludlow", "GB", "SY8 1BS"), ("Samuel Adeyemi", "en", "72 Lordship Lane", "London", "GB", "SE22 8HN"),
    ("Anneke Visser", "en", "Prinsengracht 411", "Amsterdam", "NL", "1016 HM"), ("Isabel Moreno", "en", "28 Gloucester Road", "Bristol", "GB", "BS7 8AL"),
    ("ธีรภัทร สุขใจ", "th", "118 ถนนสุขุมวิท 31", "Bangkok", "TH", "10110"), ("Georgina Shaw", "en", "11 The Crescent", "Salisbury", "GB", "SP1 2RH"),
    ("Patrick Nolan", "en", "3 Quay Street", "Galway", "IE", "H91 R8P2"), ("Lydia Marsh", "en", "55 Northumberland Avenue", "Whitley Bay", "GB", "NE26 2BX"),
    ("Robert Ellis", "en", "23 Castle Street", "Norwich", "GB", "NR2 1PD"), ("Amara Singh", "en", "96 Evington Road", "Leicester", "GB", "LE2 1HH"),
    ("Thomas Whitby", "en", "8 Church Street", "Whitby", "GB", "YO22 4BH"), ("Elin Sandberg", "en", "Kungsgatan 33", "Gothenburg", "SE", "411 19"),
    ("Hannah Blythe", "en", "14 Orchard Row", "Exeter", "GB", "EX1 1DA"), ("Kit Lawson", "en", "201 Bathurst Street", "Toronto", "CA", "M5T 2R9"),
    ("Ruth Abrahams", "en", "47 Cavendish Road", "Manchester", "GB", "M20 1QB"), ("Joseph Tremain", "en", "1 Fore Street", "Fowey", "GB", "PL23 1AQ"),
)  # fmt: skip


def _email(name: str, n: int) -> str:
    plain = name.lower().replace(" ", ".").replace("’", "")
    return f"{plain}@buyers.example" if plain.isascii() else f"guest{n}@buyers.example"


KNOWN = tuple(Guest(name, email, language, *where[:3], where[3]) for name, email, language, where in GUESTS)
EVERYBODY = KNOWN + tuple(Guest(row[0], _email(row[0], n), *row[1:]) for n, row in enumerate(MORE))
"""Mara, who has a login, comes first."""

ENGRAVINGS = (
    "always", "until the light goes", "à toi", "E & O", "12.06.2026", "H & A", "my north", "stay", "Mill Lane, 2019", "S + J",
    "toujours", "one day, every day", "R & N 5.9.26", "for Nana", "hold fast", "come what may",
)  # fmt: skip
WISHES = (
    "As low on the finger as the stone allows, please.", "Could the claws be a little finer than in the picture?",
    "She knits: nothing that catches wool, please.", "Please match it to a ring that is 2 mm wide.",
    "I will wear it with a plain band beside it.", "The letters PN, upright.",
)  # fmt: skip
COMMENTS = (
    "Could the band be a little narrower at the back?",
    "A touch lower, please; otherwise just right.",
    "Can the shoulders be softer?",
)
GIFT_NOTES = (
    "Happy birthday, Mum",
    "For thirty years of Tuesdays",
    "With love from all four of us",
    "You said you liked the window",
)
SAID = (
    "As we said on the telephone. Write to me if anything is not as you meant it.",
    "Here it is, with everything we talked about.",
    "The price holds for two weeks; after that the metal’s price of the day counts again.",
    "It was good to meet you. Take your time with it.",
)
LESS_FOR = ("They bought with us before.", "A pair of rings was ordered before.", "For a birthday, agreed with Araya.")
DECLINED = (
    "They found a ring of their grandmother’s.", "The proposal has to wait until spring.", "More than they wanted to spend.",
)  # fmt: skip
BESPOKE = (  # name, kind, metal, in words, price with VAT
    ("A wren on a twig", "pendant", "AU750Y", "A brooch redrawn as a pendant: a wren, 18 mm, after the sketch she sent.", 1_480_00),
    ("Cufflinks with a compass rose", "earrings", "AG925", "Two cufflinks, engraved compass rose, swivel backs.", 460_00),
    ("Grandmother’s ring, copied", "plain_ring", "AU750Y", "A copy of the ring she brought, one size larger.", 1_250_00),
    ("A key for the Mill Lane door", "pendant", "AG925", "A small working key as a pendant, 30 mm.", 385_00),
)  # fmt: skip
WHY = {
    "clean": "customer",
    "set": "problem",
    "polish": "material",
    "draw": "customer",
    "inspect": "outside",
    "engrave": "customer",
}
"""The cause of each hold below, by code."""
HOLDS = (
    ("clean", "The customer asked to wait for her sister’s answer about the size."), ("set", "The stone’s corner is thin: the setter asks for a second look."),
    ("polish", "Waiting for the right polishing compound; it comes tomorrow."), ("draw", "Waiting for a photo that the customer promised."),
    ("inspect", "The gauge is away being calibrated."), ("engrave", "Is it à or a? Sales asks the customer."),
)  # fmt: skip
