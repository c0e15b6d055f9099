from django.urls import path

from store.returns.views import buyer, office

app_name = "returns"
urlpatterns = [
    path("withdraw/", buyer.withdraw, name="withdraw"),
    path("withdraw/confirm/", buyer.confirm, name="confirm"),
    path("withdraw/received/", buyer.withdrawn, name="withdrawn"),
    path("orders/<str:token>/return/", buyer.ask, name="ask"),
    path("orders/<str:token>/return/<str:number>/drop/", buyer.drop, name="drop_mine"),
    path("office/returns/", office.returns, name="list"),
    path("office/returns/<str:number>/", office.back, name="return"),
    path("office/returns/<str:number>/accept/", office.accept, name="accept"),
    path("office/returns/<str:number>/refuse/", office.refuse, name="refuse"),
    path("office/returns/<str:number>/drop/", office.drop, name="drop"),
    path("office/returns/<str:number>/arrive/", office.arrive, name="arrive"),
    path("office/returns/<str:number>/decide/", office.decide, name="decide"),
    path("office/orders/<str:number>/return/", office.new, name="new"),
    path("office/orders/<str:number>/refund/", office.give, name="give"),
]
