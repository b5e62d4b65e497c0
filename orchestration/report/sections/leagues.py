"""Sections: Users compared. Leagues of a process, and what is shown by User and day.

Belongs here: tables and bars of leagues, and the charts by User, all under pseudonyms (P1, P2).
Does not belong here: what became of a process's requests altogether (the modules beside this one).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import Context
from orchestration.report.document import Block, Kind, Line, Section, Table
from orchestration.report.marts import Row
from orchestration.report.sections.wording import column, line, say, strong

TOGETHER, RANKED = "LEAGUE", "LEAGUE-PARTIES"
CHANGES_BY_DAY, INSTALLS_BY_DAY = "COS1-DAY", "IC-PRED-PARTY"
OTHERS_NOTE = "Others have no place."
# Rows and panels that fit on a page; the data of the issue has every User.
MOST_ROWS, MOST_PANELS = 36, 8


@dataclass(frozen=True)
class Kinds:
    """What a league counts: its name in the marts, how its table is called, and in words."""

    league: str
    id: str
    title: str
    volume: str
    rule: str

    @property
    def bars(self) -> str:
        """Id of the figures of its chart."""
        return self.id.replace("league", "bars")


OUTCOMES: Mapping[str, Kinds] = {
    "Pre-Payment": Kinds(
        "Top-ups",
        "league_top_ups",
        "Top-ups that reached the device",
        "Top-ups",
        "Top-ups (2.2) with a response and code I0.",
    ),
    "Change of Supplier (Gain)": Kinds(
        "Change of Supplier",
        "league_changes",
        "Changes of supplier that succeeded",
        "Changes",
        "Changes of supplier (6.23) that succeeded, those inferred from a later success included.",
    ),
    "Install and Commission": Kinds(
        "Installs",
        "league_installs",
        "Installs that succeeded",
        "Installs",
        "Devices that a User set out to install on a day and that were installed on it.",
    ),
}
"""The league of outcomes that a process has besides that of its requests."""


def of_process(process: str, name: str) -> tuple[Kinds, ...]:
    """The leagues of a process, that of its outcomes first; `name` is its name in ids."""
    own = Kinds(
        process,
        f"{name}_league",
        f"{process}: requests answered and delivered",
        "Requests",
        "Requests that were answered, with whatever code, and did not fail to be delivered.",
    )
    found = OUTCOMES.get(process)
    return (own,) if found is None else (found, own)


def build(context: Context, kinds: Sequence[Kinds], section_id: str) -> Section | None:
    """The leagues of a process; None when nobody has a place in any of them."""
    blocks: list[Block] = []
    for kind in kinds:
        blocks.extend(_league(context, kind))
    if not blocks:
        return None
    return Section(
        section_id,
        "Users compared",
        (
            say(
                "Users stand under pseudonyms that change each month. Those with fewer than 10 "
                "requests in a league are taken together as Others, and left out where that would "
                "be fewer than two Users or 10 requests. Each User is told its own place in a pack "
                "of its own."
            ),
            *blocks,
        ),
    )


def places(context: Context, league: str) -> list[Row]:
    """The rows of a league, best first, Others last."""
    return context.marts.rows("league_table", "rank, pseudonym", {"league": (league,)})


def standings(rows: Sequence[Row], own: str | None = None) -> list[charts.Standing]:
    """The places of a league as a chart takes them; `own` is the pseudonym of one's own."""
    found = []
    for row in rows:
        share, rank = row.number("succeeded_pct"), row.number("rank")
        if share is not None:
            found.append(
                charts.Standing(
                    None if rank is None else int(rank),
                    row.whole("volume"),
                    share,
                    is_own=row.text("pseudonym") == own,
                )
            )
    return found


def _league(context: Context, kind: Kinds) -> list[Block]:
    rows = places(context, kind.league)
    together = context.measure(TOGETHER, kind.league)
    ranked = context.measure(RANKED, kind.league)
    if not rows or together is None or ranked is None:
        return []
    share = fmt.level(together.number("value"), together.words("value_text"), "percent").text
    count = fmt.level(ranked.number("value"), ranked.words("value_text"), "count").text
    figure = charts.league_figure(
        charts.League(
            f"figure-{kind.id.replace('_', '-')}",
            kind.bars,
            f"{kind.title}: Users from best to worst",
            kind.volume,
            together.number("value"),
            together.number("minimum"),
        ),
        standings(rows),
    )
    said = say(
        kind.rule,
        " All Users together: ",
        strong(share),
        f". Users with a place: {count}.",
    )
    return [said, *([] if figure is None else [figure]), _table(kind, rows)]


