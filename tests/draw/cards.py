"""The fictional councils and directorates that the layouts are drawn from."""

from __future__ import annotations

from .model import NA, Card, Priority, Section, compound, days, gbp, lettered, line, million, num, pct, say

CARE, HOMES = "Adult Social Care and Health", "Housing and Communities"
ADULT = Card(
    "Wexbourne Borough Council",
    "Adult Social Care",
    "2014/15",
    2,
    (
        Section(
            "Contribution to Council Priorities",
            (
                Priority(
                    "Help people to live independently",
                    "The reablement service took on 412 people in the quarter, of whom 335 needed no further support at "
                    "91 days. The falls clinic at the Linden Centre opened on 1 September. Recruitment of occupational "
                    "therapists remains difficult, and two posts are covered by an agency until January.",
                    "Amber",
                    CARE,
                    (
                        line(
                            "Older people still at home 91 days after discharge into reablement",
                            pct(85),
                            pct(83.1, 1),
                            pct(81.3, 1),
                        ),
                        line(
                            "Permanent admissions to residential care per 100,000 aged 65 and over",
                            num(560),
                            num(141),
                            num(298),
                        ),
                        line(
                            "People using telecare at the end of the quarter", num(3200), num(2987), num(3054)
                        ),
                    ),
                ),
                Priority(
                    "Keep vulnerable adults safe",
                    "A multi-agency hub now screens every alert within one working day. The annual report was approved by "
                    "the Safeguarding Adults Board on 18 September 2014.",
                    "Green",
                    CARE,
                    (
                        line("Safeguarding referrals decided within 24 hours", pct(95), pct(94), pct(97)),
                        line("Adults who say that services made them feel safe", pct(80), NA, NA),
                    ),
                ),
            ),
        ),
        Section(
            "Directorate Priorities",
            (
                Priority(
                    "Give carers the support they need",
                    "The new carers' strategy was agreed in July. 1,120 carers were assessed in the half year, up from 987 "
                    "in the same period of last year.",
                    "Green",
                    CARE,
                    (
                        line(
                            "Carers receiving an assessment or review",
                            compound("10% increase or 2,200", 2200, "", "2,200"),
                            num(561),
                            num(1120),
                        ),
                        line("Carers' quality of life score", num(8.2, 1), NA, NA),
                    ),
                ),
                Priority(
                    "Move people out of hospital without delay",
                    "Delays rose in August when two nursing homes closed to new residents. A winter plan with the hospital "
                    "trust starts on 1 November with 12 more beds at Linden Court.",
                    "Red",
                    CARE,
                    (
                        line(
                            "Delayed transfers per 100,000: a) all b) due to social care",
                            lettered(num(9.5, 1), num(3.0, 1)),
                            lettered(num(10.2, 1), num(3.3, 1)),
                            lettered(num(12.7, 1), num(4.1, 1)),
                        ),
                        line("Average wait for a care package", days(5), days(6.5, 1), days(8.0, 1)),
                    ),
                ),
                Priority(
                    "Publish a market position statement",
                    "A draft went to providers in August; the final text follows in December 2014.",
                    "Green",
                    "Leader",
                ),
                Priority(
                    "Spend within our means",
                    "Savings of £1.9m are on track. The overspend in learning disability placements is being met from the "
                    "transition reserve.",
                    "",
                    "Finance and Resources",
                    (
                        line("Variation from agreed budget", gbp(0), gbp(0), gbp(184_000)),
                        line("Invoices paid on time", pct(95), pct(96), pct(96)),
                    ),
                ),
            ),
        ),
    ),
)

