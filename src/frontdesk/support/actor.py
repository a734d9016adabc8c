"""Who acts: an argument of every act, never ambient."""

from dataclasses import dataclass

from frontdesk.accounts.models import User
from frontdesk.support.access import ClientReach, Reach, StaffReach
from frontdesk.support.channels import Channel


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, what he may reach, and the channel he came by. `address` is his IP, if known."""

    user: User
    reach: Reach
    channel: Channel
    address: str | None = None

    @property
    def provider_id(self) -> int:
        """The provider where he acts."""
        return self.reach.provider_id

    @property
    def client(self) -> ClientReach:
        """His reach as a client; only asked where the act is a client's."""
        assert isinstance(self.reach, ClientReach)
        return self.reach

    @property
    def staff(self) -> StaffReach:
        """His reach as staff; only asked where the act is staff's."""
        assert isinstance(self.reach, StaffReach)
        return self.reach
