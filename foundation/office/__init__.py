"""The back office's own pages: people, the house's facts, letters, and work that needs a look."""
