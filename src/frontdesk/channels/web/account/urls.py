"""A person's own pages, inside `/<provider>/account/`."""

from django.urls import path

from frontdesk.channels.web.account import members, profile, services

urlpatterns = [
    path("", profile.account, name="account"),
    path("services/", services.services, name="services"),
    path("members/invite/<int:account>/", profile.invite, name="member_invite"),
    path("members/<int:member>/right/", members.set_right, name="member_right"),
    path("members/<int:member>/remove/", members.remove, name="member_remove"),
]
