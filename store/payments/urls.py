from django.urls import path

from store.payments import views

app_name = "payments"
urlpatterns = [
    path("payments/stripe/webhook/", views.webhook, name="webhook"),
    path("payments/go/<uuid:reference>/", views.go, name="go"),
]
