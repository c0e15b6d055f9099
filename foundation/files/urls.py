from django.urls import path

from foundation.files import views

app_name = "files"
urlpatterns = [
    path("media/public/<path:path>", views.public, name="public"),
    path("files/<path:signed>", views.private, name="private"),
]