def _table(kind: Kinds, rows: Sequence[Row]) -> Table:
    return Table(
        kind.id,
        f"{kind.title}: league of Users",
        (
            column("place", "Place", Kind.COUNT, weight=0.6),
            column("user", "User", weight=1.4),
            column("volume", kind.volume, Kind.COUNT),
            column("succeeded", "Succeeded", Kind.COUNT),
            column("share", "Share", Kind.PERCENT),
        ),
        tuple(_line(row) for row in rows),
        ("league_table",),
        dash_note=OTHERS_NOTE,
        row_header=False,
    )


def _line(row: Row) -> Line:
    share = row.number("succeeded_pct")
    return line(
        fmt.limit(row.number("rank"), "count"),
        fmt.text(row.text("pseudonym")),
        fmt.count(row.whole("volume")),
        fmt.count(row.whole("succeeded")),
        fmt.limit(share, "percent"),
    )


# --- by User and day -----------------------------------------------------------------------------


def _by_volume(context: Context, league: str) -> list[str]:
    """Users with a place in a league, those with most first."""
    ranked = [row for row in places(context, league) if row.number("rank") is not None]
    ranked.sort(key=lambda row: (-row.whole("volume"), row.text("pseudonym")))
    return [row.text("pseudonym") for row in ranked]


def changes_by_day(context: Context) -> list[Block]:
    """Changes of supplier by User and day, beside the share of all of them in the month."""
    together = context.measure(CHANGES_BY_DAY)
    if together is None:
        return []
    order = {user: at for at, user in enumerate(_by_volume(context, "Change of Supplier"))}
    found: list[charts.ShareOfUser] = []
    for row in context.marts.rows("change_of_supplier_by_party", "pseudonym, activity_date"):
        day, share = row.day("activity_date"), row.number("succeeded_pct")
        user = row.text("pseudonym")
        if day is not None and share is not None and order.get(user, MOST_ROWS) < MOST_ROWS:
            found.append(
                charts.ShareOfUser(user, day, row.whole("attempts"), row.whole("succeeded"), share)
            )
    found.sort(key=lambda one: (order[one.user], one.day))
    figure = charts.user_days_figure(
        charts.UserDays(
            "figure-cos-users",
            "cos_users",
            "change_of_supplier_by_party",
            "Changes of supplier that succeeded, by User and day",
            "Changes",
            context.month,
        ),
        found,
    )
    if figure is None:
        return []
    share_text = fmt.level(together.number("value"), together.words("value_text"), "percent").text
    return [
        say(
            "By gaining supplier and day, those with most changes first; a supplier without a "
            "place in the league is in the data alone. All suppliers together, in the month: ",
            strong(share_text),
            ".",
        ),
        figure,
    ]


def installs_by_day(context: Context) -> list[Block]:
    """Installs of the Users with most of them, against their own week before."""
    together = context.measure(INSTALLS_BY_DAY)
    if together is None:
        return []
    users = _by_volume(context, "Installs")[:MOST_PANELS]
    by_user: dict[str, dict[date, Row]] = {user: {} for user in users}
    for row in context.marts.rows("install_by_party", "pseudonym, activity_date"):
        day = row.day("activity_date")
        if day is not None and row.text("pseudonym") in by_user:
            by_user[row.text("pseudonym")][day] = row
    figure = charts.install_figure(
        "installs-users",
        "Installs by User and day: attempted against predicted",
        context.month,
        by_user,
        charts.EXPECTATION,
        source=charts.BY_USER,
    )
    if figure is None:
        return []
    level = fmt.level(together.number("value"), together.words("value_text"), "percent").text
    return [
        say(
            "By User, those with most installs; the others are in the data alone. Attempted "
            "against predicted, all Users and days with a prediction together: ",
            strong(level),
            ".",
        ),
        figure,
    ]
