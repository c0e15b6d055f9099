"""The demo house's pictures: computer-made, of the exact models that the workshop casts."""
