"""A person's own pages, inside `/<provider>/account/`."""

from django.urls import path

from frontdesk.channels.web.account import (
    members,
    money,
    one_service,
    packages,
    profile,
    services,
    telegram,
)

urlpatterns = [
    path("", profile.account, name="account"),
    path("services/", services.services, name="services"),
    path("services/<int:service>/", one_service.service, name="service"),
    path("ledger/", money.ledger, name="ledger"),
    path("ledger.csv", money.ledger_csv, name="ledger_csv"),
    path("packages/", packages.packages, name="packages"),
    path("packages/<int:package>/", packages.buy, name="buy_package"),
    path("telegram/", telegram.telegram, name="telegram"),
    path("telegram/state/", telegram.telegram_state, name="telegram_state"),
    path("telegram/<int:link>/unlink/", telegram.telegram_unlink, name="telegram_unlink"),
    path("telegram/<int:link>/test/", telegram.telegram_test, name="telegram_test"),
    path("members/invite/<int:account>/", profile.invite, name="member_invite"),
    path("members/<int:member>/right/", members.set_right, name="member_right"),
    path("members/<int:member>/remove/", members.remove, name="member_remove"),
]
