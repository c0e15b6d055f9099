"""Celery: carries the flow. The truth of what is owed stands in the outbox; a message here is a hint."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("ajour")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
