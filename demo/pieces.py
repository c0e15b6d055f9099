"""The demo house's pieces: named after parts of a house that meet light, each an exact model with its metals and stones.

Lengths in µm, weights in milli-carat, money in pence. Prices of ready-made pieces include VAT; prices of stones do not.
"""

from dataclasses import dataclass, field

from foundation.length import parse_ring

Y, R, W, P, S = "AU750Y", "AU750R", "AU750W-Pd", "PT950Ru", "AG925"


@dataclass(frozen=True)
class Set:
    """What the stones of a ready-made piece are, said plainly."""

    species: str
    cut: str
    treatment: str
    origin: str
    grown: str = "mined"
    lab: str = ""
    report: str = ""


@dataclass(frozen=True)
class Choice:
    """A stone that a made-to-order piece can be set with; one with a report is the only one of its kind."""

    species: str
    cut: str
    length_um: int
    width_um: int
    mct: int
    price_minor: int
    colour: str
    clarity: str
    treatment: str
    origin: str
    lab: str = ""
    report: str = ""
    grown: str = "mined"
    count: int = 1


@dataclass(frozen=True)
class Design:
    """One piece. `prices` names every alloy it lies ready made in; `metals` those it is made in to order."""

    slug: str
    style: str
    name: str
    line: str
    text: str
    kind: str
    collections: tuple[str, ...]
    family: str
    parameters: dict[str, int | str]
    tray: str
    pictured: tuple[str, ...]
    metals: tuple[str, ...] = ()
    prices: dict[str, int] = field(default_factory=dict)
    sizes_um: tuple[int, ...] = ()
    set_with: Set | None = None
    choices: tuple[Choice, ...] = ()
    words: str = ""
    shown_with: dict[str, int | str] = field(default_factory=dict)
    finish: str = "polished"
    views: int = 2

    @property
    def made_to_order(self) -> bool:
        return bool(self.metals)

    @property
    def is_ring(self) -> bool:
        return self.kind in ("ring_with_stone", "plain_ring")


HEATED, UNHEATED = "heated", "no indications of heating"
RINGS, EARS, NECK, WRIST = "rings", "earrings", "necklaces", "bracelets"
ENGAGEMENT, WEDDING, SMALL = "engagement-rings", "wedding-bands", "under-100-pounds"

L, N, PP, RR = (parse_ring(f"UK:{letter}").inner_um for letter in "LNPR")
SMALL_SIZE, MEDIUM, LARGE = L, N, RR


