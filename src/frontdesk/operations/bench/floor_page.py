"""The floor of a page: Django and Jinja2 and one query of 50 rows, without any middleware.

Run as a module with a port, and with `floor_settings` as Django's settings. It is what the
program's lists are held against.
"""

import sys

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path
from jinja2 import Environment

from frontdesk.operations.serve import Place, serve_web

ROWS = """
SELECT id, subject, status, last_message_at FROM support_ticket
ORDER BY id DESC LIMIT 50
"""
TEMPLATE = """<!doctype html>
<html lang="en"><head><title>Tickets</title></head><body><h1>Tickets</h1><table>
{% for number, subject, status, at in rows %}
<tr><td>#{{ number }}</td><td><a href="/tickets/{{ number }}/">{{ subject }}</a></td>
<td>{{ status }}</td><td>{{ at.strftime("%d %b %Y, %H:%M") }}</td></tr>
{% endfor %}
</table></body></html>"""


def rows(request: HttpRequest) -> HttpResponse:
    """Show the newest 50 tickets."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS)
        return HttpResponse(page.render({"rows": cursor.fetchall()}))


def healthz(request: HttpRequest) -> HttpResponse:
    """Say that we are there."""
    return HttpResponse("ok")


urlpatterns = [path("", rows), path("healthz", healthz)]
application = get_wsgi_application()
page = Environment(autoescape=True).from_string(TEMPLATE)


def main() -> None:
    """Serve on the port of the command line, as the real pages are served."""
    place = Place("127.0.0.1", int(sys.argv[1]), processes=2, threads=3)
    serve_web("frontdesk.operations.bench.floor_page:application", place, {"version": 1})


if __name__ == "__main__":
    main()
