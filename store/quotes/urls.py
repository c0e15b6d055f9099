from django.urls import path

from store.quotes.views import office, page

app_name = "quotes"
urlpatterns = [
    path("office/quotes/", office.quotes, name="list"),
    path("office/quotes/new/", office.new, name="new"),
    path("office/quotes/price/", office.price, name="price"),
    path("office/quotes/<str:number>/", office.quote, name="quote"),
    path("office/quotes/<str:number>/add/", office.add, name="add"),
    path("office/quotes/<str:number>/share/", office.share, name="share"),
    path("office/quotes/<str:number>/renew/", office.renew, name="renew"),
    path("office/quotes/<str:number>/withdraw/", office.withdraw, name="withdraw"),
    path("office/quotes/<str:number>/lines/<int:position>/price/", office.change_price, name="change_price"),
    path("quotes/<str:token>/", page.offer, name="offer"),
    path("quotes/<str:token>/approve/", page.approve, name="approve"),
    path("quotes/<str:token>/ask/", page.ask, name="ask"),
]
