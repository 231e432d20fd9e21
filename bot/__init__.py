"""The running program: channels, loops and the site. Imports everything; nobody imports it."""
