"""Who acts: an argument of every act, never ambient."""

from dataclasses import dataclass

from frontdesk.accounts.models import User
from frontdesk.support.access import ClientReach, Reach, StaffReach
from frontdesk.support.channels import Channel
from frontdesk.support.errors import NotAllowed


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
        """His reach as a client. Raises NotAllowed for staff: the act is a client's."""
        if not isinstance(self.reach, ClientReach):
            raise NotAllowed
        return self.reach

    @property
    def staff(self) -> StaffReach:
        """His reach as staff. Raises NotAllowed for a client: the act is staff's."""
        if not isinstance(self.reach, StaffReach):
            raise NotAllowed
        return self.reach
