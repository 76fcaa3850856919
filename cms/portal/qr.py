"""A QR code as a picture inside the page: printed, the sheet leads back to the page of today."""

from functools import lru_cache

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=512)
def qr(address: str) -> SafeString:
    """An SVG of `address` without sizes or colours of its own; the stylesheet gives them."""
    code = segno.make(address, error="m", micro=False)
    # Nothing of the address stands in the markup: it is drawn.
    return mark_safe(  # noqa: S308
        code.svg_inline(border=2, omitsize=True, svgclass="qr", lineclass=None, title=None)
    )
