"""What the style guide turns: the picture that was taken, and where its model lies."""

from django.http import FileResponse, Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from demo.turned import Taken, taken
from production.offer import CannotWeigh

DAY_SECONDS = 24 * 3600


@require_safe
@cache_control(public=True, max_age=DAY_SECONDS)
def turned_picture(request: HttpRequest, piece: str) -> FileResponse:
    """Its picture, as it was committed."""
    return FileResponse(_found(piece).path.open("rb"), content_type="image/webp")


@require_safe
def turned_model(request: HttpRequest, piece: str) -> JsonResponse:
    """Where its model lies and its metal; 202 while it is being built, 404 if it has none."""
    one = _found(piece)
    try:
        url = one.model()
    except CannotWeigh as refusal:
        return JsonResponse({"detail": str(refusal)}, status=404)
    return JsonResponse({"url": url, "metal": one.metal}, status=200 if url else 202)


def _found(piece: str) -> Taken:
    one = taken().get(piece)
    if one is None:
        raise Http404
    return one
