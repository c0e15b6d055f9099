"""Handing files out."""

import mimetypes

from django.core.files.storage import default_storage
from django.core.signing import BadSignature, SignatureExpired
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.files.links import LASTS, signer

SHOWN = {"image/jpeg", "image/avif"}


@require_safe
def public(request: HttpRequest, path: str) -> FileResponse:
    """A public picture. Its name is its content's hash, so it may be kept for ever."""
    response = _handed_out("public/" + path)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def private(request: HttpRequest, signed: str) -> HttpResponse | FileResponse:
    """A private file, for whoever holds a link that was signed in the last twelve hours."""
    try:
        path = signer.unsign(signed, max_age=LASTS)
    except SignatureExpired:
        sentence = _("This link has ended. Go back to the page it stood on and open it again.")
        return render(request, "ui/refused.html", {"sentence": sentence}, status=403)
    except BadSignature:
        raise Http404 from None
    response = _handed_out(path)
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _handed_out(path: str) -> FileResponse:
    if ".." in path or "\0" in path:
        raise Http404
    try:
        opened = default_storage.open(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    shown = kind in SHOWN
    response = FileResponse(opened, content_type=kind if shown else "application/octet-stream", as_attachment=not shown)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
