from django.urls import path

from store.aftercare import changing_views, stop_views, views

app_name = "aftercare"
urlpatterns = [
    path("orders/", views.mine, name="mine"),
    path("orders/lost/", views.lost, name="lost"),
    path("orders/find/", views.find, name="find"),
    path("orders/mine/<str:number>/", views.one_of_mine, name="one_of_mine"),
    path("orders/<str:token>/", views.order, name="order"),
    path("orders/<str:token>/slips/", views.slip, name="slip"),
    path("orders/<str:token>/pay/<int:due>/", views.pay, name="pay"),
    path("orders/<str:token>/cancel/", stop_views.cancel, name="cancel"),
    path("orders/<str:token>/designs/<int:work>/<int:revision>/approve/", views.approve, name="approve"),
    path("orders/<str:token>/designs/<int:work>/<int:revision>/comment/", views.comment, name="comment"),
    path("orders/<str:token>/lines/<int:line>/change/", changing_views.change, name="change"),
    path("orders/<str:token>/changes/<int:change>/withdraw/", changing_views.withdraw, name="withdraw_change"),
    path("orders/<str:token>/invoices/<uuid:reference>/", views.invoice, name="invoice"),
]
