"""The charts of the report as Vega-Lite specifications, each wide and narrow, with text and data.

Belongs here: what each chart shows, one module per kind, gathered under one name. Does not belong
here: colours and type (`style.py`), the files that charts end up in.
"""

from orchestration.report.charts.alerts import alert_figure
from orchestration.report.charts.availability import (
    ShownHours,
    ShownLine,
    availability_line_figure,
    heat_map_figure,
)
from orchestration.report.charts.bands import Banded, Bands, bands_figure
from orchestration.report.charts.beside import Beside, beside_figure
from orchestration.report.charts.degradation import HourIncident, HoursShown, degradation_figure
from orchestration.report.charts.drawing import VEGA_LITE, draw_all, svg
from orchestration.report.charts.funnel import Funnel, funnel_figure
from orchestration.report.charts.installs import BY_USER, EXPECTATION, OUTCOME, install_figure
from orchestration.report.charts.leagues import League, Standing, league_figure
from orchestration.report.charts.levels import code_measures_figure
from orchestration.report.charts.months import ageing_figure, credits_figure
from orchestration.report.charts.rsvp import Marked, Shown, rsvp_figure
from orchestration.report.charts.shares import ShareOfDay, Shares, share_figure
from orchestration.report.charts.user_days import ShareOfUser, UserDays, user_days_figure

__all__ = [
    "BY_USER",
    "EXPECTATION",
    "OUTCOME",
    "VEGA_LITE",
    "Banded",
    "Bands",
    "Beside",
    "Funnel",
    "HourIncident",
    "HoursShown",
    "League",
    "Marked",
    "ShareOfDay",
    "ShareOfUser",
    "Shares",
    "Shown",
    "ShownHours",
    "ShownLine",
    "Standing",
    "UserDays",
    "ageing_figure",
    "alert_figure",
    "availability_line_figure",
    "bands_figure",
    "beside_figure",
    "code_measures_figure",
    "credits_figure",
    "degradation_figure",
    "draw_all",
    "funnel_figure",
    "heat_map_figure",
    "install_figure",
    "league_figure",
    "rsvp_figure",
    "share_figure",
    "svg",
    "user_days_figure",
]
