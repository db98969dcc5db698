"""What the law says, a sentence for each rule, for people who design policy.

Each constant is named after the parameter whose `says` it is. The sentences say what `law` says in numbers:
section, amount, condition, and the Danish term where that helps.
"""

from __future__ import annotations

from hfabm.parameters.declare import Heading, Says

RATE = Says(
    Heading.SHELTER,
    "The state refunds {value} of the municipality's net cost of co-paid days and support (statsrefusion, "
    "Act on Social Services).",
    absent="state refund of shelter days and support (statsrefusion)",
)
DAYS_COUNTED = Says(
    Heading.SHELTER,
    "§ 110 days are counted citizen by citizen, from the first admission after the count came into force.",
    absent="count of § 110 days in a running year (løbende år)",
)
SHELTER_DAYS = Says(
    Heading.SHELTER,
    "At most {value} of § 110 stays (forsorgshjem, herberg) are co-paid per citizen and running year (løbende år).",
    at={
        0: "No day of a § 110 stay is co-paid.",
        366: "Up to 366 days of § 110 stays are co-paid per citizen and running year: no limit while that is a year.",
    },
    part_of="days_counted",
    alone="Every day of a § 110 stay (forsorgshjem, herberg) is co-paid: there is no limit.",
)
RUNNING_YEAR_DAYS = Says(
    Heading.SHELTER,
    "A running year (løbende år) begins with the first counted admission and lasts {value}; then the count of "
    "§ 110 days starts again at 0.",
    part_of="days_counted",
)
RATE_BEYOND = Says(
    Heading.SHELTER,
    "Of the § 110 days beyond the limit the state refunds {value}.",
    absent="refund of § 110 days beyond the limit",
    part_of="days_counted",
)
DAYS_FOR_SHORTAGE = Says(
    Heading.SHELTER,
    "Where no cheap dwelling can be allocated, {value} more per running year are co-paid; fewer where some can.",
    absent="more co-paid days where cheap dwellings are short",
    part_of="days_counted",
)
ELSEWHERE_STATE = Says(
    Heading.SHELTER,
    "Of the net cost of a § 110 stay in another municipality the state bears {value}, and its days do not count.",
    absent="days in another municipality's shelter borne by the state",
)
OWN_PAYMENT = Says(
    Heading.PRICES,
    "For lodging in a § 110 shelter the citizen pays {value} (egenbetaling). Rates are known for 2018 to 2021; the "
    "nearest stands for other years.",
    absent="own payment for lodging in a § 110 shelter (egenbetaling)",
)

SUPPORT_DAYS = Says(
    Heading.SUPPORT,
    "The state refunds § 85 a support (CTI, ICM, ACT) for up to {value} from the first discharge from a § 110 shelter "
    "(§ 176 a). Ordinary support (§ 85) the municipality bears alone.",
    absent="refund of support in one's own home (§ 85 a, § 176 a)",
)
SUPPORT_TAPER = Says(
    Heading.SUPPORT,
    "That refund falls by {value} of the cost of support with every full year since the first discharge.",
    absent="refund of support that falls year by year",
    part_of="support_days",
)
RESTARTS_ON_RELAPSE = Says(
    Heading.SUPPORT,
    "Whoever returns to a shelter and is discharged again has the whole time of co-paid support anew.",
    at={False: "The time of co-paid support runs on when somebody returns to a shelter within it (§ 176 a(3))."},
    part_of="support_days",
)
DECISION_BEFORE_DISCHARGE = Says(
    Heading.SUPPORT,
    "Support is co-paid only if it was decided on before discharge, or if the citizen goes from the shelter straight "
    "to a § 107 home (§ 176 a(1)).",
    at={False: "Support is co-paid whether it was decided on before or after discharge."},
    part_of="support_days",
)
AFTER_SHELTER_ONLY = Says(
    Heading.SUPPORT,
    "Whoever is homeless without a § 110 stay, on the street or at friends', may be given § 85 a support, but the "
    "municipality has no refund for it.",
    at={False: "Support is co-paid for whoever moves into a home from homelessness, after a § 110 stay or not."},
    part_of="support_days",
)
PREVENTION = Says(
    Heading.SUPPORT,
    "Help at notice of eviction is co-paid too, and so is support on leaving prison or hospital.",
    absent="refund of prevention: at notice of eviction, on leaving prison or hospital",
)
SUPPORT_STATE_ABOVE = Says(
    Heading.SUPPORT,
    "What § 85 a support of one citizen costs above {value} (prices of {price_year}) the state bears alone.",
    absent="support above a yearly cost borne by the state",
)
REGION_SHARE = Says(
    Heading.SUPPORT,
    "The region bears {value} of the cost of § 85 a support.",
    absent="share of the cost of § 85 a support borne by the region",
)
FLOOR_CASELOAD = Says(
    Heading.SUPPORT,
    "Support is co-paid only from teams with no more than {value}.",
    absent="refund only up to so many cases per caseworker",
)
FLOOR_FIDELITY = Says(
    Heading.SUPPORT,
    "Support is co-paid only where the fidelity of individual support is at least {value}.",
    absent="refund only from a given fidelity of support on",
)
BONUS_YEAR_1 = Says(
    Heading.SUPPORT,
    "For each placed citizen who has held the home for 12 months the state pays {value} (prices of {price_year}).",
    absent="bonus for a home held for 12 months",
)
BONUS_YEAR_2 = Says(
    Heading.SUPPORT,
    "For each placed citizen who has held the home for 24 months the state pays {value} (prices of {price_year}).",
    absent="bonus for a home held for 24 months",
)
CARETAKER_RATE = Says(
    Heading.SUPPORT,
    "The state refunds {value} of the cost of social caretakers (sociale viceværter).",
    absent="refund of social caretakers (sociale viceværter)",
)

