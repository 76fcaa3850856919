"""What Wagtail's admin may offer on the pages of the portal: every one of its ways asks this class.

Rights hang on the tree: an editor with rights on RENIEC's page has them on RENIEC's fichas only. To publish and to
withdraw are no buttons: somebody else approves (`workflow`), or two people withdraw (`withdrawal`).
"""

from typing import TYPE_CHECKING

from wagtail.models.pages import PagePermissionTester

if TYPE_CHECKING:
    from wagtail.models import Page


class RightsOnPage(PagePermissionTester):
    """Wagtail's own answers, but for what would publish, withdraw or lose what citizens were told."""

    permissions: frozenset[str] | set[str] = frozenset()  # Wagtail sets it, for all but administrators

    def has(self, action: str) -> bool:
        """Whether the person has `action` (add, change, review, publish…) here, by a group or as administrator."""
        return bool(self.user.is_active and (self.user.is_superuser or action in self.permissions))

    def can_publish(self) -> bool:
        """By nobody directly: a form that publishes would publish what the same person has just written."""
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        """A ficha is public or it is not; nobody needs a password for a fee."""
        return False

    def can_unschedule(self) -> bool:
        return self.has("publish")

    def can_delete(self, ignore_bulk: bool = False) -> bool:  # noqa: FBT001, FBT002 as Wagtail calls it
        """Only what was never public: the address of what was must say what happened."""
        return not self._was_public() and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        """The entity is part of the code and of every version: what was public is withdrawn and written anew."""
        return not self._was_public() and super().can_delete(ignore_bulk=True)

    def can_move_to(self, destination: "Page") -> bool:
        return self.can_move() and super().can_move_to(destination)

    def _was_public(self) -> bool:
        """Whether this page was or, of an entity's shelf, one of its fichas."""
        page = self.page
        if page.is_leaf():
            return page.first_published_at is not None and page.specific_class.__name__ == "FichaPage"
        return bool(page.get_descendants().filter(first_published_at__isnull=False).exists())
