"""A private PostgreSQL 18 from the wheel: started, guarded and stopped with its parent."""

from frontdesk.operations.postgres.cluster import Cluster
from frontdesk.operations.postgres.home import ClusterError

__all__ = ["Cluster", "ClusterError"]
