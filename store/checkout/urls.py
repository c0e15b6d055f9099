from django.urls import path

from store.checkout import views

app_name = "checkout"
urlpatterns = [
    path("checkout/", views.checkout, name="checkout"),
    path("checkout/sums/", views.sums, name="sums"),
    path("checkout/paid/<uuid:reference>/", views.back, name="back"),
    path("checkout/cancelled/<uuid:reference>/", views.away, name="away"),
]
