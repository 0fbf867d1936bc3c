"""The words of the assessment of strengths and of the instruments beside it."""

from __future__ import annotations

from typing import Final

from tlbb_desktop.domain.score_bands import ScoreBand
from tlbb_desktop.domain.scores import Administered, Informant, Instrument
from tlbb_desktop.domain.strengths import AssessmentKind, RiskAnswer, SafetyRisk, SsiSaBand, StrengthDomain, Substance
from tlbb_desktop.i18n.marks import N_, Np_

DOMAIN_NAMES: Final = {
    StrengthDomain.HOME: Np_("domain of strengths", "Home and shelter"),
    StrengthDomain.FOOD: Np_("domain of strengths", "Food and daily needs"),
    StrengthDomain.PAPERS: Np_("domain of strengths", "Identity papers and the law"),
    StrengthDomain.EDUCATION: Np_("domain of strengths", "Education and literacy"),
    StrengthDomain.WORK: Np_("domain of strengths", "Work skills"),
    StrengthDomain.MONEY: Np_("domain of strengths", "Money and debt"),
    StrengthDomain.BODY: Np_("domain of strengths", "Physical health"),
    StrengthDomain.MIND: Np_("domain of strengths", "Emotional wellbeing"),
    StrengthDomain.SUBSTANCES: Np_("domain of strengths", "Alcohol and drugs"),
    StrengthDomain.FAMILY: Np_("domain of strengths", "Family relations"),
    StrengthDomain.FRIENDS: Np_("domain of strengths", "Friends and free time"),
    StrengthDomain.HOPE: Np_("domain of strengths", "Goals and hope"),
}
LEVEL_NAMES: Final = {
    1: Np_("level of strength", "Crisis"),
    2: Np_("level of strength", "Vulnerable"),
    3: Np_("level of strength", "Stable"),
    4: Np_("level of strength", "Strong"),
}
"""The levels 1 to 4."""
ASSESSMENT_KIND_NAMES: Final = {
    AssessmentKind.INTAKE: Np_("kind of assessment", "At intake"),
    AssessmentKind.REVIEW: Np_("kind of assessment", "At a review"),
    AssessmentKind.PRE_RELEASE: Np_("kind of assessment", "Before release"),
    AssessmentKind.AFTER_RELEASE: Np_("kind of assessment", "After release"),
}
SAFETY_RISK_NAMES: Final = {
    SafetyRisk.SELF_HARM: Np_("danger", "Self-harm"),
    SafetyRisk.VIOLENCE: Np_("danger", "Violence from others"),
    SafetyRisk.THREAT_TO_OTHERS: Np_("danger", "Threat to others"),
    SafetyRisk.PRESSURE: Np_("danger", "Pressure from peers"),
    SafetyRisk.TRAFFICKING: Np_("danger", "Trafficking"),
    SafetyRisk.DEBT: Np_("danger", "Debt to a lender"),
}
RISK_ANSWER_NAMES: Final = {
    RiskAnswer.NO: Np_("answer about a danger", "No"),
    RiskAnswer.PAST: Np_("answer about a danger", "In the past"),
    RiskAnswer.NOW: Np_("answer about a danger", "Now"),
}
SUBSTANCE_NAMES: Final = {
    Substance.ALCOHOL: Np_("substance", "Alcohol"),
    Substance.METHAMPHETAMINE: Np_("substance", "Methamphetamine"),
    Substance.GLUE: Np_("substance", "Glue"),
    Substance.CANNABIS: Np_("substance", "Cannabis"),
    Substance.TOBACCO: Np_("substance", "Tobacco"),
    Substance.OTHER: Np_("substance", "Other"),
}
SSI_SA_BAND_NAMES: Final = {
    SsiSaBand.LOW: Np_("band of the SSI-SA", "None to low"),
    SsiSaBand.MINIMAL: Np_("band of the SSI-SA", "Minimal"),
    SsiSaBand.REFER: Np_("band of the SSI-SA", "Refer"),
}
SSI_SA_ITEMS: Final = (
    N_("In the last 6 months, did you use alcohol or other drugs?"),
    N_("Did you feel that you used too much?"),
    N_("Did you try to cut down or stop?"),
    N_("Did you go to anyone for help because of it?"),
    N_("Did you have health problems from it?"),
    N_("Did it cause trouble with family or friends?"),
    N_("Did it cause trouble at school or work?"),
    N_("Were you arrested or in other trouble with the law because of it?"),
    N_("Did you lose your temper or fight while using?"),
    N_("Do you need more and more to get the effect you want?"),
    N_("Do you spend much time thinking about it or trying to get it?"),
    N_("When using, do you do things you would not normally do?"),
    N_("Do you feel bad or guilty about it?"),
    N_("Have you ever had a problem with alcohol or drugs?"),
    N_("Has anyone in your family ever had one?"),
    N_("Do you feel that you have a problem now?"),
)
"""The sixteen questions in order, worded shortly after the SSI-SA (SAMHSA, public domain); not validated in Khmer."""
INSTRUMENT_NAMES: Final = {
    Instrument.SDQ: Np_("instrument", "SDQ"),
    Instrument.SCAS: Np_("instrument", "SCAS"),
    Instrument.CRAFFT: Np_("instrument", "CRAFFT"),
    Instrument.ASSIST: Np_("instrument", "ASSIST"),
}
INFORMANT_NAMES: Final = {
    Informant.SELF: Np_("who answered", "The young person"),
    Informant.PARENT: Np_("who answered", "A parent"),
    Informant.TEACHER: Np_("who answered", "A teacher"),
}
ADMINISTERED_NAMES: Final = {
    Administered.SELF: Np_("how a paper was answered", "Filled in alone"),
    Administered.READ_ALOUD: Np_("how a paper was answered", "Read aloud"),
}
SCALE_NAMES: Final = {
    "emotional": Np_("scale of an instrument", "Emotional problems"),
    "conduct": Np_("scale of an instrument", "Conduct problems"),
    "hyperactivity": Np_("scale of an instrument", "Hyperactivity"),
    "peer": Np_("scale of an instrument", "Peer problems"),
    "prosocial": Np_("scale of an instrument", "Prosocial behaviour"),
    "impact": Np_("scale of an instrument", "Impact"),
    "separation": Np_("scale of an instrument", "Separation anxiety"),
    "social": Np_("scale of an instrument", "Social anxiety"),
    "obsessive": Np_("scale of an instrument", "Obsessive-compulsive"),
    "panic": Np_("scale of an instrument", "Panic and open places"),
    "injury": Np_("scale of an instrument", "Fear of injury"),
    "general": Np_("scale of an instrument", "General anxiety"),
    "t_score": Np_("scale of an instrument", "T-score"),
    "total": Np_("scale of an instrument", "Total"),
    "tobacco": Np_("scale of an instrument", "Tobacco"),
    "alcohol": Np_("scale of an instrument", "Alcohol"),
    "cannabis": Np_("scale of an instrument", "Cannabis"),
    "stimulants": Np_("scale of an instrument", "Stimulants"),
    "inhalants": Np_("scale of an instrument", "Inhalants"),
    "sedatives": Np_("scale of an instrument", "Sedatives"),
    "opioids": Np_("scale of an instrument", "Opioids"),
    "other": Np_("scale of an instrument", "Other"),
}
"""The scales by the names that ``domain.scores.SCALES`` gives them."""
SCORE_BAND_NAMES: Final = {
    ScoreBand.AVERAGE: Np_("band of a score", "Close to average"),
    ScoreBand.RAISED: Np_("band of a score", "Slightly raised"),
    ScoreBand.HIGH: Np_("band of a score", "High"),
    ScoreBand.VERY_HIGH: Np_("band of a score", "Very high"),
    ScoreBand.LOWERED: Np_("band of a score", "Slightly lowered"),
    ScoreBand.LOW: Np_("band of a score", "Low"),
    ScoreBand.VERY_LOW: Np_("band of a score", "Very low"),
    ScoreBand.USUAL: Np_("band of a score", "Not elevated"),
    ScoreBand.ELEVATED: Np_("band of a score", "Elevated"),
    ScoreBand.NEGATIVE: Np_("band of a score", "Negative"),
    ScoreBand.POSITIVE: Np_("band of a score", "Positive: look closer"),
    ScoreBand.LOW_RISK: Np_("band of a score", "Low risk"),
    ScoreBand.MODERATE_RISK: Np_("band of a score", "Moderate risk"),
    ScoreBand.HIGH_RISK: Np_("band of a score", "High risk"),
}
