"""From volume to weight: whole milligrams, in any metal."""

UM3_PER_CM3 = 10**12
FINISHING_PPT = 120
"""What filing and polishing take away of a casting: 12 %."""


def finished_mg(volume_um3: int, density_mg_cm3: int) -> int:
    """What so much metal weighs, rounded half up."""
    return (2 * volume_um3 * density_mg_cm3 + UM3_PER_CM3) // (2 * UM3_PER_CM3)


def casting_mg(finished: int, *, finishing_ppt: int = FINISHING_PPT) -> int:
    """The weight of the raw casting, with what filing and polishing take away put back; rounded up."""
    return -(-finished * 1000 // (1000 - finishing_ppt))
