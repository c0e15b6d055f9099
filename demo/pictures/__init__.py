"""The demo house's pictures: computer-made, of the exact model, with what made each of them in manifest.json."""

from pathlib import Path

FOLDER = Path(__file__).parent
MANIFEST = FOLDER / "manifest.json"
