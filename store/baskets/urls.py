from django.urls import path

from store.baskets import views

app_name = "baskets"
urlpatterns = [
    path("basket/", views.basket, name="basket"),
    path("basket/add/<slug:slug>/", views.add, name="add"),
    path("basket/gift/", views.gift, name="gift"),
    path("basket/<int:line>/change/", views.change, name="change"),
    path("basket/<int:line>/accept/", views.accept, name="accept"),
    path("basket/<int:line>/remove/", views.remove, name="remove"),
]
