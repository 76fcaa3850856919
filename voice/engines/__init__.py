"""Engines that speak prepared text, behind one interface."""
