from django.urls import path

from demo import views

app_name = "demo"
urlpatterns = [
    path("styleguide/turned/<slug:piece>.webp", views.turned_picture, name="turned_picture"),
    path("styleguide/turned/<slug:piece>/", views.turned_model, name="turned_model"),
]
