"""Section: introduction. What the report is, and how to read its figures; no figure of its own."""

from __future__ import annotations

from orchestration.report.context import Context
from orchestration.report.document import (
    BulletList,
    Definition,
    DefinitionList,
    Section,
)
from orchestration.report.formatting import month_text
from orchestration.report.sections.wording import ref, say

ID = "introduction"


def build(context: Context) -> Section:
    """Purpose, period, conventions."""
    period = month_text(context.month)
    return Section(
        ID,
        "Introduction",
        (
            say(
                "The Smart Energy Code asks the Data Communications Company (DCC) to show each "
                "month how "
                f"well its Services worked. This report covers {period}. It is made for the "
                f"Operations "
                "Group, the SEC Panel, SEC Parties and the Authority."
            ),
            say(
                "Code Performance Measures come from sections H13.1 and L8.6 of the Code. The "
                "Service "
                "Provider Performance Measures are those of the Reported List. Where a level "
                "misses its target the report prints the commentary supplied for it; where it "
                "misses its minimum, also what was said to be done about it."
            ),
        ),
        (
            Section(
                "reading-the-figures",
                "Reading the figures",
                (
                    BulletList(
                        (
                            say(
                                f"Every time is local time ({context.marts.time_zone}). The "
                                f"month is the "
                                "local calendar month, and what was open or awaiting is what "
                                "stood so at "
                                "00:00 on the first day of the month after."
                            ),
                            say(
                                "A percentage is shown with two decimals, rounded half up, and "
                                "is held "
                                "against its target as shown. A share just short of 100 is "
                                "never shown as "
                                "100.00%, nor one just above nothing as 0.00%."
                            ),
                            say(
                                "A previous level is the one that the latest issue of the "
                                "previous period "
                                "published, not a later recalculation. Where the two differ, ",
                                ref("restatements"),
                                " says so.",
                            ),
                            say("How each figure is made is in ", ref("methodology"), "."),
                        )
                    ),
                ),
            ),
            Section(
                "statuses",
                "Statuses and levels in words",
                (
                    DefinitionList(
                        (
                            Definition(
                                "Above Target", "the shown level is at or better than the target"
                            ),
                            Definition(
                                "Below Target",
                                "the shown level misses the target and is at or better than the "
                                "minimum",
                            ),
                            Definition("Below Minimum", "the shown level misses the minimum"),
                            Definition(
                                "No Events",
                                "the measure applies, and nothing happened to be measured",
                            ),
                            Definition(
                                "Data Exempted",
                                "things happened, and all of them are on the agreed list of "
                                "exceptions",
                            ),
                            Definition(
                                "Not Reported", "no level was given, nor what it is computed of"
                            ),
                        )
                    ),
                    say(
                        "For a measure where less is better, such as a number of incidents, at "
                        "or better "
                        "means at or under. A level in words has no status."
                    ),
                ),
            ),
        ),
    )
