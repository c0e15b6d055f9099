"""Makes the house's font files from the published faces: `python -m foundation.ui.fonts`.

The faces are taken from npm's @fontsource packages (all SIL Open Font License), cut to the characters
and weights the house sets, and written as WOFF2 for pages and as static TTF for papers. Run it again
only when a face or a version changes; the files it makes are kept in the repository.
"""

import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from shutil import which

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import OverlapMode, instantiateVariableFont

ROOM = Path(__file__).resolve().parent
PAGES = ROOM / "static" / "ui" / "fonts"
PAPERS = ROOM.parent / "paper" / "fonts"
VERSION = "5.3.0"

LATIN = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x2010, 0x2028),
    0x2030,
    0x2032,
    0x2033,
    0x20AC,
    0x2122,
    0x2212,
    0x2215,
]
LATIN_FIRST = [c for c in LATIN if c < 0x100 or c > 0x180]
THAI = [*range(0x0E01, 0x0E3B), *range(0x0E40, 0x0E5C), 0x200B, 0x200C, 0x200D, 0x25CC]
BAHT = [0x0E3F]
FEATURES = ["kern", "liga", "tnum", "lnum", "mark", "mkmk", "ccmp", "locl"]
# The first page of a list loads two faces, so those two carry the fewest layout rules.


@dataclass(frozen=True)
class Face:
    """One face to make: which files it comes from, where its axes are pinned, which characters it keeps."""

    name: str
    package: str
    files: tuple[str, ...]
    axes: dict[str, float | tuple[float, float]]
    characters: list[int]
    family: str = ""
    style: str = "Regular"


PAGE_FACES = (
    Face("newsreader", "newsreader", ("newsreader-latin-opsz-normal",), {"wght": 300, "opsz": 60}, LATIN_FIRST),
    Face("newsreader-ext", "newsreader", ("newsreader-latin-ext-opsz-normal",), {"wght": 300, "opsz": 60}, LATIN),
    Face("newsreader-italic", "newsreader", ("newsreader-latin-opsz-italic",), {"wght": 300, "opsz": 36}, LATIN_FIRST),
    Face("hanken", "hanken-grotesk", ("hanken-grotesk-latin-wght-normal",), {"wght": (400, 600)}, LATIN_FIRST),
    Face("hanken-ext", "hanken-grotesk", ("hanken-grotesk-latin-ext-wght-normal",), {"wght": (400, 600)}, LATIN),
    Face("redhatmono", "red-hat-mono", ("red-hat-mono-latin-wght-normal",), {"wght": 500}, LATIN_FIRST),
    Face("thai-sans", "noto-sans-thai", ("noto-sans-thai-thai-wght-normal",), {"wght": (400, 600)}, THAI),
    Face("thai-serif", "noto-serif-thai", ("noto-serif-thai-thai-wght-normal",), {"wght": 300}, THAI),
    Face("baht-sans", "noto-sans-thai", ("noto-sans-thai-thai-wght-normal",), {"wght": (400, 600)}, BAHT),
    Face("baht-serif", "noto-serif-thai", ("noto-serif-thai-thai-wght-normal",), {"wght": 300}, BAHT),
)


def _paper(name: str, package: str, stem: str, family: str, style: str, axes: dict[str, float]) -> Face:
    cut = "italic" if style.endswith("Italic") else "normal"
    axis = "opsz" if "opsz" in axes else "wght"
    blocks = ("thai", "latin") if package.endswith("thai") else ("latin", "latin-ext")
    files = tuple(f"{stem}-{block}-{axis}-{cut}" for block in blocks)
    return Face(name, package, files, dict(axes), [*LATIN, *THAI, *BAHT], family, style)


