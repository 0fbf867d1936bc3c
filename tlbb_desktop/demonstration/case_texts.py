"""Invented words of young people and of the social worker of the demonstration."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.case_plans import Doer
from tlbb_desktop.domain.strengths import StrengthDomain

#: What I am good at, who helps me, what I want in a year.
WISHES: Final = (
    ("ជួសជុលម៉ូតូ និងគូររូប", "ម្តាយ និងលោកគ្រូ", "ចង់បើកហាងជួសជុលម៉ូតូតូចមួយ"),
    ("លេងបាល់ទាត់", "បងប្រុស", "ចង់ធ្វើការនៅហាងម៉ូតូនៅក្រុងសៀមរាប"),
    ("ធ្វើម្ហូប និងជួយអ្នកដទៃ", "ជីដូន", "ចង់ត្រឡប់ទៅរៀនវិញ"),
    ("ជួសជុលទូរស័ព្ទ", "ម្តាយមីង", "ចង់ជួយគ្រួសារសងបំណុល"),
)
STRENGTHS: Final = ("ឧស្សាហ៍ព្យាយាម", "មានម្តាយគាំទ្រ", "រៀនឆាប់ចេះ", "និយាយត្រង់", "មានមិត្តល្អ")
NEEDS: Final = ("ត្រូវការកន្លែងស្នាក់នៅច្បាស់លាស់", "ត្រូវការជំនួយរៀនអក្សរ", "ត្រូវជួបគ្រួសារញឹកញាប់", "មិនទាន់មានឯកសារ")
GOALS: Final = (
    (StrengthDomain.WORK, "ខ្ញុំចង់ចេះជួសជុលម៉ូតូឱ្យបានពូកែ", 4),
    (StrengthDomain.FAMILY, "ខ្ញុំចង់ជាមួយម្តាយខ្ញុំវិញ", 3),
)
ACTIONS: Final = (
    (("បញ្ចប់ឯកតាម៉ាស៊ីន", Doer.PARTICIPANT), ("រកហាងដែលទទួលកូនជាង", Doer.TRAINER)),
    (("ទាក់ទងម្តាយឱ្យមកសួរសុខទុក្ខ", Doer.CASE_WORKER), ("ចុះទៅផ្ទះ", Doer.CASE_WORKER)),
)
NOTES: Final = (
    "បាននិយាយអំពីគ្រួសារ។ គាត់សប្បាយចិត្តដែលម្តាយមកលេង។",
    "គាត់បារម្ភអំពីការងារក្រោយពេលចេញ។ យើងបានធ្វើបញ្ជីហាងនៅជិតផ្ទះ។",
    "បានពិនិត្យគោលដៅជាមួយគ្នា។ គាត់ចូលរៀនទៀងទាត់។",
    "គាត់មានជម្លោះតូចមួយជាមួយមិត្តភក្តិ ហើយបានសុំទោស។",
)
