"""Counters that stop at a bound, as columns of a query."""

from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery

# What a counter shows at most: "99+".
COUNT_BOUND = 100


class BoundedCount(Subquery):
    """How many rows a query has, counted no further than the bound."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS bounded)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any, Any]) -> None:
        super().__init__(rows.order_by().values("pk")[:COUNT_BOUND])
