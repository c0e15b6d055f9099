"""What the office fills in about a piece. Every field has the trade's name and its unit; nobody sees code."""
