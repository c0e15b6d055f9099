"""How to look after a piece: plain sentences by code, in the languages of the house."""

from django.utils.translation import gettext_lazy as _

from foundation.reference.alloys import ALLOYS

WASH = _("Wash it in warm water with a drop of washing-up liquid and a soft brush. Rinse, pat dry.")
APART = _("Keep it apart from other pieces, in its pouch: a harder stone scratches a softer metal.")
HANDS_OFF = _("Take it off for sport, gardening and swimming: chlorine harms gold alloys.")
TARNISH = _("Silver darkens in air. A soft cloth brings it back; keep it in its pouch.")
NO_ULTRASONIC = _("No ultrasonic or steam cleaning for this stone. Keep it from heat and oil.")
CHECK = _("Have the claws checked once a year. We do it free of charge.")
PEARL = _("Put pearls on last, after scent and cream. Wipe with a soft damp cloth; never soak.")
NO_DIP = _("Silver darkens in air: a soft cloth brings it back. Never a silver dip, which eats a pearl's skin.")

CARE: dict[tuple[str, str], tuple[object, ...]] = {
    ("gold", ""): (WASH, APART, HANDS_OFF),
    ("gold", "stones"): (WASH, CHECK, HANDS_OFF),
    ("gold", "tender"): (APART, NO_ULTRASONIC, CHECK),
    ("gold", "pearl"): (PEARL, APART, HANDS_OFF),
    ("silver", ""): (TARNISH, APART, HANDS_OFF),
    ("silver", "stones"): (TARNISH, APART, CHECK),
    ("silver", "tender"): (TARNISH, NO_ULTRASONIC, CHECK),
    ("silver", "pearl"): (PEARL, NO_DIP, APART),
    ("platinum", ""): (WASH, APART, CHECK),
    ("platinum", "stones"): (WASH, APART, CHECK),
    ("platinum", "tender"): (APART, NO_ULTRASONIC, CHECK),
    ("platinum", "pearl"): (PEARL, APART, CHECK),
}
"""By metal, and by what is set in it: nothing, stones, tender stones, a pearl."""
METALS = ("gold", "silver", "platinum")


def advice(code: str, alloy: str = "") -> list[str]:
    """The sentences for a piece, in the language that is active: for what its code says is set in it ("gold_stones", "pearl"),
    in the metal it is made of. The code's own metal where the alloy is not known; gold's sentences where neither is.
    """
    first, _sep, rest = code.partition("_")
    metal, sort = (first, rest) if first in METALS else ("gold", first)
    made_of = next((row.metal for row in ALLOYS if row.code == alloy), metal)
    found = CARE.get((made_of if made_of in METALS else metal, sort)) or CARE["gold", ""]
    return [str(sentence) for sentence in found]
