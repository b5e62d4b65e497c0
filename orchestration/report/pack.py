"""The pack of one User: its own figures of a month beside those of all, which stay anonymous (P2).

Belongs here: what a pack says and shows. Does not belong here: who may have one made, and where it
is put (`packs.py`); the report, which knows no User.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from orchestration.report import charts
from orchestration.report import formatting as fmt
from orchestration.report.context import ALL, Context
from orchestration.report.document import Block, Document, Kind, Line, Section, Table, numbered
from orchestration.report.formatting import month_text
from orchestration.report.marts import Row
from orchestration.report.sections import leagues
from orchestration.report.sections.processes import slug
from orchestration.report.sections.wording import column, line, say, strong

TITLE = "Performance Measurement Report: pack for one User"
AMONG_OTHERS = "Among Others"


@dataclass(frozen=True)
class Party:
    """A User: its id, what it is called in the month, and its name where the list has one."""

    user_id: str
    pseudonym: str
    name: str | None

    @property
    def shown(self) -> str:
        """How its pack names it."""
        return self.name or self.user_id


def build_pack(context: Context, party: Party) -> Document:
    """The pack of `party`, numbered and ready to be rendered.

    Raises:
        MartError: a mart or column that the pack reads is not there.
    """
    own = {
        row.text("league"): row
        for row in context.marts.of_party("int_parties__places", party.user_id, "league")
    }
    sections = (
        Section(
            "own-places",
            "Own place in each league",
            (
                say(
                    "This pack is for ",
                    strong(party.shown),
                    f" alone. In the report of the month it stands as {party.pseudonym}; no other "
                    "User is told so, and its pseudonym of another month is another.",
                ),
                *_places(context, own),
            ),
        ),
        *_leagues(context, party, own),
        Section("own-changes", "Own changes of supplier by day", tuple(_changes(context, party))),
        Section("own-installs", "Own installs by day", tuple(_installs(context, party))),
    )
    issue = context.issue
    return numbered(
        Document(
            title=TITLE,
            month=issue.month,
            period=month_text(issue.month),
            version=issue.version,
            is_draft=issue.is_draft,
            classification=f"Confidential, for {party.shown} alone",
            sections=sections,
        )
    )


def _kinds(context: Context) -> list[leagues.Kinds]:
    """Every league in the order of the report."""
    return [
        kind for process in context.processes for kind in leagues.of_process(process, slug(process))
    ]


def _places(context: Context, own: dict[str, Row]) -> list[Block]:
    lines = [
        _place(context, kind, own[kind.league]) for kind in _kinds(context) if kind.league in own
    ]
    if not lines:
        return [say("It sent nothing in the month that a league counts.")]
    return [
        Table(
            "own_places",
            "Own figures and place, beside all Users",
            (
                column("league", "League", weight=2.6),
                column("place", "Place", Kind.COUNT),
                column("of", "Of", Kind.COUNT, weight=0.6),
                column("volume", "Own volume", Kind.COUNT),
                column("succeeded", "Own, succeeded", Kind.COUNT),
                column("share", "Own share", Kind.PERCENT),
                column("all", "All Users", Kind.PERCENT),
            ),
            tuple(lines),
            ("league_table", "pmr_measures"),
            notes=(
                f"{AMONG_OTHERS}: fewer than 10 in the league, so that the report gives no place.",
            ),
            dash_note="A dash stands where no User has a place.",
        )
    ]


def _place(context: Context, kind: leagues.Kinds, row: Row) -> Line:
    rank, share = row.number("league_rank"), row.number("succeeded_pct")
    ranked = context.measure(leagues.RANKED, kind.league)
    together = context.measure(leagues.TOGETHER, kind.league)
    return line(
        fmt.text(kind.title),
        fmt.words(AMONG_OTHERS, Kind.COUNT) if rank is None else fmt.count(rank),
        fmt.limit(None if ranked is None else ranked.number("value"), "count"),
        fmt.count(row.whole("volume")),
        fmt.count(row.whole("succeeded")),
        fmt.limit(share, "percent"),
        fmt.limit(None if together is None else together.number("value"), "percent"),
    )


def _leagues(context: Context, party: Party, own: dict[str, Row]) -> Iterable[Section]:
    """A chart of each league in which it has a place, its own bar dark."""
    figures = []
    for kind in _kinds(context):
        together = context.measure(leagues.TOGETHER, kind.league)
        if kind.league not in own or together is None:
            continue
        figure = charts.league_figure(
            charts.League(
                f"figure-{kind.id.replace('_', '-')}",
                kind.bars,
                f"{kind.title}: own place among Users from best to worst",
                kind.volume,
                together.number("value"),
                together.number("minimum"),
            ),
            leagues.standings(leagues.places(context, kind.league), party.pseudonym),
        )
        if figure is not None:
            figures.append(figure)
    if figures:
        yield Section(
            "own-leagues",
            "Among the others",
            (say("The dark bar is the own one. The other bars bear no names."), *figures),
        )


def _changes(context: Context, party: Party) -> list[Block]:
    one = (ALL,)
    own = _by_day(
        context.marts.rows(
            "change_of_supplier_by_party", "activity_date", {"pseudonym": (party.pseudonym,)}
        )
    )
    if not own:
        return [say("It changed no supplier in the month.")]
    everybody = _by_day(
        context.marts.rows(
            "change_of_supplier",
            "activity_date",
            {"device_type": one, "smets": one, "region": one, "response_code": one},
        )
    )
    figure = charts.beside_figure(
        charts.Beside(
            "figure-own-changes",
            "own_changes",
            ("change_of_supplier_by_party", "change_of_supplier"),
            "Changes of supplier that succeeded: own, and of all suppliers",
            "Changes",
            context.month,
        ),
        {day: _share(row) for day, row in own.items()},
        {day: _share(row) for day, row in everybody.items()},
    )
    return [figure]


def _share(row: Row) -> charts.ShareOfUser:
    share, day = row.number("succeeded_pct"), row.day("activity_date")
    if share is None or day is None:
        raise ValueError("a day with changes of supplier has no share of them")
    return charts.ShareOfUser("", day, row.whole("attempts"), row.whole("succeeded"), share)


def _installs(context: Context, party: Party) -> list[Block]:
    own = _by_day(
        context.marts.rows("install_by_party", "activity_date", {"pseudonym": (party.pseudonym,)})
    )
    if not own:
        return [say("It attempted no install in the month, and none was to be expected of it.")]
    everybody = _by_day(
        context.marts.rows(
            "install_daily", "activity_date", {"device_type": (ALL,), "region": (ALL,)}
        )
    )
    figures = (
        charts.install_figure(
            "own-installs",
            "Own installs by day: attempted against predicted",
            context.month,
            {"Own": own},
            charts.EXPECTATION,
            source=charts.BY_USER,
        ),
        charts.install_figure(
            "all-installs",
            "Installs of all Users by day: attempted against predicted",
            context.month,
            {"All Users": everybody} if everybody else {},
            charts.EXPECTATION,
        ),
    )
    return [figure for figure in figures if figure is not None]


def _by_day(rows: Iterable[Row]) -> dict[date, Row]:
    return {day: row for row in rows if (day := row.day("activity_date")) is not None}