SECTION_107_DAYS = Says(
    Heading.SECTION_107,
    "After a § 110 stay the state refunds up to {value} of a § 107 stay (midlertidigt botilbud), if it was decided on "
    "before discharge (§ 176 a(2)).",
    absent="refund of a § 107 stay after a shelter (§ 176 a)",
)
SECTION_107_WITHIN_DAYS = Says(
    Heading.SECTION_107,
    "The co-paid days of a § 107 stay must lie within {value} of discharge from the shelter.",
    part_of="section_107_days",
)

ALLOCATION_RIGHT = Says(
    Heading.ALLOCATION,
    "The municipality may allocate up to {value} of the social family dwellings that fall vacant (boligsocial "
    "anvisning, Act on Social Housing § 59), and more where it agrees so with the landlord.",
    absent="right to allocate vacant social dwellings (boligsocial anvisning, § 59)",
)
VACANCY_RENT = Says(
    Heading.ALLOCATION,
    "For a dwelling it may allocate, the municipality pays {value} of the rent from the day it is available until it "
    "is let (tomgangsleje, § 59).",
    absent="rent paid by the municipality until an allocated dwelling is let",
)
FITTING_OUT = Says(
    Heading.ALLOCATION,
    "When an allocated tenant leaves, the municipality guarantees {value} of the restoration that the tenant owes "
    "(istandsættelse, § 59).",
    absent="guarantee for the restoration of an allocated dwelling (istandsættelse)",
)
ARREARS_COVERED = Says(
    Heading.ALLOCATION,
    "The municipality covers {value} of the arrears of allocated tenants and of the cost of evicting them.",
    at={0: "No guarantee covers arrears (huslejerestance), nuisance, or the cost of an eviction: they stay with the "
        "housing department (afdeling), and so with the neighbours' rents."},
)  # fmt: skip

TRANSITIONAL_REFUND = Says(
    Heading.TRANSITIONAL,
    "In a § 63 transitional dwelling (udslusningsbolig) the citizen pays no more than for lodging in a shelter; the "
    "municipality refunds the rest of rent and charges after housing benefit (Act on Social Services § 163 a).",
    absent="refund of rent in a § 63 transitional dwelling (udslusningsbolig, § 163 a)",
)
TRANSITIONAL_FOR_ALL = Says(
    Heading.TRANSITIONAL,
    "§ 63 dwellings (udslusningsboliger) are for people with greatly reduced mental function or special social "
    "problems, whether they come from a § 107 or § 110 home or not.",
    at={False: "§ 63 dwellings (udslusningsboliger) are for residents of § 107 and § 110 homes only."},
)
PRIVATE_SHARE = Says(
    Heading.PRIVATE,
    "By agreement with a private owner the municipality may allocate up to {value} of the owner's vacancies, with "
    "the same guarantees of rent and restoration (anvisningsretsloven, as read in its text of 2009).",
    absent="allocation of private dwellings by agreement (anvisningsretsloven)",
)
SHELTER_PRICE_CAP = Says(
    Heading.PRICES,
    "A § 110 shelter may charge the municipality at most {value} (prices of {price_year}).",
    absent="cap on the price of a § 110 day; agreed in 2025, but not known to be passed",
)

ABOVE_1 = Says(
    Heading.CENTRAL,
    "The state bears part of very costly cases (den centrale refusionsordning, § 176): of what one citizen under 67 "
    "costs net, by calendar year, above {value} (level of {price_year}).",
)
ABOVE_2 = Says(Heading.CENTRAL, "Its second step begins at {value} (level of {price_year}).")
ABOVE_3 = Says(Heading.CENTRAL, "Its third step begins at {value} (level of {price_year}).")
SHARE_1 = Says(
    Heading.CENTRAL,
    "Of the cost between {above_1} and {above_2} the state bears {value}.",
    absent="first share of the central refund (§ 176)",
)
SHARE_2 = Says(
    Heading.CENTRAL,
    "Of the cost between {above_2} and {above_3} the state bears {value}.",
    absent="second share of the central refund (§ 176)",
)
SHARE_3 = Says(
    Heading.CENTRAL,
    "Of the cost above {above_3} the state bears {value}.",
    absent="third share of the central refund (§ 176)",
)

BENEFIT_ADULT = Says(
    Heading.BENEFITS,
    "Cash benefit (kontanthjælp) from the age of 30, without children, is {value} before tax. Amounts are "
    "known for 2013 to 2024; the nearest stands for other years, and the reform of July 2025 is not in it.",
)
BENEFIT_YOUNG = Says(
    Heading.BENEFITS,
    "Cash or education benefit (kontanthjælp, uddannelseshjælp) under 30 is {value} before tax. Only the "
    "amount of 2023 is known: it stands for later years, and the one before it is assumed.",
)
BENEFITS_MUNICIPAL = Says(
    Heading.BENEFITS,
    "The municipality bears {value} of cash benefit and pension; the state bears the rest.",
    absent="share of cash benefit and pension borne by the municipality",
)
