"""What pages catch when the database does not answer; only `storage` knows how it looks inside."""

from storage.db import DatabaseDownError

__all__ = ["DatabaseDownError"]
