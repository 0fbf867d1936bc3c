"""The service codes that the Ministry's Primero and OSCaR exchange, by group, as they are written there.

Source: the public service map of the exchange (programme facts §4, S38), misspellings kept: they are the codes.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ServiceGroup(StrEnum):
    """The groups of services."""

    SOCIAL_WORK = "social_work_case_work"
    FAMILY_CARE = "family_based_care"
    DRUG_ALCOHOL = "drug_alcohol"
    COUNSELLING = "counselling"
    FINANCIAL = "financial_development"
    DISABILITY = "disability_support"
    MEDICAL = "medical_support"
    LEGAL = "legal_support"
    MENTAL_HEALTH = "mental_health_support"
    EDUCATION = "training_education"
    FAMILY_SUPPORT = "family_support"
    ANTI_TRAFFICKING = "anti_trafficking"
    OTHER = "other"


_CODES: Final = {
    ServiceGroup.SOCIAL_WORK: ("social_work_case_work_generalist", "social_work_case_work_community"),
    ServiceGroup.FAMILY_CARE: (
        "family_based_care_emergency_foster",
        "family_based_care_longterm_foster",
        "family_based_care_kinship",
        "family_based_care_domestic_adoption",
        "family_based_care_family_preservation",
        "family_based_care_family_reunification",
        "family_based_care_independent_living",
    ),
    ServiceGroup.DRUG_ALCOHOL: (
        "drug_alcohol_counselling",
        "drug_alcohol_detox_rehabilitation",
        "drug_alcohol_detox_support",
    ),
    ServiceGroup.COUNSELLING: (
        "counselling_generalist",
        "counselling_abuse_survivors",
        "counselling_trauma",
        "counselling_family",
    ),
    ServiceGroup.FINANCIAL: (
        "financial_development_material_assistance",
        "financial_development_financial_assistance",
        "financial_development_income_generation",
        "financial_development_day_care",
    ),
    ServiceGroup.DISABILITY: (
        "disability_support_therapeutic_interventions",
        "disability_support_respite-care",
        "disability_support_therapeutic_training",
        "disability_support_aid_provision",
        "disability_support_peripheral",
        "disability_support_groups",
    ),
    ServiceGroup.MEDICAL: (
        "medical_support_access_care",
        "medical_support_provision_medical_case",
        "medical_support_medical_training",
        "medical_support_healt_education",
    ),
    ServiceGroup.LEGAL: (
        "legal_support_access_legal_services",
        "legal_support_advocacy_services",
        "legal_support_representation",
        "legal_support_prision_visitation",
    ),
    ServiceGroup.MENTAL_HEALTH: (
        "mental_health_support_therapeutic_interventions",
        "mental_health_support_therapeutic_training",
        "mental_health_support_direct_medical_support",
    ),
    ServiceGroup.EDUCATION: (
        "training_education_school_support",
        "training_education_supplementary",
        "training_education_vocational",
        "training_education_material_support",
        "training_education_scholarships",
        "training_education_life_skills",
    ),
    ServiceGroup.FAMILY_SUPPORT: ("family_support_family_support",),
    ServiceGroup.ANTI_TRAFFICKING: (
        "anti_trafficking_rescue",
        "anti_trafficking_transitional_accomodation",
        "anti_trafficking_post_trafficking",
        "anti_trafficking_community_reintegration",
    ),
    ServiceGroup.OTHER: ("residential_care_gov_only_other", "other_other_service"),
}
#: Code -> group.
SERVICE_GROUPS: Final = {code: group for group, codes in _CODES.items() for code in codes}
#: Groups whose referrals tell of somebody's health, or of drugs and alcohol.
RESTRICTED_GROUPS: Final = frozenset(
    {
        ServiceGroup.DRUG_ALCOHOL,
        ServiceGroup.COUNSELLING,
        ServiceGroup.DISABILITY,
        ServiceGroup.MEDICAL,
        ServiceGroup.MENTAL_HEALTH,
    }
)
