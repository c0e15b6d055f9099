"""The ground: what every wing stands on, with no story of its own."""
