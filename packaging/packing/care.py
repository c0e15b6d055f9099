"""How to look after a piece: plain sentences by code, in the languages of the house."""

from django.utils.translation import gettext_lazy as _

WASH = _("Wash it in warm water with a drop of washing-up liquid and a soft brush. Rinse, pat dry.")
APART = _("Keep it apart from other pieces, in its pouch: a harder stone scratches a softer metal.")
HANDS_OFF = _("Take it off for sport, gardening and swimming: chlorine harms gold alloys.")
TARNISH = _("Silver darkens in air. A soft cloth brings it back; keep it in its pouch.")
NO_ULTRASONIC = _("No ultrasonic or steam cleaning for this stone. Keep it from heat and oil.")
CHECK = _("Have the claws checked once a year. We do it free of charge.")
PEARL = _("Put pearls on last, after scent and cream. Wipe with a soft damp cloth; never soak.")
NO_DIP = _("Silver darkens in air: a soft cloth brings it back. Never a silver dip, which eats a pearl's skin.")

CARE: dict[str, tuple[object, ...]] = {
    "gold": (WASH, APART, HANDS_OFF),
    "gold_stones": (WASH, CHECK, HANDS_OFF),
    "gold_tender": (APART, NO_ULTRASONIC, CHECK),
    "silver": (TARNISH, APART, HANDS_OFF),
    "silver_stones": (TARNISH, APART, CHECK),
    "platinum": (WASH, APART, CHECK),
    "pearl": (PEARL, APART, HANDS_OFF),
    "silver_pearl": (PEARL, NO_DIP, APART),
}


def advice(code: str) -> list[str]:
    """The sentences for a code, in the language that is active; gold's for a code that is not known."""
    return [str(sentence) for sentence in CARE.get(code, CARE["gold"])]
