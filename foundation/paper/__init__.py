"""Papers: PDF made by Typst from a template and data."""
