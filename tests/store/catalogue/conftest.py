"""A brand with a ring in its tray."""
