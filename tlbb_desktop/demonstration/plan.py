"""A plan of the demonstration: what a young person who learned to repair motorcycles agrees on before going home."""

from __future__ import annotations

from datetime import date
from typing import Final

from tlbb_desktop.demonstration.cast import DAY, PAPER_WORDS
from tlbb_desktop.domain.people import Names
from tlbb_desktop.domain.plan_papers import (
    PlanCheck,
    PlanChecklist,
    PlanDocument,
    PlanLines,
    PlanList,
    PlanParagraph,
    PlanParty,
    PlanSection,
    PlanSigner,
    PlanTable,
    PlanText,
)

T = PlanText
ISSUER: Final = T(PAPER_WORDS["organisation_km"], PAPER_WORDS["organisation_en"])
PLACE: Final = T("សៀមរាប", "Siem Reap")
_YOUTH: Final = T("យុវជន", "Young person")
_MOTHER: Final = T("ម្តាយ", "Mother")
_WORKER: Final = T("បុគ្គលិកសង្គម", "Social worker")
_HER_NAME, _WORKERS_NAME = ("ជា សុភា", "CHEA SOPHEA"), ("មាស បុប្ផា", "MEAS BOPHA")


def demonstration_plan(names: Names, made_on: date = DAY) -> PlanDocument:
    """The plan of a learner of the demonstration.

    Args:
        names: of the learner.
        made_on: day of the paper.
    """
    parties = (
        PlanParty(_YOUTH, names.khmer, names.latin, T("ភូមិវត្តបូព៌ ក្រុងសៀមរាប", "Wat Bo village, Siem Reap")),
        PlanParty(_MOTHER, *_HER_NAME, T("ទូរស័ព្ទ 012 345 678", "Telephone 012 345 678")),
        PlanParty(_WORKER, *_WORKERS_NAME, T("ទូរស័ព្ទ 092 345 678", "Telephone 092 345 678")),
    )
    return PlanDocument(
        title=T("ផែនការរបស់ខ្ញុំ", "My plan"),
        made_on=made_on,
        parties=parties,
        introduction=T(
            "ផែនការនេះ យើងបានធ្វើជាមួយគ្នា។ វាសរសេរពីអ្វីដែលខ្ញុំចង់ធ្វើ អ្នកណាជួយខ្ញុំ និងនៅពេលណា។",
            "We made this plan together. It says what I want to do, who helps me, and when.",
        ),
        sections=(_goals(), _actions(), _things(), _hard()),
        signers=(
            PlanSigner(_YOUTH, names.khmer or names.latin, thumbprint=True),
            PlanSigner(_MOTHER, _HER_NAME[0], thumbprint=True),
            PlanSigner(_WORKER, _WORKERS_NAME[0]),
        ),
        place=PLACE,
        issuer=(ISSUER,),
        demonstration=True,
    )


def _goals() -> PlanSection:
    points = (
        T(
            "រកការងារជាជាងជួសជុលម៉ូតូនៅក្រុងសៀមរាប ក្នុងរយៈពេល ៣ ខែ",
            "Find work as a motorcycle mechanic in Siem Reap within 3 months",
        ),
        T("រស់នៅជាមួយម្តាយ ហើយជួយប្អូនស្រីឱ្យទៅរៀន", "Live with my mother and help my sister to go to school"),
        T("សន្សំប្រាក់ ៥០ ០០០ ៛ ក្នុងមួយខែ សម្រាប់ទិញឧបករណ៍", "Save 50,000 riel a month for tools"),
    )  # fmt: skip
    return PlanSection(T("គោលដៅ", "Goals"), (PlanList(points, numbered=True),))


def _actions() -> PlanSection:
    head = (T("អ្វី", "What"), T("អ្នកណា", "Who"), T("ពេលណា", "When"), T("ធ្វើរួច", "Done"))
    me, mother, worker = T("ខ្ញុំ", "I"), _MOTHER, T("អ្នកស្រី បុប្ផា", "Ms Bopha")
    rows = (
        (
            T("ទៅជួបម្ចាស់ហាងជួសជុលម៉ូតូ លោក ចាន់ ដើម្បីសួររកការងារ", "Meet Mr Chan, who owns a repair shop, and ask for work"),
            me, T("ថ្ងៃទី២៣ ខែវិច្ឆិកា", "23 November"), T(""),
        ),
        (
            T("ធ្វើអត្តសញ្ញាណប័ណ្ណនៅប៉ុស្តិ៍នគរបាល", "Apply for the identity card at the police post"),
            mother, T("មុនថ្ងៃទី១៥ ខែធ្នូ", "Before 15 December"), T(""),
        ),
        (
            T("ទិញឧបករណ៍ដៃតាមការគាំទ្រ ២០០ ០០០ ៛", "Buy hand tools with the support of 200,000 riel"),
            worker, T("ខែមករា", "January"), T(""),
        ),
        (
            T("ទូរស័ព្ទមកខ្ញុំរៀងរាល់ថ្ងៃសុក្រ រយៈពេល ៦ សប្តាហ៍", "Call me every Friday for 6 weeks"),
            worker, T("ចាប់ពីថ្ងៃទី២០ ខែវិច្ឆិកា", "From 20 November"), T(""),
        ),
    )  # fmt: skip
    return PlanSection(T("សកម្មភាព", "Actions"), (PlanTable(head, rows, (5, 2.4, 3.2, 1.8)),))


def _things() -> PlanSection:
    checks = (
        PlanCheck(T("សំបុត្រកំណើត", "Birth certificate"), True, T("ម្តាយរក្សាទុក", "Kept by mother")),
        PlanCheck(T("អត្តសញ្ញាណប័ណ្ណ", "Identity card"), False, T("មុនថ្ងៃទី១៥ ខែធ្នូ", "Before 15 December")),
        PlanCheck(T("វិញ្ញាបនបត្របញ្ចប់វគ្គជួសជុលម៉ូតូ", "Certificate of the motorcycle course"), True),
        PlanCheck(
            T(
                "លេខទូរស័ព្ទរបស់អ្នកស្រី បុប្ផា និងរបស់មណ្ឌលសុខភាព",
                "Telephone numbers of Ms Bopha and of the health centre",
            )
        ),
    )
    return PlanSection(T("ឯកសារ និងរបស់ត្រូវមាន", "Documents and things to have"), (PlanChecklist(checks),))


def _hard() -> PlanSection:
    said = T(
        "ប្រសិនបើខ្ញុំបារម្ភ ឬខឹង ខ្ញុំទូរស័ព្ទទៅអ្នកស្រី បុប្ផា មុននឹងធ្វើអ្វីមួយ។",
        "If I am worried or angry, I call Ms Bopha before I do anything.",
    )
    own = PlanLines(3, T("អ្វីដែលខ្ញុំចង់បន្ថែម៖", "What I want to add:"))
    return PlanSection(T("អ្វីដែលអាចពិបាក", "What may be hard"), (PlanParagraph(said), own))
