"""A plan that shows every block of the paper; nobody's."""

from __future__ import annotations

from datetime import date

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
PLAN = PlanDocument(
    title=T("ផែនការរបស់ខ្ញុំ", "My plan"),
    made_on=date(2026, 11, 27),
    parties=(
        PlanParty(T("យុវជន", "Young person"), "សុខ ដារ៉ា", "SOK DARA", T("ភូមិវត្តបូព៌ សៀមរាប", "Wat Bo village, Siem Reap")),
        PlanParty(T("ម្តាយ", "Mother"), "ជា សុភា", "CHEA SOPHEA", T("ទូរស័ព្ទ 012 345 678", "Telephone 012 345 678")),
        PlanParty(T("បុគ្គលិកសង្គម", "Social worker"), "លី សុផល", "LY SOPHAL"),
    ),
    introduction=T(
        "ផែនការនេះ យើងបានធ្វើជាមួយគ្នា។ វាសរសេរពីអ្វីដែលខ្ញុំចង់ធ្វើ អ្នកណាជួយខ្ញុំ និងនៅពេលណា។",
        "We made this plan together. It says what I want to do, who helps me, and when.",
    ),
    sections=(
        PlanSection(
            T("គោលដៅ", "Goals"),
            (
                PlanList(
                    (
                        T(
                            "រកការងារជាជាងជួសជុលម៉ូតូនៅក្រុងសៀមរាប ក្នុងរយៈពេល ៣ ខែ",
                            "Find work as a motorcycle mechanic in Siem Reap within 3 months",
                        ),
                        T("រស់នៅជាមួយម្តាយ ហើយជួយប្អូនស្រីឱ្យទៅរៀន", "Live with my mother and help my sister to go to school"),
                    ),
                    numbered=True,
                ),
            ),
        ),
        PlanSection(
            T("សកម្មភាព", "Actions"),
            (
                PlanTable(
                    (T("អ្វី", "What"), T("អ្នកណា", "Who"), T("ពេលណា", "When"), T("ធ្វើរួច", "Done")),
                    (
                        (
                            T(
                                "ទៅជួបម្ចាស់ហាងជួសជុលម៉ូតូ លោក ចាន់ ដើម្បីសួររកការងារ",
                                "Meet Mr Chan, who owns a repair shop, and ask for work",
                            ),
                            T("ដារ៉ា និងលោក សុផល", "Dara and Mr Sophal"),
                            T("ថ្ងៃទី០៤ ខែធ្នូ", "4 December"),
                            T(""),
                        ),
                        (
                            T("ធ្វើអត្តសញ្ញាណប័ណ្ណនៅឃុំ", "Apply for the identity card at the commune"),
                            T("ម្តាយ", "Mother"),
                            T("មុនថ្ងៃទី១៥ ខែធ្នូ", "Before 15 December"),
                            T(""),
                        ),
                        (
                            T("ទិញឧបករណ៍ដៃតាមការគាំទ្រ ២០០ ០០០ ៛", "Buy hand tools with the support of 200,000 riel"),
                            T("លោក សុផល", "Mr Sophal"),
                            T("ខែមករា", "January"),
                            T(""),
                        ),
                    ),
                    (5, 3, 3, 1.6),
                ),
            ),
        ),
        PlanSection(
            T("ឯកសារ និងរបស់ត្រូវមាន", "Documents and things to have"),
            (
                PlanChecklist(
                    (
                        PlanCheck(T("សំបុត្រកំណើត", "Birth certificate"), True, T("ម្តាយរក្សាទុក", "Kept by mother")),
                        PlanCheck(T("អត្តសញ្ញាណប័ណ្ណ", "Identity card"), False, T("មុនថ្ងៃទី១៥ ខែធ្នូ", "Before 15 December")),
                        PlanCheck(T("វិញ្ញាបនបត្របញ្ចប់វគ្គជួសជុលម៉ូតូ", "Certificate of the motorcycle course"), True),
                        PlanCheck(
                            T(
                                "លេខទូរស័ព្ទរបស់លោក សុផល និងរបស់មណ្ឌលសុខភាព",
                                "Telephone numbers of Mr Sophal and of the health centre",
                            )
                        ),
                    )
                ),
            ),
        ),
        PlanSection(
            T("អ្វីដែលអាចពិបាក", "What may be hard"),
            (
                PlanParagraph(
                    T(
                        "ប្រសិនបើខ្ញុំបារម្ភ ឬខឹង ខ្ញុំទូរស័ព្ទទៅលោក សុផល មុននឹងធ្វើអ្វីមួយ។",
                        "If I am worried or angry, I call Mr Sophal before I do anything.",
                    )
                ),
                PlanLines(3, T("អ្វីដែលខ្ញុំចង់បន្ថែម៖", "What I want to add:")),
            ),
        ),
    ),
    signers=(
        PlanSigner(T("យុវជន", "Young person"), "សុខ ដារ៉ា", thumbprint=True),
        PlanSigner(T("ម្តាយ", "Mother"), "ជា សុភា", thumbprint=True),
        PlanSigner(T("បុគ្គលិកសង្គម", "Social worker"), "លី សុផល"),
    ),
    place=T("សៀមរាប", "Siem Reap"),
    issuer=(T("អង្គការជំនួយយុវជនកម្ពុជា", "Youth Support Organisation of Cambodia"),),
)
