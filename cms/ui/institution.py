"""What never changes of the institution."""

ALO_MAC_PHONE = "1800"