PAPER_FACES = (
    _paper("Newsreader-Light", "newsreader", "newsreader", "Newsreader", "Light", {"wght": 300, "opsz": 36}),
    _paper("Newsreader-Regular", "newsreader", "newsreader", "Newsreader", "Regular", {"wght": 400, "opsz": 16}),
    _paper(
        "Newsreader-LightItalic", "newsreader", "newsreader", "Newsreader", "Light Italic", {"wght": 300, "opsz": 36}
    ),
    _paper("HankenGrotesk-Regular", "hanken-grotesk", "hanken-grotesk", "Hanken Grotesk", "Regular", {"wght": 400}),
    _paper("HankenGrotesk-Medium", "hanken-grotesk", "hanken-grotesk", "Hanken Grotesk", "Medium", {"wght": 500}),
    _paper("HankenGrotesk-SemiBold", "hanken-grotesk", "hanken-grotesk", "Hanken Grotesk", "SemiBold", {"wght": 600}),
    _paper("RedHatMono-Medium", "red-hat-mono", "red-hat-mono", "Red Hat Mono", "Medium", {"wght": 500}),
    _paper("NotoSansThai-Regular", "noto-sans-thai", "noto-sans-thai", "Noto Sans Thai", "Regular", {"wght": 400}),
    _paper("NotoSansThai-Medium", "noto-sans-thai", "noto-sans-thai", "Noto Sans Thai", "Medium", {"wght": 500}),
    _paper("NotoSansThai-SemiBold", "noto-sans-thai", "noto-sans-thai", "Noto Sans Thai", "SemiBold", {"wght": 600}),
    _paper("NotoSerifThai-Light", "noto-serif-thai", "noto-serif-thai", "Noto Serif Thai", "Light", {"wght": 300}),
)
WEIGHTS = {"Light": 300, "Regular": 400, "Medium": 500, "SemiBold": 600}


def fetch(package: str, into: Path) -> Path:
    """The unpacked folder of one published face; needs npm on the machine."""
    spec = f"@fontsource-variable/{package}@{VERSION}"
    packed = subprocess.run(
        [which("npm") or "npm", "pack", "--silent", spec], cwd=into, check=True, capture_output=True, text=True
    )
    with tarfile.open(into / packed.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(into / package, filter="data")
    return into / package / "package"


def cut(source: Path, face: Face) -> TTFont:
    """One file, its axes pinned or narrowed, only the face's characters left."""
    font = TTFont(source)
    options = Options()
    options.layout_features = FEATURES if not face.family else ["*"]
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=face.characters)
    subsetter.subset(font)
    return instantiateVariableFont(font, face.axes, overlap=OverlapMode.KEEP_AND_SET_FLAGS, inplace=True)


def page_face(face: Face, published: Path) -> None:
    """Writes one WOFF2."""
    font = cut(published / "files" / f"{face.files[0]}.woff2", face)
    font.flavor = "woff2"
    font.save(PAGES / f"{face.name}.woff2")


def paper_face(face: Face, published: Path, workroom: Path) -> None:
    """Writes one static TTF whose Latin (and Thai) blocks are joined and whose names say what it is."""
    parts = []
    for number, file in enumerate(face.files):
        part = cut(published / "files" / f"{file}.woff2", face)
        part.flavor = None
        parts.append(workroom / f"{face.name}-{number}.ttf")
        part.save(parts[-1])
    font = Merger().merge([str(part) for part in parts])
    rename(font, face)
    font.save(PAPERS / f"{face.name}.ttf")


def rename(font: TTFont, face: Face) -> None:
    """Names and weight as a typesetter looks them up."""
    weight = face.style.removesuffix(" Italic")
    font["OS/2"].usWeightClass = WEIGHTS[weight]
    names = {1: f"{face.family} {face.style}", 2: "Regular", 4: f"{face.family} {face.style}", 6: face.name}
    names |= {16: face.family, 17: face.style}
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)


def main() -> None:
    """Makes every face anew, with its licence beside it."""
    for folder in (PAGES, PAPERS):
        folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        workroom = Path(scratch)
        published = {name: fetch(name, workroom) for name in sorted({face.package for face in PAGE_FACES})}
        for name, folder in published.items():
            for shelf in (PAGES, PAPERS):
                (shelf / f"OFL-{name}.txt").write_text((folder / "LICENSE").read_text())
        for face in PAGE_FACES:
            page_face(face, published[face.package])
        for face in PAPER_FACES:
            paper_face(face, published[face.package], workroom)


if __name__ == "__main__":
    main()
