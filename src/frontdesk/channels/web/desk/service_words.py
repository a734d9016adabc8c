"""What is wrong with a list of services, and with a row of it, in words."""

from django.utils.translation import gettext as _

from frontdesk.accounts.models.service import ServiceKind, ServiceStatus
from frontdesk.channels.web.words import file_size
from frontdesk.support.errors import BadValue
from frontdesk.support.service_file import COLUMNS, MOST_BYTES, MOST_ROWS, BadServiceFile
from frontdesk.support.service_plan import Line, Why


def file_refused(error: BadServiceFile) -> str:
    """Return why the file cannot be read, and what to do about it."""
    columns = ", ".join(COLUMNS)
    words = {
        error.EMPTY: _("The file has no rows. The first line names the columns, such as %(all)s.")
        % {"all": columns},
        error.TOO_LARGE: _("The file is too large: up to %(size)s can be read. Send it in parts.")
        % {"size": file_size(MOST_BYTES)},
        error.TOO_MANY_ROWS: _(
            "The file has %(n)s rows; up to %(most)s can be read. Send it in parts."
        )
        % {"n": error.detail, "most": MOST_ROWS},
        error.NOT_UTF8: _(
            "The file is not in UTF-8. Save it as “CSV UTF-8” in your spreadsheet, then choose it "
            "again."
        ),
        error.BROKEN: _(
            "The file is no whole CSV: a quotation mark is open or stands in a wrong place."
        ),
        error.COLUMN_MISSING: _("The first line does not name the column %(name)s. It is needed.")
        % {"name": error.detail},
        error.COLUMN_UNKNOWN: _(
            "The first line names “%(name)s”, which is no column of ours. Columns are %(all)s."
        )
        % {"name": error.detail, "all": columns},
        error.COLUMN_TWICE: _("The first line names the column %(name)s twice.")
        % {"name": error.detail},
    }
    return words[error.reason]


def row_refused(line: Line) -> str:
    """Return why a row is left out."""
    cell = line.row.cells.get(line.field, "")[:40]
    words = {
        Why.WIDTH: _("It has %(n)s cells, not as many as the first line."),
        Why.NO_ACCOUNT: _("No client has the account id “%(cell)s”.")
        if cell
        else _("The account id is empty."),
        Why.TWICE: _("Line %(n)s has the same service id. That one counts."),
        Why.FOREIGN: _("This service belongs to another client. A service stays where it is."),
    }
    known = {str(why): text for why, text in words.items()}
    text = known.get(line.reason) or _value_refused(line)
    return text % {"n": line.detail, "cell": cell}


def _value_refused(line: Line) -> str:
    kinds, statuses = ", ".join(ServiceKind.values), ", ".join(ServiceStatus.values)
    by_field = {
        "kind": _("The kind “%(cell)s” is none of: %(all)s."),
        "status": _("The status “%(cell)s” is none of: %(all)s."),
        "expires_on": _("“%(cell)s” is no day. Write it like 2027-01-31."),
    }
    if line.field in by_field:
        one_of = kinds if line.field == "kind" else statuses
        return by_field[line.field].replace("%(all)s", one_of)
    name = {"name": _("name"), "plan": _("plan"), "service_id": _("service id")}[line.field]
    by_reason = {
        BadValue.MISSING: _("The %(field)s is empty."),
        BadValue.TOO_LONG: _("The %(field)s is too long."),
    }
    text = by_reason.get(line.reason) or _("The %(field)s has symbols that cannot be printed.")
    return text.replace("%(field)s", name)
