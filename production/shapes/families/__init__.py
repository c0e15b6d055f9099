"""Every family of pieces the house can draw, by name."""

from production.shapes.families.band import BAND
from production.shapes.families.bangle import BANGLE
from production.shapes.families.bezel_pendant import BEZEL_PENDANT
from production.shapes.families.bezel_ring import BEZEL_RING
from production.shapes.families.drop import DROP
from production.shapes.families.eternity import ETERNITY
from production.shapes.families.halo import HALO
from production.shapes.families.hoop import HOOP
from production.shapes.families.signet import SIGNET
from production.shapes.families.solitaire import SOLITAIRE
from production.shapes.families.stud import STUD
from production.shapes.families.three_stone import THREE_STONE
from production.shapes.families.trace_chain import TRACE_CHAIN

FAMILIES = {
    family.name: family
    for family in (
        BAND,
        SOLITAIRE,
        BEZEL_RING,
        BEZEL_PENDANT,
        STUD,
        SIGNET,
        THREE_STONE,
        HALO,
        ETERNITY,
        HOOP,
        DROP,
        TRACE_CHAIN,
        BANGLE,
    )
}
