"""Tools a developer runs by hand; the running program imports none of them."""
