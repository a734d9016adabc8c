"""Finding tickets by words and numbers."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.support import search as searching
from frontdesk.support.actions.close import close
from frontdesk.support.actions.open_ticket import TicketRequest, open_ticket
from frontdesk.support.models import Ticket
from frontdesk.support.search import MOST_WORDS, WORD_LENGTH, search, words_of
from tests.factories import a_file, a_note, a_reply, a_ticket, new_key
from tests.people import as_client, as_staff


@pytest.fixture
def way(request, monkeypatch):
    """Which of the three ways a search goes; each must find the same."""
    if request.param != "few":
        monkeypatch.setattr(searching, "FEW", 0)
    if request.param == "index":
        monkeypatch.setattr(searching, "NEWEST", 0)
    return request.param


each_way = pytest.mark.parametrize("way", ["few", "newest", "index"], indirect=True)


def found(by, query: str, *, limit: int = 50, after: int | None = None) -> list[int]:
    tickets = Ticket.objects.visible_to(by.reach)
    return [t.pk for t in search(tickets, query, reach=by.reach, limit=limit, after=after)]


@each_way
@pytest.mark.parametrize(
    "query",
    [
        "nginx",
        "NGINX",
        "  nginx  ",
        "ngi",
        "restart nginx",
        "nginx restart",
        "error 502",
        "/var/log/nginx/error.log",
        "error.log",
        "shop.bakery.example",
        "203.0.113.7",
        "can't",
        "“nginx”",
        "запуст",
        "ЗАПУСТИТЬ",
        "ﬁle",
        "strasse",
    ],
)
def test_a_ticket_is_found_by_the_words_of_its_messages(alice, technical, way, query):
    text = (
        "Please restart nginx on shop.bakery.example (203.0.113.7): error 502, I can't work.\n"
        "See /var/log/nginx/error.log. Запустить! A file of Straße."
    )
    ticket = a_ticket(alice, technical, text)
    a_ticket(alice, technical, "Another thing")

    assert found(as_client(alice), query) == [ticket.pk]


@each_way
@pytest.mark.parametrize(
    "query",
    [
        *("apache", "nginx apache", "ginx", "502x", "", " ", "***", "'", "\\", "\x00", "& | !"),
        *(":*", "<->", "'); DROP TABLE support_ticket; --", "%", "_", "\ud800", "(", "@p1", "~a0"),
    ],
)
def test_what_is_not_there_is_not_found(alice, technical, way, query):
    a_ticket(alice, technical, "Please restart nginx, error 502")

    assert found(as_client(alice), query) == []


@given(st.text(max_size=60))
def test_no_query_is_a_danger(text):
    asked = searching.tsquery(text)

    assert asked == "" or all(part.strip("':*").isalnum() for part in asked.split(" & "))


@pytest.mark.parametrize("query", ["x" * 10_000, "a b " * 2_500, "'" * 10_000, "#" * 10_000])
def test_the_longest_query_finds_nothing_quietly(alice, technical, query):
    a_ticket(alice, technical)

    assert found(as_client(alice), query) == []


def test_a_word_of_any_length_is_found_by_its_beginning(alice, technical):
    word = "x" * 10_000
    ticket = a_ticket(alice, technical, f"the key is {word} as I said")

    assert found(as_client(alice), word[:WORD_LENGTH]) == [ticket.pk]
    assert found(as_client(alice), "said") == [ticket.pk]


@pytest.mark.parametrize(
    "text",
    [
        "😀" * 60_000,
        " ".join(chr(0x4E00 + n % 20_000) for n in range(30_000)),
        "a.b/c@d " * 7_500,
        "\u0301" * 60_000 + "x",
        "1 " * 30_000,
        "ﷺ" * 60_000,
    ],
    ids=["emoji", "signs", "addresses", "accents", "ones", "ligatures"],
)
def test_any_message_can_be_kept_and_searched(alice, technical, text):
    ticket = a_ticket(alice, technical, text + " needle", subject="A log")

    assert found(as_client(alice), "log") == [ticket.pk]


def test_words_beyond_the_limit_are_not_kept():
    words = words_of(" ".join(f"w{n}" for n in range(MOST_WORDS + 100)))

    assert (len(words), words[-1]) == (MOST_WORDS, f"w{MOST_WORDS - 1}")


@each_way
def test_subjects_answers_and_file_names_are_searched_too(alice, sam, technical, way):
    by, key = as_client(alice), new_key()
    a_file(by, key, name="traceroute.txt")
    request = TicketRequest(text="See file", department_id=technical.pk, subject="Packet loss")
    ticket = open_ticket(by=by, request=request, key=key)
    a_reply(as_staff(sam), ticket, "The uplink was broken.")

    for query in ("packet", "traceroute", "uplink"):
        assert found(by, query) == [ticket.pk]


@each_way
@pytest.mark.parametrize("form", ["#{}", "{}", " # {} "])
def test_a_ticket_is_found_by_its_number_first(alice, technical, way, form):
    ticket = a_ticket(alice, technical)
    mentioning = a_ticket(alice, technical, f"As I said in {ticket.pk}")

    numbers = found(as_client(alice), form.format(ticket.pk))

    assert numbers == ([ticket.pk] if "#" in form else [ticket.pk, mentioning.pk])


@pytest.mark.parametrize("query", ["#0", "0", "#999999999999999999", "1" * 30, "#1042x"])
def test_a_number_that_is_no_ticket_finds_nothing(alice, technical, query):
    a_ticket(alice, technical)

    assert found(as_client(alice), query) == []


@each_way
def test_nobody_finds_what_he_may_not_read(house, way):
    ticket = a_ticket(house.alice, house.technical, "The secret word is swordfish")

    for name in ("alice", "sam", "hana"):
        by = as_client(house.alice) if name == "alice" else as_staff(getattr(house, name))
        assert found(by, "swordfish") == found(by, f"#{ticket.pk}") == [ticket.pk]
    strangers = [as_client(house.bob), as_client(house.carol), as_client(house.dora, house.south)]
    for by in [*strangers, as_staff(house.omar), as_staff(house.sven)]:
        assert found(by, "swordfish") == found(by, f"{ticket.pk}") == []


def test_no_client_finds_a_ticket_by_its_notes(alice, sam, technical):
    ticket = a_ticket(alice, technical)
    a_note(as_staff(sam), ticket, "canary")

    assert found(as_client(alice), "canary") == []


@each_way
def test_the_newest_mention_comes_first(alice, technical, way):
    old, new, silent = (a_ticket(alice, technical, text) for text in ("vps", "vps", "dns"))
    assert found(as_client(alice), "vps") == [new.pk, old.pk]

    a_reply(as_client(alice), old, "The vps again")
    a_reply(as_client(alice), silent, "Thanks")

    assert found(as_client(alice), "vps") == [old.pk, new.pk]


@each_way
def test_pages_go_on_where_the_last_one_ended(alice, technical, way):
    by = as_client(alice)
    tickets = [a_ticket(alice, technical, f"vps {n}") for n in range(7)]
    a_reply(by, tickets[2], "vps once more")
    everything = found(by, "vps")

    pages, after = [], None
    while page := found(by, "vps", limit=3, after=after):
        pages += page
        after = page[-1]

    assert len(everything) == 7
    assert pages == everything


@each_way
def test_a_numbers_own_ticket_is_on_the_first_page_alone(alice, technical, way):
    by, ticket = as_client(alice), a_ticket(alice, technical)
    mentions = [a_ticket(alice, technical, f"see {ticket.pk}").pk for _ in range(2)]

    first = found(by, f"{ticket.pk}", limit=2)

    assert first == [ticket.pk, mentions[1]]
    assert found(by, f"{ticket.pk}", limit=2, after=first[-1]) == [mentions[0]]


@each_way
def test_only_the_tickets_asked_for_are_searched(alice, technical, way):
    by = as_client(alice)
    solved, active = a_ticket(alice, technical, "vps"), a_ticket(alice, technical, "vps")
    close(by=by, number=solved.pk)

    def numbers(tickets):
        return [ticket.pk for ticket in search(tickets, "vps", reach=by.reach, limit=9)]

    visible = Ticket.objects.visible_to(by.reach)
    assert numbers(visible.open()) == [active.pk]
    assert numbers(visible.solved()) == [solved.pk]
    assert numbers(visible.with_unread_mark(alice.pk, "client").select_related("account"))


@each_way
def test_rare_words_are_found_however_old(alice, technical, way, monkeypatch):
    monkeypatch.setattr(searching, "STEPS", {"a": 2, "b": 4})
    old = a_ticket(alice, technical, "zebra vps")
    newer = [a_ticket(alice, technical, f"vps {n}").pk for n in range(12)]

    assert found(as_client(alice), "zebra") == [old.pk]
    assert found(as_client(alice), "vps") == [*newer[::-1], old.pk]


@each_way
def test_a_search_costs_few_queries(alice, sam, technical, way):
    for _ in range(3):
        a_ticket(alice, technical, "vps")

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found(as_staff(sam), "vps")

    assert len(queries) <= 9
