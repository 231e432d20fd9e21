"""What each role may do. Pages ask here who is let in; keys and row level security hold besides.

officer   reads and handles the tips of a commune's station
chief     that, and lets people in and out
province  the same at the province desk, and above its communes
editor    writes notices and looks after answers; holds no key, sees no tip
admin     stations and people of a province; holds no key, sees no tip and no draft
"""

READERS = frozenset({"officer", "chief", "province"})  # they hold their station's key
WRITERS = READERS | {"editor"}
LEADERS = frozenset({"chief", "province", "admin"})  # let people in and out
ABOVE = frozenset({"province", "admin"})  # over every station of their province

# Who can work where, by kind of station, in the order of the form.
AT = {"commune": ("officer", "chief", "editor"), "province": ("province", "editor", "admin")}
ROLES = ("officer", "chief", "province", "editor", "admin")
