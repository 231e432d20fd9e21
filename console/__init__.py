"""Officers' pages, rendered on the server. Knows no SQL; the rules are the desk's."""
