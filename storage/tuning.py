"""The embedded server's settings."""

from dataclasses import dataclass

from storage import server_log

PORT = 5432  # only a part of the socket's name; nothing listens on the network


@dataclass(frozen=True)
class Tuning:
    """What differs between a desk, a larger machine and a test."""

    durable: bool = True
    """False forgoes fsync: only for data that a test throws away."""
    max_connections: int = 40
    shared_buffers: str = "64MB"

    def settings(self) -> dict[str, str]:
        """PostgreSQL's settings; on the command line they outrank its configuration files."""
        durable = "on" if self.durable else "off"
        return {
            "fsync": durable,
            "full_page_writes": durable,
            "synchronous_commit": durable,
            "max_connections": str(self.max_connections),
            "shared_buffers": self.shared_buffers,
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "idle_in_transaction_session_timeout": "60s",
            # Small statements only: compiling or spreading them costs more than it saves, and
            # parallel workers want more shared memory than containers give (Docker: 64 MB).
            "jit": "off",
            "max_parallel_workers_per_gather": "0",
            **server_log.SETTINGS,
        }
