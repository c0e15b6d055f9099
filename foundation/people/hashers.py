"""Argon2id at OWASP's 19 MiB, two passes, one lane: Django's default of 100 MiB × 8 lanes lets 200 logins take 20 GB."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
