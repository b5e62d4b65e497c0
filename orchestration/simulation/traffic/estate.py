"""The estate as functions: a device's type, place, supplier and story follow from its number alone.

Belongs here: homes (HANs) in the order of their installation, the devices of each, the parties, and
the SQL macros that give what is asked of one. Does not belong here: messages.

No table of devices is ever held: home `h` is the h-th that was installed, its kind is `h % 100` (a
row of `data/kinds.csv`), its device of type number `j` is device `8 * h + j`. So a month of any
size needs the same memory, and every month of one size sees the same homes, grown.

What befalls a home regularly comes by cycles of a prime number of days: home `h` is due on day `d`
when `389 * h + d` is a multiple of the cycle. Which homes are due on a day is therefore counted,
not searched, and on which day a home was due before is known without looking.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

import duckdb

from orchestration.simulation.traffic import incidents, tables
from orchestration.simulation.traffic.chance import MACROS, key
from orchestration.simulation.traffic.clock import DAY_MS, FIRST_DAY_MS, HOUR_MS, Day

REFERENCE_DAY = Day(date(2020, 9, 1))  # the estate has its nominal size on this day
REQUESTS_PER_HOME = 52  # a month; with 4.3 devices a home that is 12 requests a device
FEWEST_HOMES = 200
SETTLED_DAYS = 60  # no hub is returned before

DEVICE_TYPES = ("CHF", "ESME", "GPF", "GSME", "PPMID", "IHD")  # the number is the place
DEVICES_PER_HOME = 8
DCC_DEVICE = "90B3D51F30000001"  # what an 11.1 names as its device
SLOTS = 256  # slots of each audience, shared by the weights of its parties
CHOICES = 1024  # slots of each class of devices

# Audience → where its slots begin. Suppliers have two cohorts: homes change from one to the other.
AUDIENCES = {"supplier": 0, "network": 512, "transporter": 768, "export": 1024, "other": 1280}
ROLES = {"network": "ED", "transporter": "GT", "export": "ES", "other": "OU"}

# Cycles, in days; primes, so that no two of them, nor one and the kinds, move together.
CHANGE_OF_SUPPLIER = 1201
TOP_UP = 3
CREDENTIALS = 373
FIRMWARE = 367
HUB_FIRMWARE = 401
HUB_RETURN = 6007
PERSISTENCE = 503
CYCLES = (
    CHANGE_OF_SUPPLIER, TOP_UP, CREDENTIALS, FIRMWARE, HUB_FIRMWARE, HUB_RETURN, PERSISTENCE
)  # fmt: skip
STRIDE = 389  # from home to home in a cycle: neighbours are due on days far apart


@dataclass(frozen=True)
class Estate:
    """The estate that a number of requests a month belongs to.

    Attributes:
        homes: installed before `REFERENCE_DAY`.
        seed: of everything.
    """

    homes: int
    seed: int

    @classmethod
    def of_size(cls, requests: int, seed: int) -> Estate:
        """The estate for that many requests a month."""
        return cls(max(FEWEST_HOMES, requests // REQUESTS_PER_HOME), seed)

    @property
    def weekdays(self) -> int:
        """Weekdays on which `homes` were installed."""
        return _weekdays(REFERENCE_DAY.number)

    def homes_on(self, day: Day) -> int:
        """Homes installed before the day."""
        return self.homes * _weekdays(day.number) // self.weekdays

    def prepare(self, con: duckdb.DuckDBPyConnection) -> None:
        """Give a connection the tables and macros of the estate."""
        con.execute(MACROS)
        con.execute(incidents.macros())
        _make_parties(con, self.seed)
        _make_kinds(con)
        con.execute(self._macros())

    def _macros(self) -> str:
        homes, weekdays = self.homes, self.weekdays
        kinds_of_device = " ".join(
            f"when {number} then '{prefix}'"
            for number, prefix in enumerate(
                ("B0A1F41", "C4D8D51", "C4D8D52", "9C0E513", "58E0C24", "58E0C25")
            )
        )
        inverses = " ".join(f"when {cycle} then {pow(STRIDE, -1, cycle)}" for cycle in CYCLES)
        return f"""
