"""Letters to people: written when they are owed, kept, sent through the outbox."""
