"""The client's addresses, inside `/<provider>/`."""

from django.urls import path

from frontdesk.channels.web.client import (
    home,
    notifications,
    ticket_acts,
    ticket_list,
    ticket_page,
    tickets,
)

urlpatterns = [
    path("", home.client_home, name="client_home"),
    path("tickets/", ticket_list.tickets, name="tickets"),
    path("tickets/new/", tickets.new_ticket, name="new_ticket"),
    path("tickets/new/subject/", tickets.preview_subject, name="preview_subject"),
    path("tickets/<int:number>/", ticket_page.ticket, name="ticket"),
    path("tickets/<int:number>/reply/", ticket_acts.ticket_reply, name="ticket_reply"),
    path("tickets/<int:number>/close/", ticket_acts.ticket_close, name="ticket_close"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.mark_read, name="notifications_read"),
]
