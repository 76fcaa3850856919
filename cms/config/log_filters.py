"""What is taken out of log lines before anybody keeps them."""

import logging
import re

# Addresses that are credentials: whoever reads the log must not be able to open them.
_SECRET_PART = re.compile(r"(/confirmar/|/drafts/)[^/\s?]+")


class WithoutLinks(logging.Filter):
    """Cuts the secret part out of the addresses a line names."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _SECRET_PART.sub(r"\1…", str(record.msg))
        if isinstance(record.args, tuple):
            record.args = tuple(
                _SECRET_PART.sub(r"\1…", part) if isinstance(part, str) else part for part in record.args
            )
        return True
