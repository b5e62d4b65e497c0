"""The contract says of every feed what the feed catalogue says, and a wrong contract is refused."""

# ruff: noqa: E501 - the catalogue has one line per feed

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.feeds import Cadence, ContractError, Feed, load_contract
from orchestration.settings import PROJECT_ROOT

# The feed catalogue, written down a second time on purpose: feed, cadence, key, required columns,
# other columns. A column's type follows it after a colon; text when there is none.
CATALOGUE = """
dsp/service_requests|daily|request_id|request_id srv user_id user_role device_id mode_of_operation:int report_status_id:int received_at:timestamp|execution_at:timestamp response_sent_at:timestamp response_code quarantined_at:timestamp released_at:timestamp dsp_processing_ms:int
dsp/firmware_targets|daily|request_id device_id|request_id device_id|response_code
dsp/alerts|daily|alert_id|alert_id alert_code alert_kind device_id raised_at:timestamp disposition|user_id csp_received_at:timestamp dsp_received_at:timestamp sent_at:timestamp acknowledged_at:timestamp request_id alert_count:int
dsp/devices|monthly|device_id|device_id device_type smets comms_hub_id status|region s1sp model firmware_version commissioned_at:timestamp supplier_id
dsp/device_status|daily|device_id changed_at status|device_id status changed_at:timestamp|user_id
dsp/component_events|daily|event_id|event_id component_id started_at:timestamp kind|region ended_at:timestamp change_id incident_id
dsms/incidents|monthly|incident_id|incident_id category:int status responsible_party resolver_group raised_at:timestamp|problem_id title summary customer_impact issue_type smets regions services assigned_at:timestamp impacted_at:timestamp restored_at:timestamp resolved_at:timestamp closed_at:timestamp reopened_at:timestamp sla_met:boolean clock_stopped_minutes:int exclusion_reason duplicate_of change_release
dsms/incident_actions|monthly||incident_id item:int description owner|
dsms/problems|monthly|problem_id|problem_id report_month:date provider title status|incident_id closed_at:timestamp target_date:date latest
csp/test_messages|daily|message_id|message_id region sent_at:timestamp|rtt_ms:int
csp/hub_firmware|daily|hub_id image_version attempted_at|hub_id image_version attempted_at:timestamp outcome|delivered_at:timestamp activated_at:timestamp
csp/image_deliveries|daily|request_id device_id attempted_at|request_id device_id hub_id attempted_at:timestamp outcome|delivered_at:timestamp
csp/install_and_leave|monthly|incident_id|incident_id hub_id submitted_at:timestamp|mpxn closed_at:timestamp diagnostics exclusion_reason
providers/service_levels|monthly||provider measure_no state period|numerator:double denominator:double level:double
providers/exceptions|monthly||provider measure_no scope reason events:bigint|
providers/service_credits|monthly||provider measure_no service_points:int credit_gbp:decimal(12,2)|
dcc/parties|monthly|user_id|user_id name party_type|
dcc/maintenance|monthly|maintenance_id|maintenance_id component_ids starts_at:timestamp ends_at:timestamp|region notified_at:timestamp change_id
dcc/assessments|monthly|assessment_id|assessment_id modification due_date:date|completed_date:date
dcc/defects|monthly|defect_id|defect_id severity:int release released_on:date accepted:boolean|closed_on:date
dcc/throttling|daily|event_id|event_id direction started_at:timestamp seconds:double|incident_id forwarded:bigint dropped:bigint exempted:bigint
dcc/commentary|any_time||reporting_month:date measure_id reason author_role|region mitigation
smki/requests|daily|request_id|request_id service requested_at:timestamp|completed_at:timestamp
"""
ASSIGNING = {
    "dsp/alerts": "raised_at",
    "dsp/device_status": "changed_at",
    "dsp/component_events": "started_at",
    "csp/test_messages": "sent_at",
    "csp/hub_firmware": "attempted_at",
    "csp/image_deliveries": "attempted_at",
    "dcc/throttling": "started_at",
    "smki/requests": "requested_at",
}
ALLOWED: dict[str, tuple[str | int, ...]] = {
    "dsp/service_requests.user_role": ("IS", "ES", "GS", "RSA", "ED", "GT", "OU"),
    "dsp/service_requests.mode_of_operation": (2, 3, 4, 6, 10),
    "dsp/alerts.alert_kind": ("DCC", "Device"),
    "dsp/alerts.disposition": ("delivered", "undelivered", "suppressed", "exempt"),
    "dsp/devices.device_type": ("ESME", "GSME", "CHF", "GPF", "PPMID", "IHD", "HCALCS"),
    "dsp/devices.smets": ("SMETS1", "SMETS2+"),
    "dsp/devices.region": ("North", "Central", "South", "4G North", "4G Central", "4G South"),
    "dsp/devices.status": (
        "Pending",
        "Whitelisted",
        "InstalledNotCommissioned",
        "Commissioned",
        "Suspended",
        "Decommissioned",
    ),
    "dsp/component_events.kind": ("unplanned", "planned"),
    "dsms/incidents.category": (1, 2, 3, 4, 5),
    "dsms/incidents.status": ("Open", "Resolved", "Closed", "Cancelled"),
    "dsms/incidents.smets": ("SMETS1", "SMETS2+", "All"),
    "dsms/incidents.responsible_party": ("DCC", "Service Provider", "Service User"),
    "dsms/problems.status": ("Open", "Closed"),
    "csp/hub_firmware.outcome": ("delivered", "activated", "failed", "in_progress"),
    "csp/image_deliveries.outcome": ("delivered", "failed", "in_progress"),
    "providers/service_levels.state": ("Reported", "No Events", "Data Exempted", "Not Reported"),
    "providers/service_levels.period": ("Monthly", "Quarterly"),
    "providers/exceptions.scope": ("In period", "Total estate"),
    "dcc/parties.party_type": (
        "Large Supplier",
        "Small Supplier",
        "Electricity Distributor",
        "Gas Transporter",
        "Other",
    ),
    "dcc/defects.severity": (1, 2, 3, 4, 5),
    "dcc/throttling.direction": ("northbound", "southbound"),
    "smki/requests.service": ("batch", "single_ra", "single_system", "repository", "publication"),
}
NOT_BEFORE = {
    "dsp/service_requests.response_sent_at": "received_at",
    "dsp/component_events.ended_at": "started_at",
}


