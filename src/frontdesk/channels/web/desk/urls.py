"""The desk's addresses, inside `/<provider>/desk/`."""

from django.urls import path

from frontdesk.channels.web.desk import (
    acts,
    bulk,
    canned,
    clients,
    compose,
    opening,
    presence,
    queue,
    search,
    ticket,
)

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("chosen/", bulk.act_on_chosen, name="desk_bulk"),
    path("search/", search.search_desk, name="desk_search"),
    path("clients/", clients.clients, name="desk_clients"),
    path("clients/<int:account>/", clients.client, name="desk_client"),
    path("tickets/new/", opening.new_ticket, name="desk_new_ticket"),
    path("tickets/<int:number>/", ticket.ticket, name="desk_ticket"),
    path("tickets/<int:number>/reply/", compose.reply_to_ticket, name="desk_reply"),
    path("tickets/<int:number>/note/", compose.note_on_ticket, name="desk_note"),
    path("tickets/<int:number>/take/", acts.take_ticket, name="desk_take"),
    path("tickets/<int:number>/assign/", acts.assign_ticket, name="desk_assign"),
    path("tickets/<int:number>/transfer/", acts.transfer_ticket, name="desk_transfer"),
    path("tickets/<int:number>/priority/", acts.prioritise_ticket, name="desk_priority"),
    path("tickets/<int:number>/tags/", acts.tag_ticket, name="desk_tags"),
    path("tickets/<int:number>/close/", acts.close_ticket, name="desk_close"),
    path("tickets/<int:number>/canned/", canned.canned, name="desk_canned"),
    path("tickets/<int:number>/presence/", presence.presence, name="desk_presence"),
]
