"""How the release checklist is worded: groups, items, statuses, lights, ways out of prison."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.release_items import ItemGroup
from tlbb_desktop.domain.release_plans import ItemStatus, Light, ReleaseType
from tlbb_desktop.i18n.marks import Np_

GROUP_NAMES = {
    ItemGroup.HOME: Np_("group of the release checklist", "Home"),
    ItemGroup.PAPERS: Np_("group of the release checklist", "Papers"),
    ItemGroup.HEALTH: Np_("group of the release checklist", "Health"),
    ItemGroup.SUBSTANCES: Np_("group of the release checklist", "Alcohol and drugs"),
    ItemGroup.EDUCATION: Np_("group of the release checklist", "Education and training"),
    ItemGroup.WORK: Np_("group of the release checklist", "Work and income"),
    ItemGroup.MONEY: Np_("group of the release checklist", "Money"),
    ItemGroup.LEGAL: Np_("group of the release checklist", "Legal duties"),
    ItemGroup.FAMILY: Np_("group of the release checklist", "Family and relations"),
    ItemGroup.PEERS: Np_("group of the release checklist", "Friends and time"),
    ItemGroup.BASICS: Np_("group of the release checklist", "The day of release"),
    ItemGroup.SELF: Np_("group of the release checklist", "Myself and my goals"),
}
STATUS_NAMES = {
    ItemStatus.NOT_STARTED: Np_("status of a checklist item", "Not started"),
    ItemStatus.IN_PROGRESS: Np_("status of a checklist item", "In progress"),
    ItemStatus.DONE: Np_("status of a checklist item", "Done"),
    ItemStatus.NOT_POSSIBLE: Np_("status of a checklist item", "Not possible"),
    ItemStatus.NOT_APPLICABLE: Np_("status of a checklist item", "Does not apply"),
}
LIGHT_NAMES = {
    Light.RED: Np_("readiness for release", "Not ready"),
    Light.AMBER: Np_("readiness for release", "Attention"),
    Light.GREEN: Np_("readiness for release", "Ready"),
    Light.EARLY: Np_("readiness for release", "Still early"),
}
TYPE_NAMES = {
    ReleaseType.SENTENCE_END: Np_("way out of prison", "End of the sentence"),
    ReleaseType.CONDITIONAL: Np_("way out of prison", "Conditional release"),
    ReleaseType.REDUCTION: Np_("way out of prison", "Reduction or pardon"),
    ReleaseType.BAIL: Np_("way out of prison", "Bail"),
    ReleaseType.ACQUITTED: Np_("way out of prison", "Acquitted"),
    ReleaseType.TO_REHABILITATION: Np_("way out of prison", "To the youth rehabilitation centre"),
    ReleaseType.ESCAPE: Np_("way out of prison", "Escape"),
    ReleaseType.DEATH: Np_("way out of prison", "Death"),
}
#: By the item's key.
ITEM_TITLES: Final = {
    "safe_place": Np_("item of the release checklist", "A safe place to live is confirmed"),
    "receiving_adult": Np_("item of the release checklist", "Guardian or relative who receives"),
    "mediation": Np_("item of the release checklist", "Family visit or mediation"),
    "bedding": Np_("item of the release checklist", "Bed and room"),
    "community_leader": Np_("item of the release checklist", "Community leader told, with consent"),
    "release_paper": Np_("item of the release checklist", "Release date and paper confirmed"),
    "birth_certificate": Np_("item of the release checklist", "Birth certificate"),
    "family_book": Np_("item of the release checklist", "Entry in the family book"),
    "id_card": Np_("item of the release checklist", "National ID card (after release)"),
    "certificates": Np_("item of the release checklist", "School and training certificates"),
    "id_poor": Np_("item of the release checklist", "IDPoor card checked"),
    "check_up": Np_("item of the release checklist", "Medical check-up"),
    "medicine": Np_("item of the release checklist", "Medicine for 30 days, clinic named"),
    "vaccination": Np_("item of the release checklist", "Vaccination and tests followed up"),
    "disability_aid": Np_("item of the release checklist", "Aid for a disability"),
    "relapse_plan": Np_("item of the release checklist", "Plan against a relapse"),
    "counsellor": Np_("item of the release checklist", "Counsellor and appointment"),
    "safe_people": Np_("item of the release checklist", "People who keep me safe"),
    "next_step": Np_("item of the release checklist", "Next step in learning chosen"),
    "school_place": Np_("item of the release checklist", "Place at a school or as an apprentice"),
    "remaining_units": Np_("item of the release checklist", "Units that are left"),
    "first_job": Np_("item of the release checklist", "First work named"),
    "tools": Np_("item of the release checklist", "Tools or start-up kit"),
    "skills_card": Np_("item of the release checklist", "CV or skills card"),
    "employer": Np_("item of the release checklist", "Employer contacted"),
    "cash": Np_("item of the release checklist", "Money for the way and two weeks"),
    "debt_plan": Np_("item of the release checklist", "Plan for debts and compensation"),
    "savings": Np_("item of the release checklist", "Savings or mobile wallet"),
    "obligations": Np_("item of the release checklist", "Duties explained"),
    "lawyer_told": Np_("item of the release checklist", "Lawyer told"),
    "other_cases": Np_("item of the release checklist", "No other case pending"),
    "supportive_adult": Np_("item of the release checklist", "At least one adult who supports"),
    "reconciliation": Np_("item of the release checklist", "Making peace with victim or village, if wished"),
    "own_children": Np_("item of the release checklist", "Own children are cared for"),
    "risky_contacts": Np_("item of the release checklist", "Risky contacts named"),
    "weekly_plan": Np_("item of the release checklist", "Plan for the week"),
    "mentor": Np_("item of the release checklist", "Mentor, sport, pagoda"),
    "clothes": Np_("item of the release checklist", "Clothes"),
    "transport": Np_("item of the release checklist", "Way home"),
    "phone_card": Np_("item of the release checklist", "Phone or card with numbers"),
    "food": Np_("item of the release checklist", "Food for the day"),
    "escort": Np_("item of the release checklist", "Somebody comes along"),
    "strengths_list": Np_("item of the release checklist", "List of strengths handed over"),
    "own_goals": Np_("item of the release checklist", "Goals in own words"),
    "contact_consent": Np_("item of the release checklist", "Consent 5 (contact after release) renewed"),
    "follow_up_dates": Np_("item of the release checklist", "Dates of follow-up agreed"),
}
