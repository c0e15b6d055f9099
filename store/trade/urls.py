from django.urls import path

from store.trade.views import account, front, office, pad, price_lists

app_name = "trade"
urlpatterns = [
    path("trade/", front.front, name="front"),
    path("trade/apply/", front.apply, name="apply"),
    path("trade/apply/sent/", front.sent, name="sent"),
    path("trade/pad/", pad.pad, name="pad"),
    path("trade/pad/paste/", pad.paste, name="paste"),
    path("trade/pad/clear/", pad.clear, name="clear"),
    path("trade/pad/review/", pad.review, name="review"),
    path("trade/orders/", account.orders, name="orders"),
    path("trade/orders/<str:number>/", account.order, name="order"),
    path("trade/orders/<str:number>/again/", pad.again, name="again"),
    path("trade/invoices/<uuid:reference>/pdf/", account.invoice, name="invoice"),
    path("trade/invoices/<uuid:reference>/pay/", account.pay, name="pay"),
    path("trade/statement/", account.statement, name="statement"),
    path("trade/people/", account.people, name="people"),
    path("trade/programs/", account.programs, name="programs"),
    path("trade/programs/<int:pk>/revoke/", account.revoke, name="revoke"),
    path("office/trade/", office.companies, name="companies"),
    path("office/trade/lists/", price_lists.lists, name="lists"),
    path("office/trade/lists/new/", price_lists.new, name="new_list"),
    path("office/trade/lists/<int:pk>/", price_lists.one, name="list"),
    path("office/trade/<uuid:reference>/", office.company, name="company"),
    path("office/trade/<uuid:reference>/open/", office.open_it, name="open"),
    path("office/trade/<uuid:reference>/decline/", office.decline_it, name="decline"),
    path("office/trade/<uuid:reference>/suspend/", office.suspend_it, name="suspend"),
    path("office/trade/<uuid:reference>/reopen/", office.reopen_it, name="reopen"),
]
