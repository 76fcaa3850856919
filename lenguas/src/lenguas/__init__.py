"""Spanish and Southern Quechua as the portal and the assistant both need them."""
