"""Laying the demo's pieces into the shop: collections, pieces, pictures, ready-made variants, stones to choose from."""

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from demo.catalogue import DESIGNS
from demo.pictures import FOLDER, MAKING, MANIFEST
from demo.pieces import Choice, Design
from foundation.house.models import Brand, Site
from foundation.length import ring_sizes
from foundation.people.models import User
from foundation.reference.alloys import alloy as find_alloy
from foundation.reference.hallmarks import needs_hallmark
from foundation.reference.stones import by_size
from production import offer
from store.catalogue.actions import add_photo, publish_piece, receive_stock, set_metals
from store.catalogue.models import Collection, Piece, StoneChoice, Variant

COLLECTIONS = (
    ("rings", "Rings", "Set open at the back, so that daylight passes through the stone.", ""),
    ("engagement-rings", "Engagement", "One stone, chosen with its report.", "rings"),
    ("wedding-bands", "Wedding bands", "Plain, hammered, beaded, or with a row of stones.", "rings"),
    ("earrings", "Earrings", "Studs and hoops, always a pair.", ""),
    ("necklaces", "Necklaces", "Pendants whose bail swings free.", ""),
    ("bracelets", "Bracelets", "Chains and cuffs.", ""),
    ("under-100-pounds", "Under £100", "Silver from the same benches.", ""),
)
PIECES_OF = {"earrings": 2}
IN_STOCK = 4
SMALLEST_UM, LARGEST_UM = 14_000, 21_500


def not_shelved() -> tuple[Design, ...]:
    """The designs that this house has never had. One that was withdrawn is had: it stays as its people left it."""
    had = set(Piece.objects.values_list("style_code", flat=True)) | set(Piece.objects.values_list("slug", flat=True))
    return tuple(design for design in DESIGNS if not had & {design.style, design.slug})


def bring_up_to_date(*, by: User) -> None:
    """A house just taken in, as it was written down earlier: its pieces' trays and pictures as they are now."""
    for design in DESIGNS:
        piece = Piece.objects.filter(style_code=design.style).first()
        if piece is None:
            continue
        Piece.objects.filter(pk=piece.pk).update(tray=design.tray)
        _say_what_they_show(piece, design)
        _hang_pictures(piece, design, by, had=set(piece.photos.values_list("alloy", "view")))


def shelve(designs: Sequence[Design] | None = None, *, brand: Brand, site: Site, by: User, now: datetime) -> None:
    """These designs, or all there are, shown to everybody, with their stones, their stock and their prices."""
    shelves = _collections(brand)
    place = {design.slug: number for number, design in enumerate(DESIGNS, start=1)}
    for design in DESIGNS if designs is None else designs:
        piece = _piece(design, brand, place[design.slug])
        piece.collections.set([shelves[slug] for slug in design.collections])
        _hang_pictures(piece, design, by)
        if design.metals:
            set_metals(piece=piece, alloys=design.metals, by=by)
        for n, choice in enumerate(design.choices):
            _offer_stone(piece, choice, position=n, site=site, by=by)
        _lay_ready_made(piece, design, site=site, by=by)
        publish_piece(piece=piece, by=by, now=now)


def _collections(brand: Brand) -> dict[str, Collection]:
    made: dict[str, Collection] = {}
    for position, (slug, name, text, inside) in enumerate(COLLECTIONS):
        told = {"name": name, "text": text, "position": position, "inside": made.get(inside)}
        made[slug], _new = Collection.objects.get_or_create(brand=brand, slug=slug, defaults=told)
    return made


def _piece(design: Design, brand: Brand, position: int) -> Piece:
    sizes = [size.inner_um for size in ring_sizes("UK") if SMALLEST_UM <= size.inner_um <= LARGEST_UM]
    ring = {"ring_from_um": min(sizes), "ring_to_um": max(sizes)} if design.is_ring and design.made_to_order else {}
    return Piece.objects.create(
        brand=brand, slug=design.slug, style_code=design.style, name=design.name, line=design.line, description=design.text,
        kind=design.kind, family=design.family, parameters=design.parameters, made_to_order=design.made_to_order,
        tray=design.tray, finish=design.finish, words=design.words, care=care_of(design), position=position * 10, **ring,
    )  # fmt: skip


def care_of(design: Design) -> str:
    """The care card: tender stones first, then the metal it is mostly made in."""
    species = {choice.species for choice in design.choices} | ({design.set_with.species} if design.set_with else set())
    metals = set(design.metals) | set(design.prices)
    if "pearl" in species:
        return "gold_pearl"
    if "emerald" in species:
        return "gold_tender"
    if metals == {"AG925"}:
        return "silver_stones" if species else "silver"
    return "gold_stones" if species else "gold"