DESIGNS = (
    Design(
        "sill", "AJ-101", "Sill", "Oval ruby in four claws",
        "An oval ruby held at its corners by four claws over a slim court shank. The setting is open underneath, so daylight "
        "reaches the pavilion from every side. Each ruby has its own report; choose yours.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "solitaire",
        {"cut": "oval", "stone_width_um": 6000, "stone_length_um": 8000, "gem": "ruby", "claws": 4},
        "sage", (Y, P), metals=(Y, R, W, P),
        choices=(
            Choice("ruby", "oval", 8020, 6010, 1320, 2_450_00, "vivid red", "eye clean", HEATED, "Mozambique", "Demo lab", "D26-041127"),
            Choice("ruby", "oval", 7980, 6040, 1330, 4_900_00, "pigeon’s blood", "eye clean", UNHEATED, "Mozambique", "Demo lab", "D26-081553"),
            Choice("ruby", "oval", 8000, 6000, 1310, 1_620_00, "red", "lightly included", HEATED, "Mozambique"),
            Choice("spinel", "oval", 8050, 6020, 1200, 1_380_00, "cherry red", "eye clean", "none", "Mogok, Myanmar", "Demo lab", "D26-041390"),
            Choice("sapphire", "oval", 8010, 5990, 1310, 1_950_00, "royal blue", "eye clean", HEATED, "Sri Lanka", "Demo lab", "D26-042206"),
        ), words="oval ruby engagement ring solitaire claw",
    ),
    Design(
        "lintel", "AJ-201", "Lintel", "Oval signet, face 12.5 mm",
        "A solid signet whose face flows into the shank in one skin. Tell us up to three letters as your wish and we carve them 0.35 mm deep, or leave it plain.",
        "plain_ring", (RINGS,), "signet", {}, "pewter", (Y, S), metals=(Y, R, S),
        words="signet monogram initials seal", shown_with={"monogram": "AJ", "typeface": "sans"},
    ),
    Design(
        "clerestory", "AJ-102", "Clerestory", "Round diamond in six claws",
        "One round brilliant held high by six claws, so that light falls in from all sides. Mined or laboratory-grown: we say which.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "solitaire",
        {"cut": "round", "stone_width_um": 6500, "gem": "diamond", "claws": 6}, "pewter", (P, Y), metals=(Y, R, W, P),
        choices=(
            Choice("diamond", "round", 6500, 6500, 1040, 4_650_00, "F", "VS1", "none", "Botswana", "Demo lab", "D26-180364"),
            Choice("diamond", "round", 6500, 6500, 1040, 2_900_00, "H", "SI1", "none", "Botswana"),
            Choice("diamond", "round", 6500, 6500, 1050, 690_00, "E", "VS1", "none", "laboratory-grown", "Demo lab", "D26-201937", "lab"),
        ), words="diamond engagement ring solitaire brilliant",
    ),
    Design(
        "mullion", "AJ-103", "Mullion", "Emerald-cut emerald, 8 × 6 mm",
        "A step-cut emerald in four claws. Emeralds are softer at the corners than rubies: read its care card before you choose it for every day.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "solitaire",
        {"cut": "emerald", "stone_width_um": 6000, "stone_length_um": 8000, "gem": "emerald", "claws": 4},
        "ink", (P, Y), metals=(Y, W, P),
        choices=(
            Choice("emerald", "emerald", 8030, 6010, 1290, 2_900_00, "vivid green", "slightly included", "minor oil", "Muzo, Colombia", "Demo lab", "D26-040981"),
            Choice("emerald", "emerald", 8000, 6000, 1280, 880_00, "green", "included", "moderate oil", "Zambia"),
            Choice("emerald", "emerald", 7990, 6000, 1270, 1_250_00, "green", "included", "moderate oil", "Zambia", "Demo lab", "D26-041002"),
        ), words="emerald step cut engagement ring",
    ),
    Design(
        "transom", "AJ-104", "Transom", "Half eternity of rubies",
        "A row of 2 mm rubies set by grains across the upper half of a flat band.",
        "ring_with_stone", (RINGS, WEDDING), "eternity",
        {"span": "half", "stone_width_um": 2000, "gem": "ruby"}, "stone", (R, Y), prices={R: 1_480_00, Y: 1_480_00},
        sizes_um=(L, N, PP), set_with=Set("ruby", "round", HEATED, "Mozambique"), words="half eternity ruby band row",
    ),
    Design(
        "eave", "AJ-202", "Eave", "Comfort band, 4 mm",
        "Flat outside, eased inside where it meets the finger. The plainest thing we make, and the hardest to get right.",
        "plain_ring", (RINGS, WEDDING), "band", {"width_um": 4000, "thickness_um": 1700}, "pewter", (Y, W), metals=(Y, R, W, P),
        prices={Y: 890_00, W: 960_00}, sizes_um=(L, N, PP, RR), words="wedding band plain comfort fit",
    ),
    Design(
        "hearth", "AJ-203", "Hearth", "Hammered band, 5 mm",
        "Struck all round with a planishing hammer: flat marks in staggered rows, none deeper than 0.12 mm.",
        "plain_ring", (RINGS, WEDDING, SMALL), "band", {"width_um": 5000, "thickness_um": 1600, "surface": "hammered"},
        "ink", (S, Y), metals=(Y, R), prices={S: 85_00}, sizes_um=(L, N, PP, RR), words="hammered band silver wedding", finish="hammered", views=1,
    ),
    Design(
        "lucarne", "AJ-105", "Lucarne", "Cushion spinel in a halo",
        "A cushion-cut spinel within a close ring of small brilliants. Spinel is never heated here, and every stone says where it was mined.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "halo",
        {"cut": "cushion", "stone_width_um": 5500, "gem": "spinel", "halo_stone_um": 1300}, "blush", (R, P), metals=(Y, R, W, P),
        choices=(
            Choice("spinel", "cushion", 5520, 5500, 690, 1_240_00, "hot pink", "eye clean", "none", "Mahenge, Tanzania", "Demo lab", "D26-041744"),
            Choice("spinel", "cushion", 5500, 5500, 680, 760_00, "pink", "eye clean", "none", "Mahenge, Tanzania"),
            Choice("ruby", "cushion", 5510, 5490, 760, 2_150_00, "vivid red", "eye clean", HEATED, "Mozambique", "Demo lab", "D26-041745"),
        ), words="halo cushion spinel pink engagement ring",
    ),
    Design(
        "oculus", "AJ-301", "Oculus", "Round spinel in a bezel",
        "A round spinel in a wall rubbed over its edge, open at the back. The bail swings free, so that the stone always faces out.",
        "pendant", (NECK,), "bezel_pendant", {"cut": "round", "stone_width_um": 7000, "gem": "spinel"}, "stone", (Y, W),
        prices={Y: 1_320_00, W: 1_380_00}, set_with=Set("spinel", "round", "none", "Mahenge, Tanzania"), words="pendant necklace bezel spinel round",
    ),
    Design(
        "lantern", "AJ-302", "Lantern", "Pear amethyst in silver",
        "A pear-cut amethyst in a silver wall, open at the back. Small, light, under a hundred pounds.",
        "pendant", (NECK, SMALL), "bezel_pendant", {"cut": "pear", "stone_width_um": 7000, "stone_length_um": 10000, "gem": "amethyst"},
        "sage", (S,), prices={S: 95_00}, set_with=Set("amethyst", "pear", "none", "Zambia"), words="pendant silver amethyst pear gift",
    ),
    Design(
        "louvre", "AJ-401", "Louvre", "Round ruby studs, 4 mm",
        "A pair of 4 mm rubies matched for colour, each in four claws on a 10 mm post.",
        "earrings", (EARS,), "stud", {"cut": "round", "stone_width_um": 4000, "gem": "ruby"}, "clay", (Y, W),
        prices={Y: 740_00, W: 760_00}, set_with=Set("ruby", "round", HEATED, "Mozambique"), words="ruby stud earrings pair",
    ),
    Design(
        "skylight", "AJ-402", "Skylight", "Oval sapphire studs",
        "A pair of oval sapphires, 6 by 4 mm, chosen together for their colour.",
        "earrings", (EARS,), "stud", {"cut": "oval", "stone_width_um": 4000, "stone_length_um": 6000, "gem": "sapphire"}, "stone", (W, Y),
        prices={W: 1_380_00, Y: 1_340_00}, set_with=Set("sapphire", "oval", HEATED, "Sri Lanka"), words="sapphire stud earrings oval pair",
    ),
    Design(
        "casement", "AJ-106", "Casement", "Three round sapphires",
        "A middle stone and two that lean away from it round the finger, all sapphires from one parcel.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "three_stone", {"stone_width_um": 5500, "side_stone_um": 4000, "gem": "sapphire"},
        "blush", (W, Y), prices={W: 2_890_00, Y: 2_840_00}, sizes_um=(L, N, PP), set_with=Set("sapphire", "round", HEATED, "Sri Lanka", lab="Demo lab", report="D26-042977"),
        words="three stone sapphire trilogy ring",
    ),
    Design(
        "jamb", "AJ-204", "Jamb", "Milgrain band, 4 mm",
        "A flat band with a row of fine beads rolled along each edge.",
        "plain_ring", (RINGS, WEDDING), "band", {"width_um": 4000, "thickness_um": 1600, "profile": "flat", "surface": "milgrain"},
        "sage", (R, Y), metals=(Y, R, W), words="milgrain wedding band beaded",
    ),
    Design(
        "arcade", "AJ-403", "Arcade", "Hoops, 18 mm",
        "A round-edged wire that tapers towards the ear, closed by a fine post.",
        "earrings", (EARS, SMALL), "hoop", {"outer_diameter_um": 18000, "wire_um": 2000, "wire_width_um": 2600}, "blush", (S, Y),
        prices={S: 78_00, Y: 1_090_00}, words="hoop earrings silver gold",
    ),
    Design(
        "colonnade", "AJ-501", "Colonnade", "Trace bracelet, 190 mm",
        "Equal oval links, each turned a quarter against the next.",
        "chain", (WRIST, SMALL), "trace_chain",
        {"length_um": 190000, "wire_um": 1200, "link_width_um": 4600, "link_length_um": 6600}, "pewter", (S,),
        prices={S: 92_00}, words="chain bracelet silver trace links",
    ),
    Design(
        "portico", "AJ-502", "Portico", "Open cuff, 6 mm",
        "An oval cuff, open at the wrist, its ends rounded like a spoon.",
        "bangle", (WRIST, SMALL), "bangle", {"form": "cuff", "width_um": 6000, "thickness_um": 1700}, "ink", (S,),
        prices={S: 98_00}, words="cuff bangle silver open", views=1,
    ),
    Design(
        "cornice", "AJ-107", "Cornice", "Full eternity of diamonds",
        "Brilliants of 2 mm right round the finger. It cannot be resized later: choose your size with care, or ask for our sizer first.",
        "ring_with_stone", (RINGS, WEDDING), "eternity", {"span": "full", "stone_width_um": 2000, "gem": "diamond"},
        "stone", (P,), prices={P: 2_980_00}, sizes_um=(L, N), set_with=Set("diamond", "round", "none", "Botswana"),
        words="full eternity diamond band",
    ),
)  # fmt: skip
