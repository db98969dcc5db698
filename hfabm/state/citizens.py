"""Citizens at risk of homelessness (borgere i hjemløshed eller i risiko for hjemløshed)."""

from __future__ import annotations

from hfabm.calendar import NEVER
from hfabm.engine.agents import Row
from hfabm.engine.table import Array, Table, code, flag, integer, large, link, real
from hfabm.state.codes import NOBODY, Exit, Housing, Sex, SupportMethod, TenancyStart
from hfabm.units import Unit


class Citizen(Row):
    """An adult who is homeless, has been, or has a raised hazard of it."""

    # who: first values by `inflow`, for life
    uid = large(-1, Unit.IDENTITY, "Identity for life; luck hangs on it.")
    municipality_row = integer(NOBODY, Unit.ROW, "Municipality that pays (handlekommune).")
    municipality = link("municipality_row", "Municipality")
    birth_week = integer(0, Unit.WEEK, "Week of birth.")
    sex = code(Sex.MAN, "Sex as registered.")
    frailty = real(1.0, Unit.RATIO, "Unobservable multiplier on losing a home; log-normal, fixed for life.")
    arrived_week = integer(0, Unit.WEEK, "Week the person entered the simulated population.")
    arrives_as = code(Housing.OWN_HOME, "Where the person is on entering.")
    arrives_since_week = integer(0, Unit.WEEK, "Week the housing state on entering began.")

    # pressure: `needs`
    mental_illness = integer(0, Unit.SCORE, "0 none, 1 moderate, 2 severe.")
    substance_use = integer(0, Unit.SCORE, "0 none, 1 moderate, 2 severe.")
    in_treatment = flag("In psychiatric or substance-use treatment.")
    skills = real(0.5, Unit.SHARE, "Living skills (boevne), 0 to 1.")
    ties = real(0.5, Unit.SHARE, "Social ties, 0 to 1.")

    # pressure: `income`
    employed = flag("In a job or in education.")
    income_dkk_month = real(0.0, Unit.DKK_MONTH, "Income after tax, before housing benefit, at current prices.")
    rent_share = real(0.0, Unit.SHARE, "Rent less housing benefit, as a share of income; 0 without a home.")

    debt_dkk = real(0.0, Unit.DKK, "Debt from rent owed when homes were lost.")

    # intents: `exits`, `shelter`, `staircase`, `allocation`, `letting`
    exit_intent = code(Exit.NONE, "Leaves the population this week.")
    seeks = code(Housing.ARRIVING, "Place the person turns to this week; ARRIVING where none.")
    next_step = integer(0, Unit.SCORE, "Step of the staircase the municipality offers this week; 0 none.")
    offered_dwelling_row = integer(NOBODY, Unit.ROW, "Dwelling allocated and accepted this week.")
    offered_track = code(TenancyStart.HOUSING_FIRST, "Track that the allocation came through.")
    found_dwelling_row = integer(NOBODY, Unit.ROW, "Dwelling found without the municipality this week.")

    # the municipality's weighing: `casework`
    pressing = real(0.0, Unit.SHARE, "How much the end of the refund makes the municipality hurry, 0 to 1.")
    sent_to_shelter = flag("Asked to go through a shelter first, so that support will be co-paid.")
    way_out = flag("In a § 107 place that was offered instead of a shelter bed.")
    place_ends = flag("That place is no longer co-paid, and ends this week.")
    offered_107 = flag("Offered a § 107 place this week instead of a shelter bed.")

    # where: `moves` alone
    housing = code(Housing.ARRIVING, "Where the person is.")
    housing_since_week = integer(NEVER, Unit.WEEK, "Week the housing state began.")
    tenancy_row = integer(NOBODY, Unit.ROW, "Running tenancy.")
    home = link("tenancy_row", "Tenancy")
    lost_tenancy_row = integer(NOBODY, Unit.ROW, "Tenancy lost last.")
    lost_home = link("lost_tenancy_row", "Tenancy")
    shelter_row = integer(NOBODY, Unit.ROW, "Shelter or institution the person has a place in.")
    place = link("shelter_row", "Shelter")
    stay_row = integer(NOBODY, Unit.ROW, "Open stay there.")
    homeless_since_week = integer(NEVER, Unit.WEEK, "Week the present spell of homelessness began.")
    homeless_weeks = integer(0, Unit.WEEKS, "Weeks homeless so far, all spells.")
    spells = integer(0, Unit.COUNT, "Spells of homelessness so far.")
    left_shelter_week = integer(NEVER, Unit.WEEK, "Last week of the latest § 110 stay.")
    ever_in_shelter = flag("Has ever stayed in a § 110 shelter.")
    placed_week = integer(NEVER, Unit.WEEK, "Latest placement in a home through the municipality.")
    placements = integer(0, Unit.COUNT, "Placements in a home through the municipality so far.")

    # referral: `referral`; support: `support`; offers: `allocation`
    referral_row = integer(NOBODY, Unit.ROW, "Open referral.")
    decided_week = integer(NEVER, Unit.WEEK, "Week the municipality decided on support (§ 85 a).")
    in_need_since_week = integer(NEVER, Unit.WEEK, "Week the municipality came to know of the need for a home.")
    case_row = integer(NOBODY, Unit.ROW, "Open support case.")
    case = link("case_row", "Case")
    method = code(SupportMethod.NONE, "Method of the open case.")
    dose = real(0.0, Unit.SHARE, "Support received this week, 0 to 1, fidelity included.")
    offers_declined = integer(0, Unit.COUNT, "Offers of a dwelling declined since the referral.")

    # law: `reimbursement`
    running_year_day = integer(NEVER, Unit.DAYS, "Day of the run on which the running year of § 110 days began.")
    shelter_days = integer(0, Unit.DAYS, "§ 110 days in the running year, this week's included.")
    refunded_days = integer(0, Unit.DAYS, "§ 110 days of this week that the state co-pays.")
    refund_in_view = flag("Specialised support decided on now, for a home from here, would be co-paid.")
    refund_clock_week = integer(NEVER, Unit.WEEK, "First discharge that started the clock of § 176 a.")
    support_refunded = flag("Support is co-paid by the state this week.")

    # money: `spending`
    cost_ore = large(0, Unit.ORE, "Public cost of the person this week, all payers, before refunds.")
    net_municipal_ore = large(0, Unit.ORE, "Cost to the paying municipality this week, after refunds.")
    from_107_week = integer(NEVER, Unit.WEEK, "Discharge from which co-paid § 107 days count.")
    days_107 = integer(0, Unit.DAYS, "§ 107 days co-paid since then.")
    year_services_ore = large(0, Unit.ORE, "Net cost of social services this year, before the central refund.")

    @classmethod
    def alive(cls, table: Table, rows: Array, week: int) -> Array:
        """Those who are not gone, or went this week."""
        here: Array = table.housing[rows] != Housing.GONE
        now: Array = table.housing_since_week[rows] == week
        return here | now

    @property
    def at_home(self) -> bool:
        """In an own home."""
        return self.housing == Housing.OWN_HOME

    @property
    def present(self) -> bool:
        """Settled somewhere, not gone."""
        return self.housing < Housing.GONE

    @property
    def homeless(self) -> bool:
        """Homeless as the national count defines it."""
        return self.housing != Housing.OWN_HOME and self.housing != Housing.INSTITUTION and self.housing < Housing.GONE
