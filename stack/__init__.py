"""Prepares, starts, watches and stops the processes of one system (`make run`, `make up`, `make down`)."""
