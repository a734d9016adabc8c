"""Finds out who callers are, many at once: after a restart all pages come back together."""

import asyncio
from collections.abc import Iterable

from frontdesk.channels.web.live.audience import Audience, audiences, signed_in
from frontdesk.channels.web.live.threads import ask_database

# A session's key and a provider's slug: all that a caller says of himself.
Claim = tuple[str, str]
AT_ONCE = 200


class Lookups:
    """Gathers the claims that come while the database is asked, and asks them in one go."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Claim, asyncio.Future[Audience | int]]] = []
        self._task: asyncio.Task[None] | None = None

    async def ask(self, claim: Claim) -> Audience | int:
        """Return the claim's audience, or the HTTP status of its refusal."""
        answer: asyncio.Future[Audience | int] = asyncio.get_running_loop().create_future()
        self._waiting.append((claim, answer))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await answer

    async def _run(self) -> None:
        try:
            while self._waiting:
                some, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
                await self._answer(some)
        finally:
            self._task = None

    async def _answer(self, some: list[tuple[Claim, "asyncio.Future[Audience | int]"]]) -> None:
        try:
            found = await ask_database(look_up, {claim for claim, _answer in some})
        except Exception as error:  # each of them hears of it
            for _claim, answer in some:
                if not answer.done():
                    answer.set_exception(error)
            return
        for claim, answer in some:
            if not answer.done():
                answer.set_result(found[claim])


def look_up(claims: Iterable[Claim]) -> dict[Claim, Audience | int]:
    """Return each claim's audience, or the HTTP status of its refusal, in five queries."""
    wanted = set(claims)
    users = signed_in(session_key for session_key, _slug in wanted)
    places = {(users[session_key].pk, slug) for session_key, slug in wanted if session_key in users}
    found = audiences(places)
    answers: dict[Claim, Audience | int] = {}
    for session_key, slug in wanted:
        user = users.get(session_key)
        answers[session_key, slug] = found.get((user.pk, slug), 404) if user else 401
    return answers