@cache
def manifest() -> dict[str, dict[str, Any]]:
    """What each committed picture is of."""
    told: dict[str, dict[str, Any]] = json.loads(MANIFEST.read_text())
    return told


@cache
def in_the_making() -> dict[str, dict[str, Any]]:
    """What each picture of a piece on its way is of."""
    told: dict[str, dict[str, Any]] = json.loads(MAKING.read_text())
    return told


def making_of(style: str, alloy: str) -> dict[str, str]:
    """The pictures of this piece on its way in this metal, by stage; the wax is the same for every metal."""
    return {
        told["view"]: name
        for name, told in in_the_making().items()
        if told["style"] == style and told["alloy"] in ("", alloy)
    }


def pictures_of(design: Design) -> list[tuple[str, dict[str, Any]]]:
    """Its pictures, the first metal's first."""
    found = [(name, told) for name, told in manifest().items() if told["style"] == design.style]
    return sorted(found, key=lambda one: (design.pictured.index(one[1]["alloy"]), one[1]["view"] != "three_quarter"))


def _hang_pictures(
    piece: Piece, design: Design, by: User, had: AbstractSet[tuple[str | None, str]] = frozenset()
) -> None:
    for name, told in pictures_of(design):
        if (told["alloy"], told["view"]) in had:
            continue
        upload = SimpleUploadedFile(name.replace("/", "-"), (FOLDER / name).read_bytes(), "image/webp")
        photo = add_photo(
            piece=piece, upload=upload, by=by, alloy=told["alloy"], view=told["view"], alt=told["alt"][:160]
        )
        photo.width_um, photo.shape = told["width_um"], told["shape"]
        photo.save(update_fields=["width_um", "shape"])


def _say_what_they_show(piece: Piece, design: Design) -> None:
    """A house that was written down earlier does not know which model its pictures show."""
    for _name, told in pictures_of(design):
        piece.photos.filter(alloy=told["alloy"], view=told["view"], shape="").update(shape=told["shape"])


def _offer_stone(piece: Piece, choice: Choice, *, position: int, site: Site, by: User) -> None:
    stone = StoneChoice.objects.create(
        piece=piece, species=choice.species, cut=choice.cut, length_um=choice.length_um, width_um=choice.width_um,
        mct=choice.mct, count=choice.count, price_minor=choice.price_minor, colour=choice.colour, clarity=choice.clarity,
        treatment=choice.treatment, origin=choice.origin, grown=choice.grown, report_lab=choice.lab,
        report_number=choice.report, position=position,
    )  # fmt: skip
    if choice.report:
        receive_stock(item=stone, site=site, quantity=1, by=by, note="the only one of its kind")


def _lay_ready_made(piece: Piece, design: Design, *, site: Site, by: User) -> None:
    position = 0
    for alloy, price_minor in design.prices.items():
        for size in design.sizes_um or (None,):
            variant = Variant.objects.create(
                piece=piece, position=position, price_minor=price_minor, **facts_of(design, alloy, size)
            )
            receive_stock(item=variant, site=site, quantity=IN_STOCK, by=by, note="first delivery from the bench")
            position += 1


def _marks(code: str, metal_mg: int) -> str:
    """What the demo's assay office struck: sponsor, fineness, office; nothing on a piece too light to need it."""
    made = find_alloy(code)
    return f"AJR · {made.fineness} · leopard’s head" if needs_hallmark("GB", made.metal, metal_mg) else ""


def facts_of(design: Design, alloy: str, size: int | None) -> dict[str, Any]:
    """What a ready-made piece weighs and is set with, from its exact model."""
    measures = design.parameters | ({"inner_diameter_um": size} if size else {})
    weighed = offer.weigh(family=design.family, parameters=measures, alloy=alloy)
    pieces = PIECES_OF.get(design.kind, 1)
    facts: dict[str, Any] = {
        "sku": "-".join(filter(None, [design.style, alloy, str(size or "")])), "alloy": alloy, "ring_inner_um": size,
        "metal_mg": weighed.finished_mg * pieces,
        "length_um": design.parameters.get("length_um"), "marks": _marks(alloy, weighed.finished_mg * pieces),
    }  # fmt: skip
    if stone := design.set_with:
        facts |= {
            "stone_species": stone.species, "stone_cut": stone.cut, "stone_grown": stone.grown,
            "stone_treatment": stone.treatment, "stone_origin": stone.origin, "report_lab": stone.lab,
            "report_number": stone.report, "stone_count": sum(one.count for one in weighed.stones) * pieces,
            "stone_mct": sum(one.count * one.mct(stone.species) for one in weighed.stones) * pieces,
            "stone_um": weighed.stones[0].width_um if by_size(stone.species) else None,
        }  # fmt: skip
    return facts
