"""The office's pages for pieces."""
