"""Tables that only grow: what happened stays written, and a correction is a new row."""

import pgtrigger
from django.db import models


class AppendOnly(models.Model):
    """A row that is written once. The database itself refuses to change or delete it."""

    class Meta:
        abstract = True
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
