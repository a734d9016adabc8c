"""The addresses of a provider's administrators, inside `/<provider>/settings/`."""

from django.urls import path

from frontdesk.channels.web.settings import (
    canned,
    departments,
    hours,
    packages,
    prices,
    provider,
    revenue,
    staff,
    telegram,
    tokens,
)

urlpatterns = [
    path("", provider.settings, name="settings"),
    path("logo/", provider.change_logo, name="settings_logo"),
    path("departments/", departments.departments, name="settings_departments"),
    path("departments/new/", departments.new_department, name="settings_new_department"),
    path("departments/<int:department>/", departments.department, name="settings_department"),
    path("departments/<int:department>/hours/", hours.department_hours, name="settings_hours"),
    path("departments/<int:department>/move/", departments.move, name="settings_move_department"),
    path("staff/", staff.staff, name="settings_staff"),
    path("staff/new/", staff.invite, name="settings_invite_staff"),
    path("staff/<int:member>/", staff.staff_member, name="settings_staff_member"),
    path("canned/", canned.canned_replies, name="settings_canned_replies"),
    path("canned/new/", canned.new_canned_reply, name="settings_new_canned_reply"),
    path("canned/<int:reply>/", canned.canned_reply, name="settings_canned_reply"),
    path("canned/<int:reply>/delete/", canned.delete, name="settings_delete_canned_reply"),
    path("prices/", prices.prices, name="settings_prices"),
    path("prices/<int:department>/", prices.department_price, name="settings_price"),
    path("packages/", packages.packages, name="settings_packages"),
    path("packages/new/", packages.package, name="settings_new_package"),
    path("packages/<int:package>/", packages.package, name="settings_package"),
    path("plans/new/", packages.plan, name="settings_new_plan"),
    path("plans/<int:plan>/", packages.plan, name="settings_plan"),
    path("tokens/", tokens.tokens, name="settings_tokens"),
    path("tokens/<int:token>/revoke/", tokens.revoke, name="settings_revoke_token"),
    path("telegram/", telegram.telegram, name="settings_telegram"),
    path("telegram/connect/", telegram.connect, name="settings_telegram_connect"),
    path("telegram/disconnect/", telegram.disconnect, name="settings_telegram_disconnect"),
    path("telegram/mode/", telegram.mode, name="settings_telegram_mode"),
    path("telegram/limits/", telegram.limits, name="settings_telegram_limits"),
    path("telegram/resend/", telegram.resend, name="settings_telegram_resend"),
    path("revenue/", revenue.revenue, name="settings_revenue"),
]
