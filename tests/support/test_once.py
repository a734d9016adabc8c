"""What arrives twice happens once."""

import pytest
from django.db import transaction

from frontdesk.support.errors import BadKey
from frontdesk.support.models import DraftKind, Message
from frontdesk.support.once import (
    AlreadyDone,
    Once,
    claim,
    digest_of,
    form_scope,
    is_claimed,
)
from tests.people import as_client


def once(key: str = "key", digest: str = "words", scope: str = "scope") -> Once:
    return Once(scope=scope, key=key, digest=digest)


def test_a_claim_gives_the_id_of_what_is_made(db):
    first, second = claim(once("a"), Message), claim(once("b"), Message)

    assert second == first + 1


@pytest.mark.parametrize(("digest", "is_same"), [("words", True), ("other", False)])
def test_a_second_claim_learns_what_came_of_the_first(db, digest, is_same):
    made = claim(once(), Message)

    with pytest.raises(AlreadyDone) as done:
        claim(once(digest=digest), Message)

    assert (done.value.result_id, done.value.is_same) == (made, is_same)


def test_keys_of_different_scopes_do_not_meet(db):
    claim(once(scope="one"), Message)

    assert claim(once(scope="two"), Message)


def test_a_claim_goes_with_its_transaction(db):
    with transaction.atomic():
        claim(once(), Message)
        transaction.set_rollback(True)

    assert not is_claimed("scope", "key")


@pytest.mark.parametrize("key", ["", "\x00", "x" * 129, "line\n"])
def test_what_is_no_key_is_refused_before_the_database_sees_it(db, key):
    with pytest.raises(BadKey):
        claim(once(key), Message)
    with pytest.raises(BadKey):
        is_claimed("scope", key)


def test_a_form_of_each_act_person_provider_and_channel_is_another(dora, house):
    north, south = as_client(dora, house.north), as_client(dora, house.south)

    scopes = {form_scope(by, kind) for by in (north, south) for kind in DraftKind}

    assert len(scopes) == 6


def test_a_digest_tells_parts_apart():
    assert digest_of("ab", "c") != digest_of("a", "bc")
    assert digest_of("half \ud800")
