from django.urls import path

from store.catalogue.views import pieces as views
from store.catalogue.views import studio

app_name = "catalogue"
urlpatterns = [
    path("office/pieces/", views.pieces, name="list"),
    path("office/pieces/new/", views.new_piece, name="new"),
    path("office/pieces/<int:pk>/", views.piece, name="piece"),
    path("office/pieces/<int:pk>/measures/", views.measures, name="measures"),
    path("office/pieces/<int:pk>/photos/", views.photos, name="photos"),
    path("office/pieces/<int:pk>/photos/<int:photo>/remove/", views.remove_photo, name="remove_photo"),
    path("office/pieces/<int:pk>/studio/", studio.studio, name="studio"),
    path("office/pieces/<int:pk>/studio/<uuid:picture>/", studio.answer_studio, name="answer_studio"),
    path("office/pieces/<int:pk>/variants/new/", views.new_variant, name="new_variant"),
    path("office/pieces/<int:pk>/variants/<int:variant>/", views.variant, name="variant"),
    path("office/pieces/<int:pk>/stones/new/", views.new_stone, name="new_stone"),
    path("office/pieces/<int:pk>/stones/<int:stone>/withdraw/", views.withdraw_stone, name="withdraw_stone"),
    path("office/pieces/<int:pk>/publish/", views.publish, name="publish"),
    path("office/pieces/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]
