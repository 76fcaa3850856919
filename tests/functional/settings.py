"""Settings of the server the browser tests start: the suite's, with static files served as they are."""

from cms.config.settings.test import *  # noqa: F403

WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