HOUSING = Card(
    "Ashcombe District Council",
    "Housing Services",
    "2015/16",
    3,
    (
        Section(
            "",
            (
                Priority(
                    "Make the best use of our homes",
                    "Void times fell for the third quarter running after the repairs and lettings teams moved into one "
                    "office.",
                    "Green",
                    HOMES,
                    (
                        line("Average time to relet a council home", days(24), days(29), days(26), days(23)),
                        line(
                            "Rent collected as a share of rent due",
                            pct(98.5, 1),
                            pct(97.2, 1),
                            pct(97.9, 1),
                            pct(98.1, 1),
                        ),
                        line(
                            "Rent lost through empty homes",
                            gbp(185_000),
                            gbp(51_230),
                            gbp(98_415),
                            gbp(140_002),
                        ),
                    ),
                ),
                Priority(
                    "Repair homes well and on time",
                    "The contractor missed its appointment standard in October and November. Weekly meetings are held until "
                    "two months in a row reach 95%.",
                    "Red",
                    HOMES,
                    (
                        line(
                            "Emergency repairs completed within 24 hours", pct(99), pct(98), pct(99), pct(97)
                        ),
                        line("Repairs completed at the first visit", pct(90), pct(88), pct(84), pct(79)),
                        line(
                            "Tenants satisfied with the repairs service",
                            pct(92),
                            say("Not available", "not_available"),
                            pct(90.4, 1),
                            pct(86.2, 1),
                        ),
                    ),
                ),
                Priority(
                    "Prevent homelessness",
                    "The number of families in temporary accommodation is the lowest since 2011. No family has been in bed "
                    "and breakfast for more than six weeks.",
                    "Amber",
                    HOMES,
                    (
                        line("Households in temporary accommodation", num(60), num(71), num(66), num(58)),
                        line(
                            "Households helped before they became homeless",
                            num(400),
                            num(96),
                            num(188),
                            num(301),
                        ),
                        line(
                            "Families in bed and breakfast for over 6 weeks", num(0), num(2), num(0), num(0)
                        ),
                    ),
                ),
                Priority(
                    "Build more affordable homes",
                    "The Mill Lane scheme of 38 homes was handed over in December.",
                    "Green",
                    "Planning and Economy",
                    (
                        line("Affordable homes completed, year to date", num(120), num(18), num(41), num(97)),
                        line(
                            "Homes made available through downsizing",
                            say("To be set", "awaited"),
                            num(4),
                            num(9),
                            say("TBC", "awaited"),
                        ),
                    ),
                ),
            ),
        ),
    ),
)

