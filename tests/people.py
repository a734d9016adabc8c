"""The people of the tests: the same names, and the same rights, as in the demo."""

from dataclasses import dataclass

from frontdesk.accounts.models import Account, Member, Provider, Service, Staff, User
from frontdesk.accounts.models.account import Right
from frontdesk.accounts.models.service import ServiceKind
from frontdesk.accounts.models.staff import Role
from frontdesk.support.access import client_reach, staff_reach
from frontdesk.support.actor import Actor
from frontdesk.support.channels import Channel
from frontdesk.support.models import Department, DepartmentSeat


@dataclass(slots=True)
class House:
    """North Host with everybody in it, and South Cloud next door.

    Alice owns the bakery's account, Bob is her colleague with his own tickets only, Carol is a
    stranger with another account, Dora is a client of both providers. Sam answers for Technical
    support and Administration, Omar for Sales, Hana is head, Ada administrator; Sven answers at
    South Cloud.
    """

    north: Provider
    south: Provider
    alice: User
    bob: User
    carol: User
    dora: User
    sam: User
    omar: User
    hana: User
    ada: User
    sven: User
    technical: Department
    sales: Department
    administration: Department
    south_support: Department
    bakery: Account
    carols_account: Account
    doras_account: Account
    doras_south_account: Account
    vps: Service
    domain: Service
    carols_vps: Service
    doras_south_vps: Service


def as_client(
    user: User, provider: Provider | None = None, channel: Channel = Channel.WEB
) -> Actor:
    """Return the person as he acts as a client; of the provider he joined first by default."""
    provider = provider or user.memberships.order_by("pk")[0].provider
    reach = client_reach(user, provider)
    assert reach is not None, f"{user} is no client of {provider}"
    return Actor(user=user, reach=reach, channel=channel)


def as_staff(user: User, provider: Provider | None = None, channel: Channel = Channel.WEB) -> Actor:
    """Return the person as he acts as staff; of the provider he joined first by default."""
    provider = provider or user.staff_places.order_by("pk")[0].provider
    reach = staff_reach(user, provider)
    assert reach is not None, f"{user} does not work at {provider}"
    return Actor(user=user, reach=reach, channel=channel)


def build_house() -> House:
    """Create everybody and everything in a few statements."""
    north, south = Provider.objects.bulk_create(
        [
            Provider(slug="northhost", name="North Host", support_email="help@northhost.example"),
            Provider(slug="southcloud", name="South Cloud", hue=155),
        ]
    )
    people = _people()
    departments = _departments(north, south)
    accounts = _accounts(north, south)
    _members(people, accounts)
    _staff(people, departments, north, south)
    return House(
        north=north, south=south, **people, **departments, **accounts, **_services(accounts)
    )


def _people() -> dict[str, User]:
    addresses = {
        "alice": "alice@client.example",
        "bob": "bob@client.example",
        "carol": "carol@client.example",
        "dora": "dora@client.example",
        "sam": "sam@northhost.example",
        "omar": "omar@northhost.example",
        "hana": "hana@northhost.example",
        "ada": "ada@northhost.example",
        "sven": "sven@southcloud.example",
    }
    # Nobody signs in by password here ("!" matches none): hashing one takes longer than the rest.
    users = [
        User(email=address, name=f"{name.title()} Example", password="!")
        for name, address in addresses.items()
    ]
    return dict(zip(addresses, User.objects.bulk_create(users), strict=True))


def _departments(north: Provider, south: Provider) -> dict[str, Department]:
    rows = {
        "technical": Department(provider=north, name="Technical support", position=1),
        "sales": Department(provider=north, name="Sales", position=2),
        "administration": Department(provider=north, name="Administration", position=3),
        "south_support": Department(provider=south, name="Support", position=1),
    }
    Department.objects.bulk_create(rows.values())
    return rows


def _accounts(north: Provider, south: Provider) -> dict[str, Account]:
    rows = {
        "bakery": Account(provider=north, name="Alice's Bakery"),
        "carols_account": Account(provider=north, name="Carol Consulting"),
        "doras_account": Account(provider=north, name="Dora Design"),
        "doras_south_account": Account(provider=south, name="Dora Design"),
    }
    Account.objects.bulk_create(rows.values())
    return rows


def _members(people: dict[str, User], accounts: dict[str, Account]) -> None:
    places = [
        ("alice", "bakery", Right.ALL, True),
        ("bob", "bakery", Right.OWN, False),
        ("carol", "carols_account", Right.ALL, True),
        ("dora", "doras_account", Right.ALL, True),
        ("dora", "doras_south_account", Right.ALL, True),
    ]
    Member.objects.bulk_create(
        Member(
            provider_id=accounts[account].provider_id,
            account=accounts[account],
            user=people[name],
            right=right,
            is_owner=is_owner,
        )
        for name, account, right, is_owner in places
    )


def _staff(
    people: dict[str, User], departments: dict[str, Department], north: Provider, south: Provider
) -> None:
    roles = {
        "sam": (north, Role.AGENT, ["technical", "administration"]),
        "omar": (north, Role.AGENT, ["sales"]),
        "hana": (north, Role.HEAD, []),
        "ada": (north, Role.ADMINISTRATOR, []),
        "sven": (south, Role.AGENT, ["south_support"]),
    }
    rows = Staff.objects.bulk_create(
        Staff(provider=provider, user=people[name], role=role)
        for name, (provider, role, _seats) in roles.items()
    )
    DepartmentSeat.objects.bulk_create(
        DepartmentSeat(provider=staff.provider, staff=staff, department=departments[seat])
        for staff, (_provider, _role, seats) in zip(rows, roles.values(), strict=True)
        for seat in seats
    )


def _services(accounts: dict[str, Account]) -> dict[str, Service]:
    facts = {
        "vps": ("bakery", "vps-1001", "shop.bakery.example", ServiceKind.VPS),
        "domain": ("bakery", "dom-2001", "bakery.example", ServiceKind.DOMAIN),
        "carols_vps": ("carols_account", "vps-1002", "carol-1", ServiceKind.VPS),
        "doras_south_vps": ("doras_south_account", "c-1", "dora-south", ServiceKind.VPS),
    }
    rows = {
        key: Service(
            provider_id=accounts[account].provider_id,
            account=accounts[account],
            external_id=external_id,
            name=name,
            kind=kind,
        )
        for key, (account, external_id, name, kind) in facts.items()
    }
    Service.objects.bulk_create(rows.values())
    return rows
