"""Schema changes in order; `storage.migrate` runs them."""
