"""Views: one module a page kind, from a handbook to plain data that the templates present."""
