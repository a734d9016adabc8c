"""The desk's addresses, inside `/<provider>/desk/`."""

from django.urls import path

from frontdesk.channels.web.desk import (
    acts,
    bulk,
    canned,
    client_forms,
    client_notes,
    client_people,
    clients,
    compose,
    money,
    money_acts,
    opening,
    presence,
    queue,
    search,
    service_form,
    service_import,
    ticket,
)

urlpatterns = [
    path("", queue.queue, name="desk"),
    path("chosen/", bulk.act_on_chosen, name="desk_bulk"),
    path("search/", search.search_desk, name="desk_search"),
    path("clients/", clients.clients, name="desk_clients"),
    path("clients/new/", client_forms.new_client, name="desk_new_client"),
    path("clients/<int:account>/", clients.client, name="desk_client"),
    path("clients/<int:account>/edit/", client_forms.edit_client, name="desk_edit_client"),
    path("clients/<int:account>/people/", client_people.invite, name="desk_client_invite"),
    path(
        "clients/<int:account>/people/<int:member>/right/",
        client_people.set_right,
        name="desk_client_right",
    ),
    path(
        "clients/<int:account>/people/<int:member>/remove/",
        client_people.remove,
        name="desk_client_remove",
    ),
    path("clients/<int:account>/notes/", client_notes.add, name="desk_client_note"),
    path(
        "clients/<int:account>/notes/<int:note>/remove/",
        client_notes.remove,
        name="desk_client_note_remove",
    ),
    path("clients/<int:account>/services/new/", service_form.service, name="desk_new_service"),
    path(
        "clients/<int:account>/services/<int:service>/", service_form.service, name="desk_service"
    ),
    path("services/import/", service_import.choose_list, name="desk_services_import"),
    path(
        "services/import/<int:upload>/", service_import.preview_list, name="desk_services_preview"
    ),
    path("services/template.csv", service_import.list_template, name="desk_services_template"),
    path("clients/<int:account>/money/", money.money, name="desk_money"),
    path(
        "clients/<int:account>/money/<int:entry>/",
        money_acts.reverse_row,
        name="desk_money_reverse",
    ),
    path("tickets/<int:number>/money/", money_acts.money_card, name="desk_money_card"),
    path("tickets/<int:number>/charge/", money_acts.charge_ticket, name="desk_charge"),
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
