"""Lists come in pages that a cursor walks: stable while rows are added, and as quick on page 500 as on page 1."""

from rest_framework.pagination import CursorPagination


class Pages(CursorPagination):
    page_size = 24
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "-pk"