@pytest.fixture(scope="module")
def contract() -> dict[tuple[str, str], Feed]:
    return load_contract(PROJECT_ROOT)


def test_every_feed_of_the_catalogue_and_no_other(
    contract: dict[tuple[str, str], Feed],
) -> None:
    wanted = {line.split("|")[0] for line in CATALOGUE.strip().splitlines()}
    assert {feed.id for feed in contract.values()} == wanted


@pytest.mark.parametrize("line", CATALOGUE.strip().splitlines())
def test_feed_is_as_catalogued(contract: dict[tuple[str, str], Feed], line: str) -> None:
    feed_id, cadence, key, required, optional = line.split("|")
    system, name = feed_id.split("/")
    feed = contract[system, name]
    wanted = {
        column.split(":")[0]: (column.partition(":")[2] or "text", column in required.split())
        for column in [*required.split(), *optional.split()]
    }
    found = {c.name: (c.data_type.name, c.required) for c in feed.columns}
    assert found == wanted
    assert feed.cadence == cadence
    assert feed.key == tuple(key.split())
    assert feed.quarantine_limit_pct == 1


def test_rules_of_columns_are_as_catalogued(contract: dict[tuple[str, str], Feed]) -> None:
    columns = {f"{f.id}.{c.name}": c for f in contract.values() for c in f.columns}
    assert {name: c.allowed for name, c in columns.items() if c.allowed} == ALLOWED
    assert {n: c.not_before for n, c in columns.items() if c.not_before} == NOT_BEFORE
    assert {n for n, c in columns.items() if c.personal} == {"csp/install_and_leave.mpxn"}
    assert columns["dsp/service_requests.srv"].pattern == r"^\d+(\.\d+){0,3}$"
    status = columns["dsp/service_requests.report_status_id"]
    assert (status.minimum, status.maximum) == (1, 37)
    assert {n for n, c in columns.items() if c.required_when} == {
        "dsp/service_requests.execution_at",
        "dsp/devices.region",
        "providers/service_levels.level",
    }


def test_daily_feeds_with_times_have_an_assigning_time(
    contract: dict[tuple[str, str], Feed],
) -> None:
    found = {f.id: f.assigning_time for f in contract.values() if f.assigning_time}
    start = found.pop("dsp/service_requests")
    assert start is not None and "execution_at" in start and "received_at" in start
    assert found == ASSIGNING


def test_feeds_are_due_on_their_working_day(contract: dict[tuple[str, str], Feed]) -> None:
    for feed in contract.values():
        wanted = 5
        if feed.cadence is Cadence.DAILY:
            wanted = 1
        elif feed.system in {"dsms", "providers"}:
            wanted = 4
        elif feed.name == "commentary":
            wanted = 8
        assert feed.due_working_day == wanted, feed.id


def write_contract(root: Path, column: str = "", meta: str = "", data_type: str = "text") -> None:
    folder = root / "models" / "staging" / "a"
    folder.mkdir(parents=True)
    (folder / "_a__sources.yml").write_text(
        f"""
version: 2
sources:
  - name: a
    tables:
      - name: things
        config:
          meta:
            contract_version: 1
            cadence: daily
            key: [id]
            owner: nobody
            due_working_day: 1
            mandatory: false
            parts: []
            quarantine_limit_pct: 1
            {meta}
        columns:
          - name: id
            data_type: text
            config: {{meta: {{required: true}}}}
          - name: other
            data_type: {data_type}
            config: {{meta: {{{column}}}}}
"""
    )


@pytest.mark.parametrize(
    ("column", "meta", "data_type", "message"),
    [
        ("requird: true", "", "text", "a.things.other: meta has unknown requird"),
        ("", "colour: red", "text", "a.things: meta has unknown colour"),
        ("", "", "varchar", "data_type 'varchar' is none of text, int"),
        ("pattern: '^a$'", "", "int", "other: a pattern is for text"),
        ("allowed: [a]", "", "int", "allowed values must be of type int"),
        ("not_before: id", "", "timestamp", "not_before must name a timestamp of the feed"),
        ("required_when: nothing = 1", "", "text", "the SQL 'nothing = 1' fails"),
        ("", "assigning_time: gone", "text", "the SQL 'gone' fails"),
        ("required: maybe", "", "text", "required must be true or false, not 'maybe'"),
        ("personal: true, required: true", "", "text", "other is personal"),
    ],
)
def test_a_contract_that_cannot_be_meant_is_refused(
    tmp_path: Path, column: str, meta: str, data_type: str, message: str
) -> None:
    write_contract(tmp_path, column, meta, data_type)
    with pytest.raises(ContractError) as error:
        load_contract(tmp_path)
    assert message in str(error.value)


def test_a_project_without_contract_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="describes no feed"):
        load_contract(tmp_path)
