from django.urls import path

from packing import views

app_name = "packing"
urlpatterns = [
    path("packing/", views.station, name="station"),
    path("packing/<str:number>/", views.parcel, name="parcel"),
    path("packing/<str:number>/scan/", views.scan, name="scan"),
    path("packing/<str:number>/supplies/<int:pk>/", views.take, name="take"),
    path("packing/<str:number>/move/", views.move, name="move"),
]
