from django.urls import path

from foundation.office.views import findings, house, letters, people, work

app_name = "office"
urlpatterns = [
    path("landing/", people.landing, name="landing"),
    path("office/", people.landing, name="office"),
    path("welcome/<str:uid>/<str:token>/", people.welcome, name="welcome"),
    path("office/people/", people.people, name="people"),
    path("office/people/invite/", people.invite, name="invite"),
    path("office/people/<uuid:reference>/", people.person, name="person"),
    path("office/house/", house.house, name="house"),
    path("office/house/<str:kind>/<int:pk>/", house.fact, name="fact"),
    path("office/house/<str:kind>/new/", house.new_fact, name="new_fact"),
    path("office/letters/", letters.letters, name="letters"),
    path("office/letters/<int:pk>/", letters.letter, name="letter"),
    path("office/findings/", findings.findings, name="findings"),
    path("office/findings/look/", findings.look, name="look"),
    path("office/work/", work.work, name="work"),
    path("office/work/<int:pk>/retry/", work.retry, name="retry"),
]