ROADS = "Roads and Transport"
HIGHWAYS = Card(
    "Northmere County Council",
    "Highways and Transport",
    "2013/14",
    3,
    (
        Section(
            "",
            (
                Priority(
                    "Keep the county moving",
                    "Works on the Eastgate viaduct finished two weeks early.",
                    "Green",
                    ROADS,
                    (
                        line(
                            "Average delay at works on main roads (minutes)",
                            num(4.0, 1),
                            num(4.4, 1),
                            num(4.1, 1),
                            num(3.6, 1),
                            way="up",
                            owner="J Hartley",
                            comments="Fewer works in the quarter.",
                            baseline=num(5.2, 1),
                            previous_year=num(4.9, 1),
                            floor=num(5.0, 1),
                        ),
                        line(
                            "Buses on time at intermediate stops",
                            pct(88),
                            pct(85),
                            pct(86),
                            pct(87),
                            way="up",
                            owner="P Nwosu",
                            comments="Route 14 to be re-timed in February.",
                            baseline=pct(81),
                            previous_year=pct(84),
                            floor=pct(80),
                        ),
                    ),
                ),
                Priority(
                    "Look after roads and pavements",
                    "The pothole backlog grew after the floods of December.",
                    "Amber",
                    ROADS,
                    (
                        line(
                            "Principal roads in need of repair",
                            pct(6),
                            NA,
                            NA,
                            pct(7),
                            way="down",
                            owner="J Hartley",
                            comments="Yearly survey, published in November.",
                            baseline=pct(8),
                            previous_year=pct(6),
                            floor=pct(9),
                        ),
                        line(
                            "Dangerous defects made safe within 24 hours",
                            pct(99),
                            pct(98),
                            pct(97),
                            pct(92),
                            way="down",
                            owner="J Hartley",
                            baseline=pct(90),
                            previous_year=pct(96),
                            floor=pct(95),
                        ),
                        line(
                            "Street lights working",
                            pct(99.0, 1),
                            pct(98.9, 1),
                            pct(98.9, 1),
                            pct(98.9, 1),
                            way="same",
                            owner="L Brandt",
                            comments="LED replacement starts in April.",
                            baseline=pct(97.5, 1),
                            previous_year=pct(98.4, 1),
                            floor=pct(97.0, 1),
                        ),
                    ),
                ),
                Priority(
                    "Make roads safer",
                    "Three fatal collisions on the A-road between Thorley and the coast are being investigated with the police.",
                    "Red",
                    "Community Safety",
                    (
                        line(
                            "People killed or seriously injured, year to date",
                            num(110),
                            num(31),
                            num(64),
                            num(98),
                            way="down",
                            owner="S Okafor",
                            comments="Target will be missed.",
                            baseline=num(152),
                            previous_year=num(127),
                            floor=num(130),
                        ),
                        line(
                            "Children trained to cycle safely",
                            num(4500),
                            num(1310),
                            num(1402),
                            num(3988),
                            way="up",
                            owner="S Okafor",
                            baseline=num(3200),
                            previous_year=num(4120),
                            floor=num(4000),
                        ),
                        line(
                            "Cost of winter service",
                            million(2.1),
                            gbp(0),
                            gbp(35_000),
                            million(1.4),
                            way="same",
                            owner="L Brandt",
                            baseline=million(1.8),
                            previous_year=million(2.4),
                            floor=million(2.5),
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def kpi(name, target, previous, latest, floor, rag, before, way, reference=""):  # type: ignore[no-untyped-def]
    """A KPI of the first quarter with its rating, the rating before, floor and direction."""
    return line(
        name,
        target,
        latest,
        rag=rag,
        way=way,
        reference=reference,
        previous=previous,
        floor=floor,
        rag_previous=before,
    )


CUSTOMER = Card(
    "Ashcombe District Council",
    "Customer Services",
    "2016/17",
    1,
    (
        Section(
            "Contact Centre",
            (
                Priority(
                    "",
                    measures=(
                        kpi(
                            "Calls answered within 30 seconds",
                            pct(80),
                            pct(76.4, 1),
                            pct(81.2, 1),
                            pct(70),
                            "Green",
                            "Amber",
                            "up",
                            "CS01",
                        ),
                        kpi(
                            "Calls abandoned",
                            pct(5),
                            pct(6.1, 1),
                            pct(4.8, 1),
                            pct(8),
                            "Green",
                            "Amber",
                            "up",
                            "CS02",
                        ),
                        kpi(
                            "Average time to answer (seconds)",
                            num(45),
                            num(58),
                            num(41),
                            num(60),
                            "Green",
                            "Amber",
                            "up",
                            "CS03",
                        ),
                        kpi(
                            "Complaints answered within 10 working days",
                            pct(90),
                            pct(88),
                            pct(71),
                            pct(80),
                            "Red",
                            "Amber",
                            "down",
                            "CS04",
                        ),
                        kpi(
                            "Customers satisfied with the call",
                            pct(85),
                            pct(86),
                            pct(86),
                            pct(80),
                            "Green",
                            "Green",
                            "same",
                            "CS05",
                        ),
                    ),
                ),
            ),
        ),
        Section(
            "Revenues and Benefits",
            (
                Priority(
                    "",
                    measures=(
                        kpi(
                            "Council tax collected in the year to date",
                            pct(29.5, 1),
                            pct(98.1, 1),
                            pct(29.3, 1),
                            pct(28.0, 1),
                            "Amber",
                            "Green",
                            "same",
                            "RB01",
                        ),
                        kpi(
                            "Business rates collected in the year to date",
                            pct(30.0, 1),
                            pct(98.9, 1),
                            pct(31.2, 1),
                            pct(28.0, 1),
                            "Green",
                            "Green",
                            "up",
                            "RB02",
                        ),
                        kpi(
                            "Average time to process a new claim",
                            days(20),
                            days(22.4, 1),
                            days(25.1, 1),
                            days(24),
                            "Red",
                            "Amber",
                            "down",
                            "RB03",
                        ),
                        kpi(
                            "Average time to process a change",
                            days(8),
                            days(7.1, 1),
                            days(7.9, 1),
                            days(10),
                            "Green",
                            "Green",
                            "down",
                            "RB04",
                        ),
                        kpi(
                            "Overpaid benefit recovered",
                            gbp(150_000),
                            gbp(148_220),
                            gbp(139_507),
                            gbp(130_000),
                            "Amber",
                            "Amber",
                            "down",
                            "RB05",
                        ),
                        kpi(
                            "Discretionary payments made",
                            num(300),
                            num(264),
                            num(305),
                            num(250),
                            "Green",
                            "Amber",
                            "up",
                            "RB06",
                        ),
                    ),
                ),
            ),
        ),
    ),
)


def pair(name, rag, way, *cells):  # type: ignore[no-untyped-def]
    """A measure with target, actual and rating of each quarter: cells come in threes."""
    targets, actuals, ratings = cells[0::3], cells[1::3], cells[2::3]
    extra = {f"t{number}": target for number, target in enumerate(targets, 1) if target is not None}
    extra |= {f"r{number}": rating for number, rating in enumerate(ratings, 1) if rating}
    return line(name, None, *actuals, rag=rag, way=way, **extra)


HEALTH = Card(
    "London Borough of Eastmarsh",
    "Public Health",
    "2017/18",
    3,
    (
        Section(
            "",
            (
                Priority(
                    "",
                    measures=(
                        pair(
                            "Health checks offered to people aged 40 to 74",
                            "Green",
                            "",
                            num(2500),
                            num(2610),
                            "Green",
                            num(2500),
                            num(2390),
                            "Amber",
                            num(2600),
                            num(2655),
                            "Green",
                        ),
                        pair(
                            "Health checks taken up",
                            "Amber",
                            "",
                            pct(50),
                            pct(47),
                            "Amber",
                            pct(50),
                            pct(44),
                            "Red",
                            pct(52),
                            pct(49),
                            "Amber",
                        ),
                        pair(
                            "Smokers who quit for four weeks",
                            "Red",
                            "",
                            num(110),
                            num(96),
                            "Amber",
                            num(110),
                            num(71),
                            "Red",
                            num(120),
                            num(68),
                            "Red",
                        ),
                        pair(
                            "New birth visits within 14 days",
                            "Green",
                            "",
                            pct(90),
                            pct(93.5, 1),
                            "Green",
                            pct(90),
                            pct(92.0, 1),
                            "Green",
                            pct(90),
                            pct(94.1, 1),
                            "Green",
                        ),
                        pair(
                            "Babies breastfed at 6 to 8 weeks",
                            "Amber",
                            "",
                            pct(55),
                            NA,
                            "",
                            pct(55),
                            pct(53.2, 1),
                            "Amber",
                            pct(55),
                            pct(54.0, 1),
                            "Amber",
                        ),
                        pair(
                            "Opiate users completing treatment",
                            "Green",
                            "",
                            pct(8),
                            pct(8.4, 1),
                            "Green",
                            pct(8),
                            pct(8.1, 1),
                            "Green",
                            pct(8),
                            pct(8.6, 1),
                            "Green",
                        ),
                        pair(
                            "Schools with a healthy schools award",
                            "Amber",
                            "",
                            num(30),
                            num(24),
                            "Red",
                            num(32),
                            num(29),
                            "Amber",
                            num(34),
                            num(33),
                            "Amber",
                        ),
                    ),
                ),
            ),
        ),
    ),
)

YOUNG, SKILLS = "Children's Services", "Schools and Skills"
SAFE = (
    "Demand at the front door rose by 9% against the same quarter of last year, most of it from police notifications. "
    "Two peripatetic social workers started in July to bring caseloads back to eighteen or fewer. An external review of "
    "thresholds, commissioned by the Safeguarding Board, found that decisions were sound in 46 of the 50 cases it read, "
    "and asked us to record the child's own view more clearly. Training on this runs from October to December."
)
CHILDREN = Card(
    "Strathley Metropolitan Borough Council",
    "Children and Families",
    "2018/19",
    2,
    (
        Section(
            "Safe and Well",
            (
                Priority(
                    "Protect children from harm",
                    SAFE,
                    "Amber",
                    YOUNG,
                    (
                        line("Contacts decided within one working day", pct(95), pct(93), pct(91)),
                        line(
                            "Assessments completed within 45 working days",
                            pct(90),
                            pct(88.4, 1),
                            pct(86.9, 1),
                        ),
                        line("Child protection visits made on time", pct(95), pct(96), pct(94)),
                        line("Children on a second or further plan", pct(18), pct(17.2, 1), pct(19.0, 1)),
                    ),
                ),
                Priority(
                    "Give children in care a stable home",
                    "At the end of September we looked after 512 children, 9 more than in June. Fourteen new foster families "
                    "were approved in the half year against a plan of ten, and no child under eleven is living in residential "
                    "care. Placements out of the borough are reviewed by the Head of Service every month.",
                    "Green",
                    YOUNG,
                    (
                        line("Children looked after at quarter end", say("Monitor"), num(503), num(512)),
                        line("Three or more placements in the year", pct(10), pct(7.9, 1), pct(8.2, 1)),
                        line("Foster families approved", num(20), num(6), num(14)),
                    ),
                ),
                Priority(
                    "Support families early",
                    "Early help assessments are now shared with schools through one system. Use of children's centres was "
                    "lower in the summer because Ashfield was closed for repairs to its roof.",
                    "Green",
                    YOUNG,
                    (
                        line("Early help assessments started", num(900), num(241), num(463)),
                        line("Families turned around", num(320), num(78), num(171)),
                        line("Children under five seen at a children's centre", pct(65), pct(61), pct(58)),
                    ),
                ),
            ),
        ),
        Section(
            "Learning and Achieving",
            (
                Priority(
                    "Every school a good school",
                    "Four schools were inspected in the quarter: three are good, and one moved from good to requires "
                    "improvement. Its governors have agreed a plan with us that is reviewed each half term.",
                    "Amber",
                    SKILLS,
                    (
                        line("Primary schools rated good or outstanding", pct(90), pct(89), pct(88)),
                        line("Secondary schools rated good or outstanding", pct(80), pct(75), pct(75)),
                        line("Persistent absence", pct(10.5, 1), pct(11.3, 1), NA),
                    ),
                ),
                Priority(
                    "No young person left behind",
                    "The September guarantee reached 98.7% of young people aged 16 and 17.",
                    "Green",
                    SKILLS,
                    (
                        line(
                            "Young people not in education, employment or training",
                            pct(4.5, 1),
                            pct(4.1, 1),
                            pct(3.9, 1),
                        ),
                        line("Care leavers in education, employment or training", pct(55), pct(51), pct(57)),
                        line("Apprenticeships started with the council", num(60), num(11), num(38)),
                    ),
                ),
                Priority(
                    "Plans for children with special needs on time",
                    "The backlog of 63 plans was cleared in August by an additional team, paid for from the high needs reserve.",
                    "Red",
                    SKILLS,
                    (
                        line("Plans issued within 20 weeks", pct(75), pct(38), pct(49)),
                        line("Transfer reviews outstanding", num(0), num(112), num(63)),
                        line(
                            "Average cost of a placement outside the borough",
                            gbp(48_500),
                            gbp(51_200),
                            gbp(50_870),
                        ),
                        line("Tribunals registered", say("Fewer than last year"), num(3), num(7)),
                    ),
                ),
            ),
        ),
    ),
)

CULTURE = Card(
    "London Borough of Eastmarsh",
    "Culture and Leisure",
    "2013/14",
    1,
    (
        Section(
            "",
            (
                Priority(
                    "Get more people active",
                    "The new pool opened in May and drew 21,400 swims in its first month.",
                    "Green",
                    "Culture",
                    (
                        line("Visits to leisure centres", num(410_000), num(109_350)),
                        line("Adults taking part in sport each week", pct(37.5, 1), NA),
                        line("Free swims by under 16s", num(12_000), num(3_871)),
                    ),
                ),
                Priority(
                    "Libraries at the heart of the community",
                    "Issues fall as elsewhere; e-books have doubled.",
                    "Amber",
                    "Culture",
                    (
                        line("Library visits per 1,000 residents", num(5100), num(1204)),
                        line("Requests met within 7 days", pct(70), pct(68.2, 1)),
                        line(
                            "Children finishing the summer reading challenge",
                            num(2200),
                            say("Not due", "not_due"),
                        ),
                    ),
                ),
            ),
        ),
    ),
)
