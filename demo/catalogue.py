"""Every piece of the demo house: those its played months know, and those that have come since.

A house that was loaded before gets the newer ones laid beside what it has. Units are those of demo/pieces.py.
"""

from dataclasses import replace

from demo.pieces import DESIGNS as FIRST
from demo.pieces import (
    EARS,
    ENGAGEMENT,
    HEATED,
    NECK,
    PP,
    RINGS,
    RR,
    SMALL,
    UNHEATED,
    WEDDING,
    WRIST,
    Choice,
    Design,
    L,
    N,
    P,
    R,
    S,
    Set,
    W,
    Y,
)  # fmt: skip

TRAYS = {"lintel": "clay", "hearth": "clay", "portico": "clay"}
"""Where the edge of silver is told from the tray; on pewter and ink it was lost."""

NEWER = (
    Design(
        "oriel", "AJ-108", "Oriel", "Cushion sapphire in four claws",
        "A cushion-cut sapphire with rounded corners, one claw over each. Open beneath, and as low as its pavilion allows. "
        "Every sapphire here says whether it was heated.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "solitaire",
        {"cut": "cushion", "stone_width_um": 6500, "gem": "sapphire", "claws": 4}, "stone", (P, Y), metals=(Y, R, W, P),
        choices=(
            Choice("sapphire", "cushion", 6520, 6500, 1210, 2_380_00, "royal blue", "eye clean", HEATED, "Sri Lanka", "Demo lab", "D26-042311"),
            Choice("sapphire", "cushion", 6500, 6490, 1190, 4_150_00, "cornflower blue", "eye clean", UNHEATED, "Sri Lanka", "Demo lab", "D26-081702"),
            Choice("spinel", "cushion", 6510, 6500, 1080, 1_290_00, "grey-violet", "eye clean", "none", "Mogok, Myanmar", "Demo lab", "D26-041822"),
        ), words="cushion sapphire blue engagement ring solitaire",
    ),
    Design(
        "fanlight", "AJ-109", "Fanlight", "Oval ruby in a halo",
        "An oval ruby within a close ring of small brilliants, each held by grains raised from the metal beside it.",
        "ring_with_stone", (RINGS, ENGAGEMENT), "halo",
        {"cut": "oval", "stone_width_um": 5000, "stone_length_um": 7000, "gem": "ruby", "halo_stone_um": 1200}, "clay", (Y, P), metals=(Y, R, W, P),
        choices=(
            Choice("ruby", "oval", 7020, 5010, 850, 1_840_00, "vivid red", "eye clean", HEATED, "Mozambique", "Demo lab", "D26-041610"),
            Choice("ruby", "oval", 7000, 5000, 840, 3_200_00, "pigeon’s blood", "eye clean", UNHEATED, "Mozambique", "Demo lab", "D26-081611"),
            Choice("spinel", "oval", 6990, 5010, 770, 690_00, "red", "eye clean", "none", "Mogok, Myanmar"),
        ), words="oval ruby halo diamond engagement ring cluster",
    ),
    Design(
        "atrium", "AJ-110", "Atrium", "Full eternity of sapphires",
        "Sapphires of 1.8 mm right round the finger, chosen for one blue. It cannot be resized later: ask for our sizer first.",
        "ring_with_stone", (RINGS, WEDDING), "eternity",
        {"span": "full", "stone_width_um": 1800, "band_width_um": 2400, "gem": "sapphire"}, "blush", (W, Y), prices={W: 1_980_00, Y: 1_940_00},
        sizes_um=(L, N), set_with=Set("sapphire", "round", HEATED, "Sri Lanka"), words="full eternity sapphire band blue",
    ),
    Design(
        "dormer", "AJ-303", "Dormer", "Oval sapphire in a bezel",
        "An oval sapphire, 8 by 6 mm, in a wall rubbed over its edge and open at the back.",
        "pendant", (NECK,), "bezel_pendant", {"cut": "oval", "stone_width_um": 6000, "stone_length_um": 8000, "gem": "sapphire"},
        "clay", (W, Y), prices={W: 2_240_00, Y: 2_190_00}, set_with=Set("sapphire", "oval", HEATED, "Sri Lanka", lab="Demo lab", report="D26-042388"),
        words="sapphire pendant necklace oval bezel blue",
    ),
    Design(
        "gable", "AJ-404", "Gable", "Pear ruby drops",
        "A pair of pear-cut rubies that swing from fine ear wires, each in a wall that leaves its back open to the light.",
        "earrings", (EARS,), "drop", {"cut": "pear", "stone_width_um": 4500, "stone_length_um": 7000, "gem": "ruby"}, "stone", (Y, W),
        prices={Y: 1_780_00, W: 1_820_00}, set_with=Set("ruby", "pear", HEATED, "Mozambique"), words="ruby drop earrings pear dangle pair",
    ),
    Design(
        "pane", "AJ-405", "Pane", "Square peridot studs",
        "A pair of princess-cut peridots, 4.5 mm, four claws over their corners. In silver, under a hundred pounds.",
        "earrings", (EARS, SMALL), "stud", {"cut": "princess", "stone_width_um": 4500, "gem": "peridot"}, "clay", (S, Y),
        prices={S: 88_00, Y: 420_00}, set_with=Set("peridot", "princess", "none", "Pakistan"), words="peridot stud earrings silver square princess green",
    ),
    Design(
        "rotunda", "AJ-205", "Rotunda", "Round signet, face 11 mm",
        "A round face that flows into the shank. Tell us up to three letters as your wish and we carve them 0.35 mm deep.",
        "plain_ring", (RINGS, SMALL), "signet", {"face": "round", "face_width_um": 11000, "face_length_um": 11000}, "clay", (S, R),
        metals=(Y, R), prices={S: 94_00}, sizes_um=(L, N, PP, RR), words="signet round monogram silver initials", shown_with={"monogram": "M", "typeface": "sans"},
    ),
    Design(
        "cupola", "AJ-304", "Cupola", "Cabochon amethyst in silver",
        "A smooth dome of amethyst, 10 by 8 mm, in a plain wall. No facets: the light goes in and stays.",
        "pendant", (NECK, SMALL), "bezel_pendant", {"cut": "cabochon", "stone_width_um": 8000, "stone_length_um": 10000, "gem": "amethyst"},
        "stone", (S, Y), prices={S: 82_00, Y: 520_00}, set_with=Set("amethyst", "cabochon", "none", "Brazil"), words="amethyst cabochon pendant silver necklace purple",
    ),
    Design(
        "belvedere", "AJ-305", "Belvedere", "Trace necklace, 450 mm",
        "Equal oval links of round wire, soldered one by one, each turned a quarter against the next.",
        "chain", (NECK, SMALL), "trace_chain", {"length_um": 450000, "wire_um": 800, "link_width_um": 3000, "link_length_um": 4200},
        "blush", (S, Y), prices={S: 96_00, Y: 2_480_00}, words="chain necklace trace links silver gold",
    ),
    Design(
        "loggia", "AJ-503", "Loggia", "Closed bangle, 5 mm",
        "An oval bangle with no clasp, softly domed outside, 62 by 56 mm inside.",
        "bangle", (WRIST, SMALL), "bangle", {"form": "bangle", "width_um": 5000, "thickness_um": 2200}, "clay", (S, Y),
        prices={S: 99_00, Y: 4_250_00}, words="bangle silver gold oval closed bracelet",
    ),
    Design(
        "finial", "AJ-406", "Finial", "Cultured Akoya pearl studs, 7.5 mm",
        "A pair of round Akoya pearls matched for colour and lustre, each half drilled and set on a fine peg in a shallow cup, so that "
        "nothing stands before it. A pearl is measured in millimetres, not carats.",
        "earrings", (EARS,), "stud", {"cut": "pearl", "stone_width_um": 7500}, "clay", (Y, W),
        prices={Y: 465_00, W: 485_00}, set_with=Set("pearl", "pearl", "bleached", "Ise, Japan", "cultured"),
        words="pearl stud earrings akoya cultured round white pair",
    ),
    Design(
        "baluster", "AJ-407", "Baluster", "Cultured freshwater pearl drops, 7 mm",
        "A pair of freshwater pearls that swing from fine ear wires. In silver, under a hundred pounds.",
        "earrings", (EARS, SMALL), "drop", {"cut": "pearl", "stone_width_um": 7000}, "blush", (S, Y),
        prices={S: 89_00, Y: 680_00}, set_with=Set("pearl", "pearl", "bleached", "Zhuji, China", "cultured"),
        words="pearl drop earrings freshwater cultured dangle silver pair",
    ),
    Design(
        "roundel", "AJ-111", "Roundel", "Oval pink tourmaline in a full bezel",
        "An oval tourmaline, 8 by 6 mm, low on the finger in a wall rubbed over its edge all round: nothing to catch on a sleeve. "
        "The band is bored through beneath it, so that light comes in from underneath.",
        "ring_with_stone", (RINGS,), "bezel_ring",
        {"cut": "oval", "stone_width_um": 6000, "stone_length_um": 8000, "gem": "tourmaline"}, "blush", (Y, W), metals=(Y, R, W, P),
        choices=(
            Choice("tourmaline", "oval", 8000, 6000, 940, 480_00, "raspberry pink", "eye clean", "none", "Mozambique"),
            Choice("tourmaline", "oval", 8020, 6010, 950, 890_00, "vivid pink", "eye clean", "none", "Kunar, Afghanistan", "Demo lab", "D26-042502"),
            Choice("sapphire", "oval", 8000, 6000, 1240, 1_890_00, "royal blue", "eye clean", HEATED, "Sri Lanka", "Demo lab", "D26-042517"),
        ), words="oval pink tourmaline bezel ring rubover low",
    ),
)  # fmt: skip

DESIGNS: tuple[Design, ...] = (*(replace(one, tray=TRAYS.get(one.slug, one.tray)) for one in FIRST), *NEWER)
