"""The words of release plans: groups, items, states, ways to leave."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemStatus, Light, ReleaseType
from tlbb_desktop.i18n.marks import Np_

GROUP_NAMES: Final = {
    ItemGroup.HOME: Np_("group of a release plan", "Home"),
    ItemGroup.PAPERS: Np_("group of a release plan", "Papers"),
    ItemGroup.HEALTH: Np_("group of a release plan", "Health"),
    ItemGroup.SUBSTANCES: Np_("group of a release plan", "Alcohol and drugs"),
    ItemGroup.EDUCATION: Np_("group of a release plan", "Education and training"),
    ItemGroup.WORK: Np_("group of a release plan", "Work and income"),
    ItemGroup.MONEY: Np_("group of a release plan", "Money"),
    ItemGroup.LEGAL: Np_("group of a release plan", "Legal duties"),
    ItemGroup.FAMILY: Np_("group of a release plan", "Family and relations"),
    ItemGroup.PEERS: Np_("group of a release plan", "Friends and time"),
    ItemGroup.BASICS: Np_("group of a release plan", "Basics on the day"),
    ItemGroup.SELF: Np_("group of a release plan", "Own goals"),
}
ITEM_NAMES: Final = {
    "safe_place": Np_("item of a release plan", "A safe place is confirmed"),
    "receiving_adult": Np_("item of a release plan", "An adult agreed to receive"),
    "mediation": Np_("item of a release plan", "Family visit or mediation held"),
    "bedding": Np_("item of a release plan", "Bedding and room"),
    "community_leader": Np_("item of a release plan", "The community leader is informed"),
    "release_paper": Np_("item of a release plan", "The day and its paper are confirmed"),
    "birth_certificate": Np_("item of a release plan", "Birth certificate"),
    "family_book": Np_("item of a release plan", "Family book entry"),
    "id_card": Np_("item of a release plan", "Identity card, afterwards"),
    "certificates": Np_("item of a release plan", "School and training certificates"),
    "id_poor": Np_("item of a release plan", "IDPoor checked"),
    "check_up": Np_("item of a release plan", "Health check-up"),
    "medicine": Np_("item of a release plan", "Medicine for 30 days and a clinic"),
    "vaccination": Np_("item of a release plan", "Vaccination and tests"),
    "disability_aid": Np_("item of a release plan", "Disability aid"),
    "relapse_plan": Np_("item of a release plan", "A plan against relapse"),
    "counsellor": Np_("item of a release plan", "Counsellor and appointment"),
    "safe_people": Np_("item of a release plan", "People who are safe"),
    "next_step": Np_("item of a release plan", "The next step is chosen"),
    "school_place": Np_("item of a release plan", "A place at school or as apprentice"),
    "remaining_units": Np_("item of a release plan", "Units that remain"),
    "first_job": Np_("item of a release plan", "A first job is named"),
    "tools": Np_("item of a release plan", "Tools or a start-up kit"),
    "skills_card": Np_("item of a release plan", "CV or skills card"),
    "employer": Np_("item of a release plan", "An employer was contacted"),
    "cash": Np_("item of a release plan", "Cash for the journey and 2 weeks"),
    "debt_plan": Np_("item of a release plan", "A plan for debts"),
    "savings": Np_("item of a release plan", "Savings or a mobile wallet"),
    "obligations": Np_("item of a release plan", "Duties are explained"),
    "lawyer_told": Np_("item of a release plan", "The lawyer is told"),
    "other_cases": Np_("item of a release plan", "No other case is pending"),
    "supportive_adult": Np_("item of a release plan", "At least one adult who supports"),
    "reconciliation": Np_("item of a release plan", "Reconciliation, if wished"),
    "own_children": Np_("item of a release plan", "Care of own children"),
    "risky_contacts": Np_("item of a release plan", "Risky contacts are named"),
    "weekly_plan": Np_("item of a release plan", "A plan for the week"),
    "mentor": Np_("item of a release plan", "A mentor, sport or pagoda"),
    "clothes": Np_("item of a release plan", "Clothes"),
    "transport": Np_("item of a release plan", "The way home"),
    "phone_card": Np_("item of a release plan", "A phone or a card with numbers"),
    "food": Np_("item of a release plan", "Food"),
    "escort": Np_("item of a release plan", "An escort"),
    "strengths_list": Np_("item of a release plan", "The list of strengths is given"),
    "own_goals": Np_("item of a release plan", "Goals in own words"),
    "contact_consent": Np_("item of a release plan", "Consent 5 is renewed"),
    "follow_up_dates": Np_("item of a release plan", "Days of follow-up are agreed"),
}
"""The standard items by their lasting names (form H)."""
ITEM_STATUS_NAMES: Final = {
    ItemStatus.NOT_STARTED: Np_("status of an item", "Not started"),
    ItemStatus.IN_PROGRESS: Np_("status of an item", "In progress"),
    ItemStatus.DONE: Np_("status of an item", "Done"),
    ItemStatus.NOT_POSSIBLE: Np_("status of an item", "Not possible"),
    ItemStatus.NOT_APPLICABLE: Np_("status of an item", "Does not apply"),
}
RELEASE_TYPE_NAMES: Final = {
    ReleaseType.SENTENCE_END: Np_("way to leave prison", "End of the sentence"),
    ReleaseType.CONDITIONAL: Np_("way to leave prison", "Conditional release"),
    ReleaseType.REDUCTION: Np_("way to leave prison", "Reduction or pardon"),
    ReleaseType.BAIL: Np_("way to leave prison", "Bail"),
    ReleaseType.ACQUITTED: Np_("way to leave prison", "Acquitted"),
    ReleaseType.TO_REHABILITATION: Np_("way to leave prison", "To the rehabilitation centre"),
    ReleaseType.ESCAPE: Np_("way to leave prison", "Escape"),
    ReleaseType.DEATH: Np_("way to leave prison", "Death"),
}
LIGHT_NAMES: Final = {
    Light.RED: Np_("readiness", "Urgent"),
    Light.AMBER: Np_("readiness", "Take care"),
    Light.GREEN: Np_("readiness", "Ready"),
    Light.EARLY: Np_("readiness", "In time"),
}
