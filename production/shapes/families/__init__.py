"""Every family of pieces the house can draw, by name."""

from production.shapes.families.band import BAND
from production.shapes.families.bezel_pendant import BEZEL_PENDANT
from production.shapes.families.solitaire import SOLITAIRE
from production.shapes.families.stud import STUD

FAMILIES = {family.name: family for family in (BAND, SOLITAIRE, BEZEL_PENDANT, STUD)}
