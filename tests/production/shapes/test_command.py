from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command


def test_the_shape_command_writes_every_file_asked_for_and_tells_the_weight(tmp_path: Path) -> None:
    told = StringIO()
    call_command(
        "shape",
        "solitaire",
        alloy="AU750W-Pd",
        size="UK:N",
        stone="round:6.5",
        out=[tmp_path / "ring.stl"],
        glb=tmp_path / "ring.glb",
        svg=tmp_path / "ring.svg",
        stdout=told,
    )
    assert {path.name for path in tmp_path.iterdir()} == {"ring.stl", "ring.glb", "ring.svg"}
    assert "1 × round diamond 6.5 mm, 1034 mct each" in told.getvalue()


def test_several_sizes_are_a_batch_that_tells_how_far_it_is(tmp_path: Path) -> None:
    told = StringIO()
    call_command("shape", "band", size=["UK:L", "UK:N", "UK:P"], out=[tmp_path / "band-{size}.stl"], stdout=told)
    assert {path.name for path in tmp_path.iterdir()} == {"band-UK-L.stl", "band-UK-N.stl", "band-UK-P.stl"}
    lines = told.getvalue().splitlines()
    assert [line for line in lines if " of 3: " in line] == ["1 of 3: UK:L", "2 of 3: UK:N", "3 of 3: UK:P"]


def test_a_batch_of_which_one_size_is_refused_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(CommandError):
        call_command("shape", "band", size=["UK:L", "UK:WHAT"], out=[tmp_path / "band-{size}.stl"])
    with pytest.raises(CommandError, match=r"write \{size\} where the size goes"):
        call_command("shape", "band", size=["UK:L", "UK:N"], out=[tmp_path / "band.stl"])
    assert not list(tmp_path.iterdir())


def test_where_one_file_cannot_be_written_none_is(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"can't be written: No such file or directory\."):
        call_command("shape", "band", out=[tmp_path / "band.stl"], glb=tmp_path / "nowhere" / "band.glb")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "typed",
    [
        *(
            f"band_width_um={size}"
            for size in ("0", "-5", "1000000000", "NaN", "wide", "1e3", "", "9" * 5000, "--5", "٤٠٠٠")
        ),
        "band_thickness_um=100",  # a wall of 0.1 mm
        "stone_width_um=20000",
        f"engraving_inside={'a' * 500}",
        "engraving_inside=forever 😀",
        "engraving_inside=אהבה",
        "engraving_inside=漢字",
        "monogram=A",  # another family's
        "claws=5",
        "nonsense",
    ],
)
def test_what_is_typed_wrong_is_one_sentence_and_no_file(tmp_path: Path, typed: str) -> None:
    with pytest.raises(CommandError) as sentence:
        call_command("shape", "solitaire", set=[typed], out=[tmp_path / "ring.stl"], glb=tmp_path / "ring.glb")
    said = str(sentence.value)
    assert said.endswith(".")
    assert said.count(". ") == 0
    assert "\n" not in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "refused",
    [
        {"size": "UK:WHAT"},
        {"stone": "round:99"},
        {"alloy": "MITHRIL"},
        {"set": ["claws=5"]},
        {"out": [Path("ring.exe")]},
    ],
)
def test_the_shape_command_writes_nothing_when_anything_is_refused(tmp_path: Path, refused: dict[str, object]) -> None:
    with pytest.raises(CommandError) as sentence:
        call_command("shape", "solitaire", **{"glb": tmp_path / "ring.glb"} | refused)
    assert str(sentence.value).endswith(".")
    assert not list(tmp_path.iterdir())
