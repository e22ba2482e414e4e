"""What is known of the occasion on which somebody is asked, for conditions and later wording.

It goes onto their page and nowhere else: nothing of it is kept beside the answers.
"""

from collections.abc import Collection
from datetime import datetime

from survey.campaigns.collectors import OpenLink
from survey.campaigns.models import Campaign, Fact, Invitation
from survey.campaigns.naming import say_group_later
from survey.campaigns.selectors import Contact, Link, find_contact
from survey.core.timestamps import local_date
from survey.questionnaires.content import QuestionnaireContent
from survey.questionnaires.models import Audience
from survey.questionnaires.piping import list_in_texts, list_placeholders
from survey.questionnaires.routing import UNKNOWN, Circumstances

OF_THE_CONTACT = frozenset({Fact.DATE.value, Fact.CHANNEL.value, Fact.SERVED_BY.value})


def circumstances_of(
    *, link: Link | OpenLink, content: QuestionnaireContent, now: datetime, token: str = ""
) -> Circumstances:
    """Return what a page may tell and ask about; a campaign says which facts are told.

    The database is asked only where the wording speaks of a contact that is not known yet.
    """
    told = frozenset(link.campaign.told_facts)
    facts = {}
    if Fact.TEAM in told:
        facts[Fact.TEAM.value] = say_group_later(name=link.group.name, kind=link.group.kind)
    if isinstance(link, OpenLink):
        if Fact.DATE in told:  # whoever scans a code is there at that moment
            facts[Fact.DATE.value] = local_date(now).isoformat()
    elif link.campaign.audience == Audience.CUSTOMER:
        wanted = told & OF_THE_CONTACT & list_facts(content)
        contact = link.contact or (find_contact(token=token) if wanted else None)
        facts |= _tell(contact, wanted)
    return Circumstances(attributes=link.group.attributes, facts=facts)


def circumstances_of_letter(*, invitation: Invitation) -> Circumstances:
    """Return what the first question in a customer's letter may tell; nothing in other letters."""
    contact, told = invitation.interaction, frozenset(invitation.wave.campaign.told_facts)
    if contact is None:
        return UNKNOWN
    known = Contact(contact.occurred_at, contact.channel, contact.served_by)
    facts = _tell(known, told)
    if Fact.TEAM in told:
        facts[Fact.TEAM.value] = contact.team.name
    return Circumstances(facts=facts)


def may_name_employees() -> bool:
    """Say whether pages of any campaign may tell customers who served them."""
    told = Campaign.objects.filter(audience=Audience.CUSTOMER).values_list("told_facts", flat=True)
    return any(Fact.SERVED_BY in facts for facts in told)


def _tell(contact: Contact | None, wanted: Collection[str]) -> dict[str, str]:
    if contact is None:
        return {}
    known = {
        Fact.DATE.value: local_date(contact.occurred_at).isoformat(),
        Fact.CHANNEL.value: contact.channel,
        Fact.SERVED_BY.value: contact.served_by,
    }
    return {name: value for name, value in known.items() if name in wanted}


def list_facts(content: QuestionnaireContent) -> frozenset[str]:
    """Return the facts that the wording of a questionnaire repeats."""
    placeholders = [found for item in content.items for found in list_placeholders(item)]
    for section in content.sections:
        placeholders += list_in_texts(section.texts.values())
    return frozenset(name for source, name in placeholders if source == "fact")