-- numbers of homes and days
create macro weekdays(day_no) as 5 * (day_no // 7) + least(day_no % 7, 5);
create macro homes_on(day_no) as ({homes}::bigint * weekdays(day_no)) // {weekdays};
create macro day_of_weekday(weekday_no) as 7 * (weekday_no // 5) + weekday_no % 5;
create macro weekday_of_home(h) as ((h + 1) * {weekdays} + {homes - 1}) // {homes} - 1;
create macro install_day(h) as day_of_weekday(weekday_of_home(h));
create macro day_ms(day_no) as {FIRST_DAY_MS}::bigint + {DAY_MS}::bigint * day_no;
create macro phase(h, cycle) as (h * {STRIDE}) % cycle;
create macro period(h, day_no, cycle) as (phase(h, cycle) + day_no) // cycle;
create macro days_since_due(h, day_no, cycle) as (phase(h, cycle) + day_no) % cycle;
create macro first_due(day_no, cycle) as
    ((cycle - day_no % cycle) * case cycle {inverses} end) % cycle;
create macro due(day_no, cycle) as table
    select range as h
    from range(first_due(day_no, cycle), homes_on(day_no), cycle);

-- identity
create macro home_dice(h) as hash(xor({key(self.seed, "home")}::ubigint, h::ubigint));
create macro device_id(h, j) as
    case j {kinds_of_device} end
    || substr(hex((({DEVICES_PER_HOME} * h + j) * 40503125) % 68719476736 + 68719476736), 2);

-- supplier: the cycle's number is even or odd, and so is the cohort; few changes never come off
create macro supplier_period(h, day_no) as period(h, day_no, {CHANGE_OF_SUPPLIER});
create macro never_changes(h, period) as
    period % 2 = 1 and dice(home_dice(h), 30000 + period) % 1000 < 15;
create macro slot_in_period(h, period) as
    {SLOTS} * (period % 2) + dice(home_dice(h), 10000 + period) % {SLOTS};
create macro supplier_slot(h, day_no) as
    slot_in_period(
        h,
        supplier_period(h, day_no)
        - case when never_changes(h, supplier_period(h, day_no)) then 1 else 0 end
    );
create macro party_slot(audience_from, h, day_no, a) as
    case
        when audience_from = 0 then supplier_slot(h, day_no)
        when audience_from >= 1000000 then audience_from - 1000000  -- a slot that is told
        when audience_from >= 1024 then audience_from + dice(a, 55) % {SLOTS}
        else audience_from + dice(home_dice(h), 56) % {SLOTS}
    end;

-- condition: one home in 125 answers badly; one in 200 fell silent some day after its installation
create macro is_bad(home) as home % 1000 < 8;
create macro is_silent(home, h, day_no) as
    home % 1000 >= 995
    and day_no > install_day(h) + 40 + dice(home, 61) % 600;
create macro leaves_on(h) as
    install_day(h) + {SETTLED_DAYS}
    + ({HUB_RETURN} - days_since_due(h, install_day(h) + {SETTLED_DAYS}, {HUB_RETURN}))
        % {HUB_RETURN};
create macro has_left(h, day_no) as
    days_since_due(h, day_no, {HUB_RETURN}) between 1
        and day_no - install_day(h) - {SETTLED_DAYS};

-- installation: the first visit, and a second one after a failure or without wide area network
create macro visit_ms(h, day_no) as
    day_ms(day_no) + 8 * {HOUR_MS} + (dice(home_dice(h), 11 + day_no) % 28500000)::bigint;
create macro is_hit_visit(at_ms, smets, region) as
    unanswered_pct(at_ms, smets, region, '8.14.1') > 0
    or unanswered_pct(at_ms + {HOUR_MS}, smets, region, '8.14.1') > 0;
create macro succeeds_at_once(h, smets, region) as
    smets = 'SMETS1' or (
        dice(home_dice(h), 12) % 1000 < 930
        and not is_hit_visit(visit_ms(h, install_day(h)), smets, region)
    );
create macro installed(first_h, last_h) as table
with homes as (
    select
        numbers.h,
        kinds.*,
        home_dice(numbers.h) as home,
        weekday_of_home(numbers.h) as weekday_no,
        day_of_weekday(weekday_no) as first_day,
        visit_ms(numbers.h, first_day) as first_ms,
    from range(first_h, last_h) as numbers (h)
    inner join kinds on numbers.h % 100 = kinds.kind
),
visited as (
    select
        *,
        case
            when smets = 'SMETS1' then 'succeeded'
            when is_hit_visit(first_ms, smets, region) then 'failed'
            when dice(home, 12) % 1000 < 930 then 'succeeded'
            when dice(home, 12) % 1000 < 975 then 'failed'
            else 'left'
        end as first_result,
    from homes
),
revisited as (
    select
        *,
        case
            when first_result = 'failed' and dice(home, 13) % 10 < 8
                then day_of_weekday(weekday_no + 1 + (dice(home, 14) % 9)::bigint)
            when first_result = 'left' and dice(home, 13) % 10 < 6
                then day_of_weekday(weekday_no + 4 + (dice(home, 14) % 60)::bigint)
        end as other_day,
        visit_ms(h, other_day) as other_ms,
    from visited
),
finished as (
    select
        *,
        case
            when other_day is null then null
            when is_hit_visit(other_ms, smets, region) then 'failed'
            else 'succeeded'
        end as other_result,
    from revisited
)
select
    *,
    case
        when first_result = 'succeeded' then first_ms
        when other_result = 'succeeded' then other_ms
    end as success_ms,
from finished;
create macro gas_fails(h, j) as j in (2, 3) and dice(home_dice(h), 15) % 1000 < 25;
create macro commissioned_ms(h, j, smets, success_ms) as
    case
        when gas_fails(h, j) then null
        when smets = 'SMETS1' then success_ms - 1461::bigint * {DAY_MS}
        else success_ms
            + 60000 * case j when 0 then 4 when 1 then 16 when 2 then 33 when 3 then 35 else 41 end
    end;
"""


def _weekdays(day_no: int) -> int:
    return 5 * (day_no // 7) + min(day_no % 7, 5)


def _make_parties(con: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Tables `parties` and `party_slots`: a slot of an audience belongs to one party."""
    parties, shares = [], defaultdict(list)
    for party in tables.parties():
        user_id = f"70B3D5{key(seed, 'party', party.name) % 2**40:010X}"
        parties.append(f"('{user_id}', '{party.name}', '{party.party_type}')")
        begins = AUDIENCES[party.audience] + SLOTS * party.cohort
        shares[begins].append((user_id, party.weight))
    ranges = []
    for begins, weighted in shares.items():
        total = sum(weight for _, weight in weighted)
        ends = [round(SLOTS * part / total) for part in accumulate(w for _, w in weighted)]
        ranges += [
            f"('{user_id}', {begins + first}, {begins + last})"
            for (user_id, _), first, last in zip(weighted, [0, *ends], ends, strict=False)
        ]
    con.execute(f"""
create table parties as
select * from (values {", ".join(parties)}) as parties (user_id, name, party_type);
create table party_slots as
select slots.slot, ranges.user_id
from (values {", ".join(ranges)}) as ranges (user_id, low, high),
    unnest(range(ranges.low, ranges.high)) as slots (slot)
order by slots.slot;
""")


def _make_kinds(con: duckdb.DuckDBPyConnection) -> None:
    """Tables `kinds`, `kind_devices` and `choices`.

    `choices` has, for each class of devices (type and generation) and each of `CHOICES` numbers, a
    kind of home that has such a device, with what the device is like.
    """
    folder = tables.DATA_DIR
    con.execute(f"""
create table kinds as
with numbered as (
    select *, sum(of_hundred) over (order by row_no) as ends_at
    from (
        select row_number() over () as row_no, *
        from read_csv('{folder}/kinds.csv', header = true)
    )
)
select
    (place * 37) % 100 as kind,
    smets,
    region,
    s1sp,
    has_gas,
    is_prepay,
    display,
from numbered
cross join range(100) as places (place)
where place >= ends_at - of_hundred and place < ends_at
order by kind
""")
    types = ", ".join(f"({number}, '{name}')" for number, name in enumerate(DEVICE_TYPES))
    con.execute(f"""
create table kind_devices as
select
    kinds.kind,
    types.j,
    types.device_type,
    kinds.smets,
    kinds.region,
    kinds.s1sp,
    speeds.median_ms,
    speeds.sigma,
    speeds.tail_per_10000,
    speeds.failed_per_10000,
from kinds
cross join (values {types}) as types (j, device_type)
inner join read_csv('{folder}/speeds.csv', header = true) as speeds
    on
        kinds.smets = speeds.smets
        and coalesce(kinds.region, '') = coalesce(speeds.region, '')
        and types.device_type = speeds.device_type
where
    types.device_type in ('CHF', 'ESME')
    or (types.device_type in ('GPF', 'GSME') and kinds.has_gas)
    or types.device_type = kinds.display
order by kinds.kind, types.j
""")
    con.execute(f"""
create table choices as
with classes as (
    select
        wanted || '/' || device_type as class,
        kind_devices.*,
        row_number() over (partition by wanted, device_type order by kind) - 1 as place,
        count(*) over (partition by wanted, device_type) as places,
    from kind_devices
    inner join (values (''), ('SMETS1'), ('SMETS2+')) as generations (wanted)
        on generations.wanted in ('', kind_devices.smets)
)
select
    dense_rank() over (order by class) - 1 as class_no,
    (dense_rank() over (order by class) - 1) * {CHOICES} + choice as choice_no,
    classes.* exclude (place, places),
from classes
inner join range({CHOICES}) as choices (choice)
    on (choices.choice * 7919) % classes.places = classes.place
order by choice_no
""")
