"""Static files under names that change with what is in them, so that a browser fetches each once and never mixes two releases."""

from django.contrib.staticfiles.storage import ManifestFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Ours alone: what libraries bring is built for its own names, and refers to files it does not carry.
APPS_WITH_MODULES = ("channels", "desk", "narration")
# What is imported, and how it is written with the name that stands in its place.
IMPORT = (
    r"""(?P<matched>(?P<before>\bfrom\s*|\bimport\s*\(?\s*)["'](?P<url>\./[^"']+)["'])""",
    """%(before)s"%(url)s\"""",
)


class ModulesByHash(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage; the modules our scripts import are named by their hash too.

    A name without one is asked about again with every page, a round trip of 400 ms on a slow line, and for a minute after a
    release the old module may answer to the new script.
    """

    patterns = (*ManifestFilesMixin.patterns, *((f"{app}/*.js", (IMPORT,)) for app in APPS_WITH_MODULES))
