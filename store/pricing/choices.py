"""What a buyer chooses for a piece that is to be made, and why a choice cannot be made."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from store.catalogue.models import Piece, StoneChoice


class CannotBeMade(Exception):
    """Why this choice cannot be made, in a sentence."""


@dataclass(frozen=True)
class Choice:
    """A piece with all that was chosen for it."""

    piece: Piece
    alloy: str
    ring_inner_um: int | None = None
    stone: StoneChoice | None = None
    engraving: str = ""
    engraving_place: str = ""


def check(choice: Choice) -> None:
    """Refuse, with CannotBeMade, what the workshop does not make."""
    piece = choice.piece
    if choice.alloy not in {metal.alloy for metal in piece.metals.all()}:
        raise CannotBeMade(_("%(name)s is not made in this metal. Choose one of those shown.") % {"name": piece.name})
    check_size(choice)
    _check_stone(choice)
    check_engraving(choice)


def check_size(choice: Choice) -> None:
    """Refuse a ring without a size, or in one that it is not made in."""
    piece = choice.piece
    if not piece.is_ring:
        return
    if choice.ring_inner_um is None:
        raise CannotBeMade(_("Choose a ring size."))
    if not (piece.ring_from_um or 0) <= choice.ring_inner_um <= (piece.ring_to_um or 10**6):
        raise CannotBeMade(_("%(name)s is not made in this size.") % {"name": piece.name})


def _check_stone(choice: Choice) -> None:
    stones = [stone for stone in choice.piece.stones.all() if stone.withdrawn_at is None]
    if stones and choice.stone is None:
        raise CannotBeMade(_("Choose a stone."))
    if choice.stone is not None and choice.stone.pk not in {stone.pk for stone in stones}:
        raise CannotBeMade(_("This stone is no longer offered. Choose another."))


def check_engraving(choice: Choice) -> None:
    """Refuse words that there is no room for, or that cannot be engraved."""
    text = choice.engraving
    if not text:
        return
    if len(text) > choice.piece.engraving_most:
        raise CannotBeMade(
            _("The engraving has %(has)d letters. There is room for %(most)d.")
            % {"has": len(text), "most": choice.piece.engraving_most}
        )
    if strange := sorted({letter for letter in text if not can_be_engraved(letter)}):
        raise CannotBeMade(_("This cannot be engraved: %(letters)s") % {"letters": " ".join(map(shown, strange))})


def can_be_engraved(letter: str) -> bool:
    """Letters, marks and figures of the alphabets the house engraves (Latin, Greek, Cyrillic, Thai), plain
    punctuation, the space and a heart. No control characters, no emoji, nothing that turns the writing direction.
    """
    if letter in " .,;:!?'’‘“”\"&+-–—/()·♥°×":
        return True
    if unicodedata.category(letter)[0] not in "LMN":
        return False
    name = unicodedata.name(letter, "")
    return name.startswith(("LATIN", "GREEK", "CYRILLIC", "THAI", "DIGIT", "COMBINING"))


def shown(letter: str) -> str:
    """A letter as it can be shown safely in a sentence."""
    return letter if letter.isprintable() and unicodedata.category(letter) != "Co" else f"U+{ord(letter):04X}"
