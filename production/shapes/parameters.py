"""What a shape may be asked for: measures, choices, counts and words, each with its limits.

Lengths are whole micrometres, angles whole degrees. Whatever cannot be made is refused by a named rule, in one
sentence that a customer can act on. The sentence is kept apart from its figures so that it can be translated.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

UM_PER_MM = 1000
Text = str | Promise  # a sentence, or one still to be put into the reader's language


class Refused(Exception):
    """What was asked for cannot be made. `rule` names why; the text tells a customer what to change."""

    def __init__(self, rule: str, sentence: Text, **figures: object) -> None:
        super().__init__(rule, sentence)
        self.rule, self.sentence, self.figures = rule, sentence, figures

    def __str__(self) -> str:
        return str(self.sentence).format(**self.figures)


def in_mm(length_um: int) -> str:
    """A length for people: 6500 → "6.5 mm"."""
    return f"{length_um / UM_PER_MM:,.3f}".rstrip("0").rstrip(".") + " mm"


@dataclass(frozen=True)
class Measure:
    """A length (unit "um"), an angle ("degrees") or a number of things ("count"), always a whole number."""

    name: str
    label: Text
    default: int
    least: int
    most: int
    unit: str = "um"

    def told(self, amount: int) -> str:
        """The amount as it is written for people."""
        return in_mm(amount) if self.unit == "um" else f"{amount}°" if self.unit == "degrees" else f"{amount}"

    def read(self, asked: object) -> int:
        """The whole number asked for. Refuses what is not a number and what lies outside the limits."""
        if isinstance(asked, float) and asked.is_integer():
            asked = int(asked)
        if not isinstance(asked, int) or isinstance(asked, bool):
            raise Refused(
                "not_a_number",
                _("{label} must be a plain number, such as {example}."),
                label=self.label,
                example=self.told(self.default),
            )
        if not self.least <= asked <= self.most:
            raise Refused(
                "out_of_limits",
                _("{label} must be from {least} to {most}."),
                label=self.label,
                least=self.told(self.least),
                most=self.told(self.most),
            )
        return asked


@dataclass(frozen=True)
class Choice:
    """One of a few named ways; the first is the default."""

    name: str
    label: Text
    options: tuple[str, ...]

    @property
    def default(self) -> str:
        return self.options[0]

    def read(self, asked: object) -> str:
        """The option asked for. Refuses any other."""
        if not isinstance(asked, str) or asked not in self.options:
            raise Refused(
                "not_offered",
                _("{label} must be one of: {options}."),
                label=self.label,
                options=", ".join(self.options),
            )
        return asked


@dataclass(frozen=True)
class Words:
    """Letters to engrave; none by default. The typeface has its own say later."""

    name: str
    label: Text
    longest: int
    default: str = ""

    def read(self, asked: object) -> str:
        """The words asked for, without stray spaces. Refuses what is not text or too long for any piece."""
        if not isinstance(asked, str):
            raise Refused("not_text", _("{label} must be words."), label=self.label)
        words = " ".join(asked.split())
        if len(words) > self.longest:
            raise Refused(
                "too_many_letters",
                _("{label} can have {longest} letters at most; this has {letters}."),
                label=self.label,
                longest=self.longest,
                letters=len(words),
            )
        return words


Parameter = Measure | Choice | Words


class Given(Mapping[str, int | str]):
    """Every parameter of one family, read and within its limits; `mm()` and `count()` hand them to the drawing."""

    def __init__(self, values: dict[str, int | str]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> int | str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def mm(self, name: str) -> float:
        """A length in mm; the drawing works in mm, the books in µm."""
        return self.count(f"{name}_um") / UM_PER_MM

    def count(self, name: str) -> int:
        """A whole number as it was asked for."""
        return int(self._values[name])

    def text(self, name: str) -> str:
        """A choice or words."""
        return str(self._values[name])


def read(family: str, parameters: tuple[Parameter, ...], asked: Mapping[str, object]) -> Given:
    """All parameters of a family, defaults filled in. Refuses a parameter that the family does not have."""
    known = {parameter.name for parameter in parameters}
    for name in asked:
        if name not in known:
            raise Refused(
                "not_of_this_family",
                _("A {family} has no {name}: leave it out, or choose another kind of piece."),
                family=family.replace("_", " "),
                name=str(name).removesuffix("_um").replace("_", " ")[:40],
            )
    return Given({p.name: p.read(asked[p.name]) if p.name in asked else p.default for p in parameters})
