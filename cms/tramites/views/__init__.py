"""Screens of Wagtail's admin that ask for a second person: publishing in an emergency, withdrawing, rights of people."""
