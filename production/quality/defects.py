"""What can be wrong with a piece: code, words, severity, and the stage it usually goes back to.

Codes and routes follow the workshop reference's defect catalogue: casting families are named by shape and place, not by
presumed cause (Ganoksin, casting defects, Donohue & Frye).
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from production.routes.stages import Stage


class UnknownDefect(ValueError):
    """A code that is not in the catalogue."""


@dataclass(frozen=True)
class Defect:
    """One kind of fault."""

    code: str
    words: object
    severity: str
    back_to: str


DEFECTS = (
    Defect("ST-LOO", _("Loose stone"), "critical", Stage.ASSEMBLY),
    Defect("ST-MIS", _("Missing stone"), "critical", Stage.ASSEMBLY),
    Defect("ST-CHP", _("Chipped or broken stone"), "major", Stage.ASSEMBLY),
    Defect("ST-ALN", _("Stone tilted or out of line"), "major", Stage.ASSEMBLY),
    Defect("ST-PRH", _("Claw too high, too low, or it snags"), "major", Stage.ASSEMBLY),
    Defect("AS-SOL", _("Solder: pit, excess, missing, or a line of another colour"), "major", Stage.ASSEMBLY),
    Defect("AS-FIT", _("Parts out of line, or too much play"), "major", Stage.ASSEMBLY),
    Defect("AS-THN", _("Filed too thin"), "critical", Stage.CASTING),
    Defect("CA-INC", _("Not fully cast"), "major", Stage.CASTING),
    Defect("CA-SHR", _("Shrinkage porosity"), "major", Stage.CASTING),
    Defect("CA-GAS", _("Gas porosity"), "major", Stage.CASTING),
    Defect("CA-CRK", _("Crack"), "critical", Stage.CASTING),
    Defect("CA-DIM", _("Wrong size or warped"), "major", Stage.CASTING),
    Defect("FI-SCR", _("Scratch, drag, or lost edge"), "minor", Stage.FINISHING),
    Defect("FI-CMP", _("Polishing compound left"), "minor", Stage.FINISHING),
    Defect("PL-BLI", _("Plating blisters or peels"), "major", Stage.FINISHING),
    Defect("PL-THN", _("Plating thin or of the wrong colour"), "major", Stage.FINISHING),
    Defect("EN-TXT", _("Wrong or misplaced engraving"), "critical", Stage.FINISHING),
    Defect("MK-MRK", _("Wrong or missing mark"), "critical", Stage.ASSEMBLY),
    Defect("WT-OUT", _("Weight out of tolerance"), "major", Stage.FINISHING),
)
_BY_CODE = {defect.code: defect for defect in DEFECTS}


def defect(code: str) -> Defect:
    """The defect with this code. Refuses another."""
    if code not in _BY_CODE:
        raise UnknownDefect(code)
    return _BY_CODE[code]


def in_words(code: str, said: str) -> str:
    """Why a piece was sent back, in the reader's language: the defect, and what the inspector said of it. No code: what was said."""
    return f"{defect(code).words}. {said}".strip() if code else said
