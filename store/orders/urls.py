from django.urls import path

from store.orders import changing_views, stop_views, views

app_name = "orders"
urlpatterns = [
    path("office/orders/", views.orders, name="list"),
    path("office/orders/<str:number>/", views.order, name="order"),
    path("office/orders/<str:number>/payments/", views.record, name="record"),
    path("office/orders/<str:number>/link/", views.send_link, name="send_link"),
    path("office/orders/<str:number>/cancel/", stop_views.cancel, name="cancel"),
    path("office/left/", stop_views.left, name="left"),
    path("office/left/<int:pk>/shelve/", stop_views.shelve, name="shelve"),
    path("office/left/<int:pk>/melt/", stop_views.melt, name="melt"),
    path("office/orders/<str:number>/accept/", views.accept, name="accept"),
    path("office/orders/<str:number>/send/", views.send_made, name="send_made"),
    path("office/orders/<str:number>/refunds/<int:refund>/", views.paid_back, name="paid_back"),
    path("office/orders/<str:number>/lines/<int:line>/change/", changing_views.change, name="change"),
    path("office/orders/<str:number>/changes/<int:change>/withdraw/", changing_views.withdraw, name="withdraw_change"),
]
