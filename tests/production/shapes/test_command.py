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
