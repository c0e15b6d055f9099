"""Gem materials: what their weight and look depend on."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Gem:
    """A species: specific gravity × 1000 (mg/cm³), refractive index × 1000, and the colour light takes in it."""

    name: str
    density_mg_cm3: int
    index_ppt: int
    colour: tuple[float, float, float]  # linear RGB


# Specific gravities: the workshop's table (its sources 81 to 83); refractive indices: mean values of the species.
GEMS = {
    gem.name: gem
    for gem in (
        Gem("diamond", 3520, 2417, (1.0, 1.0, 1.0)),
        Gem("sapphire", 4000, 1768, (0.06, 0.14, 0.62)),
        Gem("ruby", 4000, 1768, (0.70, 0.03, 0.10)),
        Gem("spinel", 3600, 1718, (0.78, 0.10, 0.22)),
        Gem("emerald", 2720, 1580, (0.06, 0.50, 0.24)),
        Gem("aquamarine", 2720, 1577, (0.55, 0.82, 0.90)),
        Gem("tourmaline", 3060, 1630, (0.80, 0.22, 0.42)),
        Gem("tanzanite", 3350, 1695, (0.26, 0.22, 0.72)),
        Gem("peridot", 3340, 1670, (0.50, 0.72, 0.14)),
        Gem("garnet", 3840, 1760, (0.52, 0.04, 0.10)),
        Gem("amethyst", 2660, 1548, (0.48, 0.22, 0.68)),
        Gem("citrine", 2660, 1548, (0.92, 0.62, 0.14)),
        Gem("moissanite", 3220, 2650, (1.0, 1.0, 1.0)),
        Gem("opal", 2150, 1450, (0.88, 0.90, 0.90)),
        Gem("turquoise", 2760, 1610, (0.20, 0.66, 0.68)),
        Gem("pearl", 2700, 1600, (0.93, 0.90, 0.85)),
    )
}
