"""The house's default routes, until an admin writes others. Minutes are house defaults until the workshop has measured its own."""

from dataclasses import dataclass

from foundation.people.roles import Role
from production.routes.stages import Stage


@dataclass(frozen=True)
class Line:
    """One default step."""

    stage: Stage
    craft: str
    name: str
    name_th: str
    roles: tuple[Role, ...]
    minutes: tuple[int, int, int]
    evidence: tuple[str, ...] = ()
    only_if: str = ""


DRAW = Line(Stage.DESIGN, "draw", "Draw the piece", "ออกแบบชิ้นงาน", (Role.DESIGNER,), (60, 30, 0), ("revision",))
APPROVE = Line(
    Stage.DESIGN, "approve", "The customer approves", "ลูกค้าอนุมัติแบบ", (), (0, 0, 0), ("approval",), "approval"
)
PRINT = Line(Stage.CASTING, "pattern", "Print the pattern", "พิมพ์ต้นแบบ", (Role.CASTER,), (20, 10, 0), ("photo",))
CAST = Line(Stage.CASTING, "cast", "Cast on a tree", "หล่อบนต้นเทียน", (Role.CASTER,), (25, 15, 0), ("cast_weight",))
CLEAN = Line(
    Stage.ASSEMBLY,
    "clean",
    "File and fit",
    "ตะไบและประกอบ",
    (Role.BENCH_JEWELLER,),
    (10, 45, 0),
    ("weight_in", "weight_out", "photo"),
)
SET = Line(
    Stage.ASSEMBLY,
    "set",
    "Set the stones",
    "ฝังพลอย",
    (Role.SETTER,),
    (10, 0, 20),
    ("stones_set", "weight_out", "photo"),
    "stones",
)
POLISH = Line(Stage.FINISHING, "polish", "Polish", "ขัดเงา", (Role.POLISHER,), (10, 35, 0), ("weight_out", "photo"))
ENGRAVE = Line(
    Stage.FINISHING, "engrave", "Engrave", "แกะสลักข้อความ", (Role.POLISHER, Role.BENCH_JEWELLER), (10, 15, 0),
    ("engraving_proof",), "engraving",
)  # fmt: skip
PLATE = Line(Stage.FINISHING, "plate", "Plate", "ชุบ", (Role.POLISHER,), (20, 10, 0), ("photo",), "plating")
INSPECT = Line(Stage.QUALITY, "inspect", "Inspect", "ตรวจสอบคุณภาพ", (Role.INSPECTOR,), (5, 15, 1), ("inspection",))
PACK = Line(Stage.PACKAGING, "pack", "Pack and seal", "บรรจุและปิดผนึก", (), (5, 10, 0), ("sealed",))

START, END = (DRAW, APPROVE, PRINT, CAST, CLEAN), (POLISH, ENGRAVE, PLATE, INSPECT, PACK)
DEFAULTS: dict[str, tuple[str, tuple[Line, ...]]] = {
    "ring_with_stone": ("Ring with a stone", (*START, SET, *END)),
    "plain_ring": ("Plain ring", (*START, *END)),
    "pendant": ("Pendant", (*START, SET, *END)),
    "earrings": ("Earrings", (*START, SET, *END)),
    "chain": ("Chain", (*START, SET, *END)),
    "bangle": ("Bangle or cuff", (*START, SET, *END)),
}
