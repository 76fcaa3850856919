"""The contact's pages, and the editors' screens."""
