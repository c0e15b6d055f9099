"""The site for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("SHAPES_ASK_WORKERS", "true")  # nobody's request waits behind the building of another's piece
application = get_wsgi_application()

# What has been loaded by now lives as long as the process: the collector need not walk it in every full round.
gc.collect()
gc.freeze()
