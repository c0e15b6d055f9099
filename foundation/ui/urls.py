from django.urls import path

from foundation.ui import views

app_name = "ui"
urlpatterns = [
    path("styleguide/", views.styleguide, name="styleguide"),
    path("styleguide/<slug:screen>/", views.screen, name="screen"),
]
