"""What is answered where nothing else was: programs read a problem, people a page."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

API = "/api/"


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """There is no such address."""
    if request.path_info.startswith(API):
        return _problem(404, "Not Found", "There is no such address.")
    return defaults.page_not_found(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours broke."""
    if request.path_info.startswith(API):
        return _problem(500, "Internal Server Error", "Something broke here, and nothing was changed. Try again.")
    return defaults.server_error(request)


def _problem(status: int, title: str, detail: str) -> JsonResponse:
    said = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return JsonResponse(said, status=status, content_type="application/problem+json")
