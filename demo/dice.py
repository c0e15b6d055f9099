"""Chance that comes out the same each time: every question has dice of its own, so that one more question changes no other answer."""

import random


def dice(seed: int, *question: object) -> random.Random:
    """The dice for one question."""
    return random.Random("/".join(map(str, (seed, *question))))
