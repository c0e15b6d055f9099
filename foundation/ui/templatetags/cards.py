"""{% load cards %}: a piece's card, drawn straight: a list shows 24, and as templates they cost more than finding them."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from django import template
from django.utils.html import conditional_escape as esc
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from foundation.ui.templatetags.ui import money

register = template.Library()

SIZES = "(min-width:1101px) 24vw, (min-width:821px) 30vw, 46vw"


@register.simple_tag
def card(of: Any = None, **said: Any) -> SafeString:
    """{% card piece level=3 %}: the fields of `piece`, and what is said beside them."""
    facts = {} if of is None else vars(of)
    return draw_card(**{**facts, **said})


def draw_card(
    *, href: str, name: str, sub: str = "", minor: int | None = None, currency: str = "GBP", price: str = "",
    from_price: Any = "", photo: Any = None, tray: str = "stone", ship: str = "", in_stock: Any = "", metals: Any = (),
    metal: str = "", fineness: str = "", eager: Any = "", pictures: int = 0, level: int = 2, keep: str = "",
    sizes: str = SIZES, shown_in: str = "",
) -> SafeString:  # fmt: skip
    """The markup of `<c-card>`: its picture on its tray, when it ships, name and price, stone, metals and fineness.

    Everything is escaped but what is marked safe. `photo` is anything with src, avif, jpeg, width, height.
    """
    pips = f'<span class="pips" aria-hidden="true">{"<i></i>" * pictures}</span>' if pictures > 1 else ""
    shipping = f'<p class="ship{"" if in_stock else " made"}">{esc(ship)}</p>' if ship else ""
    kept = f'<div class="keep">{esc(keep)}</div>' if keep else ""
    below = "".join(f'<p class="sub">{esc(one)}</p>' for one in (sub, shown_in) if one)
    said = f"{_('from')} " if from_price else ""
    return mark_safe(  # noqa: S308  every part is escaped above or here
        f'<article class="card" data-on="{esc(tray)}"><div class="tray">'
        f"{_photo(photo, words=f'{name}, {sub}', tray=tray, sizes=sizes, eager=eager)}{shipping}{pips}{kept}</div>"
        f'<div><div class="line"><h{level}><a href="{esc(href)}">{esc(name)}</a></h{level}>'
        f'<p class="price">{said}{esc(price or money(minor, currency))}</p></div>'
        f"{below}</div>"
        f'<div class="opts">{_metals(metals)}{_punch(metal, fineness)}</div></article>'
    )


def _photo(of: Any, *, words: str, tray: str, sizes: str, eager: Any) -> str:
    if isinstance(of, Mapping):
        of = SimpleNamespace(**{"src": "", "avif": "", "jpeg": "", "width": 0, "height": 0, **of})
    if not of or not of.src:
        return f'<span class="photo none" data-tray="{esc(tray)}">{_("No picture yet")}</span>'
    avif = f'<source type="image/avif" srcset="{esc(of.avif)}" sizes="{esc(sizes)}">' if of.avif else ""
    jpeg = f' srcset="{esc(of.jpeg)}" sizes="{esc(sizes)}"' if of.jpeg else ""
    size = f' width="{of.width}" height="{of.height}"' if of.width else ""
    when = ' fetchpriority="high"' if eager else ' loading="lazy" decoding="async"'
    return (
        f'<span class="photo" data-tray="{esc(tray)}"><picture>{avif}'
        f'<img src="{esc(of.src)}"{jpeg}{size} alt="{esc(words)}"{when}></picture></span>'
    )


def _metals(metals: Any) -> str:
    if not metals:
        return ""
    discs = "".join(f'<i class="disc" data-metal="{esc(one)}"></i>' for one in metals)
    words = ngettext("one metal", "%(n)s metals", len(metals)) % {"n": len(metals)}
    return f'{discs}<span class="vh">{words}</span>'


def _punch(metal: str, fineness: str) -> str:
    if not fineness:
        return ""
    title = _("%(fineness)s parts per thousand") % {"fineness": esc(fineness)}
    return f'<span class="punch" data-metal="{esc(metal)}" title="{title}">{esc(fineness)}</span>'
