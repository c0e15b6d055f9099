from django.urls import path

from store.shop.views import lists, pages, pieces

app_name = "shop"
urlpatterns = [
    path("", pages.home, name="home"),
    path("collections/<slug:slug>/", lists.collection, name="collection"),
    path("search/", lists.search, name="search"),
    path("pieces/<slug:slug>/", pieces.piece, name="piece"),
    path("pieces/<slug:slug>/price/", pieces.price, name="price"),
    path("pieces/<slug:slug>/model/", pieces.model, name="model"),
    path("hallmarks/", pages.hallmarks, name="hallmarks"),
    path("ring-sizes/", pages.ring_size_page, name="ring_sizes"),
    path("ring-sizes/sizer/", pages.sizer, name="sizer"),
]
