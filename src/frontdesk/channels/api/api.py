"""The API itself: its name, its calls, how its errors are answered."""

from ninja import NinjaAPI
from ninja.operation import Operation

from frontdesk.channels.api import accounts, money
from frontdesk.channels.api.problems import answer_in_one_shape

DESCRIPTION = """\
For the provider's own programs, such as its billing. Accounts and services are named by the ids
that they have there. Sums are text with two digits after the point, times are ISO 8601 with an
offset. A call that moves money carries an Idempotency-Key: sent again after a cut connection,
it moves nothing more and gets the first answer. An error has a code for programs, a message for
people, and says what is wrong with which field.
"""


class Api(NinjaAPI):
    """Names each call after the function that answers it."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the call's name in the document; client programs make method names of it."""
        return operation.view_func.__name__


api = Api(
    title="Frontdesk API",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", accounts.router)
api.add_router("", money.router)
answer_in_one_shape(api)
