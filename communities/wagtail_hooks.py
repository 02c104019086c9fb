"""What the audit log calls changes of memberships, and the hub team's reports."""

from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Collection
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from communities import reports
from communities.editor.uploads import CollectionsPolicy, UploadsPolicy
from communities.grants import log as grant_log
from communities.qualifications.catalogue import QualificationViewSet
from communities.roles.catalogue import RoleViewSet, keep_what_was_held
from core.models import HubDocument, HubImage

DEEDS = {
    "invited": (gettext_lazy("Invite somebody"), gettext_lazy("Invited somebody")),
    "withdrawn": (gettext_lazy("Withdraw an invitation"), gettext_lazy("Withdrew an invitation")),
    "accepted": (gettext_lazy("Accept a member"), gettext_lazy("Accepted a member")),
    "declined": (gettext_lazy("Decline a request"), gettext_lazy("Declined a request")),
    "role_changed": (gettext_lazy("Change a role"), gettext_lazy("Changed a role")),
    "role_declined": (gettext_lazy("Say no to a role"), gettext_lazy("Did not accept what a role asks")),
    "job_descriptions_exported": (gettext_lazy("Export job descriptions"), gettext_lazy("Exported job descriptions")),
    "responsibilities": (gettext_lazy("Publish responsibilities"), gettext_lazy("Published what a role asks")),
    "award_given": (gettext_lazy("Give evidence"), gettext_lazy("Gave evidence of a qualification")),
    "award_taken_back": (gettext_lazy("Take evidence back"), gettext_lazy("Took evidence of a qualification back")),
    "award_verified": (gettext_lazy("Verify a qualification"), gettext_lazy("Verified a qualification")),
    "award_refused": (gettext_lazy("Refuse a qualification"), gettext_lazy("Did not verify a qualification")),
    "award_withdrawn": (gettext_lazy("Withdraw a qualification"), gettext_lazy("Withdrew a qualification")),
    "named": (gettext_lazy("Name somebody who knows"), gettext_lazy("Named somebody who knows")),
    "not_named": (gettext_lazy("Do not name somebody"), gettext_lazy("Did not name somebody who asked")),
    "named_again": (gettext_lazy("Name somebody again"), gettext_lazy("Looked at somebody who is named again")),
    "naming_withdrawn": (gettext_lazy("Withdraw a naming"), gettext_lazy("Withdrew that somebody knows")),
    "removed": (gettext_lazy("Remove a member"), gettext_lazy("Removed a member")),
    "appointed": (gettext_lazy("Add a facilitator"), gettext_lazy("Added a facilitator")),
    "looked_after": (gettext_lazy("Look at facilitators"), gettext_lazy("Looked at facilitators as the hub team")),
    "sponsor_named": (gettext_lazy("Name a sponsor"), gettext_lazy("Named a sponsor")),
    "approval": (gettext_lazy("Choose how it publishes"), gettext_lazy("Chose whose word it takes to publish")),
    "sponsor_gone": (gettext_lazy("Lose the sponsor"), gettext_lazy("Lost the sponsor, whose account was deleted")),
}

for upload, original in ((HubImage, Image), (HubDocument, Document)):
    policy = UploadsPolicy(upload, auth_model=original, owner_field_name="uploaded_by_user")
    register_permission_policy(upload, policy, exact_class=True)  # before Wagtail's, whichever comes last
register_permission_policy(Collection, CollectionsPolicy(Collection))
register_snippet(RoleViewSet)
hooks.register("before_delete_snippet", keep_what_was_held)
register_snippet(QualificationViewSet)
hooks.register("register_admin_urls", reports.addresses)
hooks.register("register_reports_menu_item", reports.job_descriptions_item)
hooks.register("register_reports_menu_item", reports.menu_item)


@hooks.register("register_log_actions")
def membership_actions(actions: LogActionRegistry) -> None:
    """Every change of who belongs is an entry, with the actor."""
    for deed, (name, message) in DEEDS.items():
        actions.register_action(f"communities.{deed}", name, message)


hooks.register("register_log_actions", grant_log.register)
