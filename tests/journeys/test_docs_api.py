"""The custom story as docs/api.md tells it in curl: every line of it is run, as it is written, against the running demo."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from PIL import Image

PAGE = Path(__file__).resolve().parents[2] / "docs" / "api.md"
TOOLS = ("bash", "curl", "jq")


@pytest.fixture
def beside_you(tmp_path):
    """A folder with the photo and the model that the page speaks of."""
    Image.new("RGB", (320, 400), "silver").save(tmp_path / "ring.jpg")
    (tmp_path / "ring.stl").write_bytes(b"solid ring\nendsolid ring\n")
    return tmp_path


def test_the_page_s_commands_lead_from_the_quote_to_her_door(house, beside_you):
    if missing := [tool for tool in TOOLS if shutil.which(tool) is None]:
        pytest.skip(f"not installed: {', '.join(missing)}")
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text(), re.DOTALL)
    script = "set -u\n" + "".join(blocks).replace("http://localhost:8000", house.url)
    told = subprocess.run(
        ["bash", "-c", script], check=False, cwd=beside_you, capture_output=True, text=True, timeout=300
    )
    assert told.stderr == ""
    for said in ("Mara Voss", "rework", "pass", "sealed", "delivered", '"completed"', '"finished"'):
        assert said in told.stdout, told.stdout
    assert '{"gross_mg":0,"fine_dug":0}' in told.stdout
    assert set(re.findall(r'"(?:gold|platinum|silver)":(-?\d+)', told.stdout)) == {"0"}
