from django.urls import path

from store.counter.views import desk, selling

app_name = "counter"
urlpatterns = [
    path("office/counter/", selling.counter, name="counter"),
    path("office/counter/sell/", selling.sell, name="sell"),
    path("office/counter/sales/<str:number>/", selling.sold, name="sold"),
    path("office/counter/sales/<str:number>/receipt.pdf", selling.receipt, name="receipt"),
    path("office/counter/collections/", desk.collections, name="collections"),
    path("office/counter/collections/<str:number>/", desk.collection, name="collection"),
    path("office/counter/till/<slug:site>/", desk.till, name="till"),
    path("office/counter/transfer/", desk.transfer, name="transfer"),
    path("office/counter/cash/<slug:seller>/", desk.cash, name="cash"),
]
