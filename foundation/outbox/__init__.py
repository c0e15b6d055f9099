"""Work that must not be lost: rows in PostgreSQL, delivered by Celery."""
