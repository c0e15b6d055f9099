"""The demo house's pictures: computer-made, of the exact model, with what made each of them in manifest.json.

making.json tells the same of the pictures that show a piece on its way through the workshop."""

from pathlib import Path

FOLDER = Path(__file__).parent
MANIFEST = FOLDER / "manifest.json"
MAKING = FOLDER / "making.json"
