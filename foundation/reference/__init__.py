"""The trade's tables, each row with its source and how sure it is."""
