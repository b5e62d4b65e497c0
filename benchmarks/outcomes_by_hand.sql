-- What became of a month's requests and alerts, by the script that goes on from month_by_hand.sql: the
-- marts of outcomes from its two row-level tables, its devices and its clock, and from the feeds that
-- these do not hold. Again one month, once, and every step the fastest that was found for it.
--
-- Set before: what month_by_hand.sql wants and leaves behind.

set variable first_day = (
    select min(activity_date) from fct_service_requests where is_reported
);

----------------------------------------------------------------------------------- iterations (BP-ITER)
create temp table places as
select
    smets,
    region,
    row_number() over (order by smets, region) - 1 as place
from (select smets, region from fct_service_requests group by all);

-- One bit for each place: most iterations have one.
create temp table iterations as
select
    requests.activity_date,
    requests.business_process,
    requests.user_id,
    requests.comms_hub_id,
    count(*) as requests,
    bool_or(requests.delivery_failed or requests.response_sent_at is null) as is_failed,
    bit_or(1 << places.place::integer) as place_bits
from fct_service_requests as requests
inner join places on requests.smets = places.smets and requests.region = places.region
where requests.is_reported and requests.business_process <> 'Unattributed'
group by all;

create table process_iterations as
with

alike as (

    select
        business_process,
        place_bits,
        count(*) as iterations,
        count(*) filter (is_failed) as failed,
        sum(requests) as requests
    from iterations
    group by all

),

rows_of_places as (

    select
        alike.*,
        unnest(
            [('All', 'All'), (places.smets, 'All'), (places.smets, places.region)]
        ) as place
    from alike
    inner join places on alike.place_bits & (1 << places.place::integer) <> 0

),

once as (

    select
        business_process,
        place_bits,
        place,
        any_value(iterations) as iterations,
        any_value(failed) as failed,
        any_value(requests) as requests
    from rows_of_places
    group by all

)

select
    getvariable('month') as reporting_month,
    business_process,
    place[1] as smets,
    place[2] as region,
    sum(iterations)::bigint as iterations,
    sum(failed)::bigint as failed,
    sum(requests)::bigint as requests,
    100.0 * sum(failed) / sum(iterations) as failed_pct
from once
group by all;

------------------------------------------------------------------------------------- installs (O5-O7)
create temp table installs as
with

asked as (

    select
        activity_date,
        device_id,
        device_type,
        region,
        comms_hub_id
    from fct_service_requests
    where
        is_reported
        and smets = 'SMETS2+'
        and device_type in ('CHF', 'ESME', 'GSME')
        and srv in ('8.11', '8.1.1', '8.7.2', '6.20.1', '6.21', '8.14.1')
    group by all

),

first_meters as (

    select
        comms_hub_id,
        min(commissioned_date) as first_meter_date
    from devices
    where device_type in ('ESME', 'GSME') and commissioned_date is not null
    group by comms_hub_id

)

select
    asked.activity_date,
    asked.device_type,
    asked.region,
    coalesce(
        devices.commissioned_date = asked.activity_date
        and (
            asked.device_type <> 'CHF' or first_meters.first_meter_date <= asked.activity_date
        ),
        false
    ) as is_succeeded
from asked
left join devices on asked.device_id = devices.device_id
left join first_meters on asked.comms_hub_id = first_meters.comms_hub_id
where coalesce(devices.commissioned_date >= asked.activity_date, true);

create temp table install_cells as
select
    activity_date,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) as attempted,
    count(*) filter (is_succeeded) as succeeded
from installs
group by activity_date, cube (device_type, region);

create table install_daily as
with

known_days as (

    select activity_date from fct_service_requests group by activity_date

),

expected as (

    select
        week_before.activity_date + 7 as activity_date,
        week_before.device_type,
        week_before.region,
        week_before.attempted
    from install_cells as week_before
    inner join known_days on week_before.activity_date + 7 = known_days.activity_date

),

joined as (

    select
        activity_date,
        device_type,
        region,
        install_cells.attempted,
        install_cells.succeeded,
        expected.attempted as predicted
    from install_cells
    full outer join expected using (activity_date, device_type, region)

)

select
    getvariable('month') as reporting_month,
    joined.activity_date,
    joined.device_type,
    joined.region,
    coalesce(joined.attempted, 0) as attempted,
    coalesce(joined.succeeded, 0) as succeeded,
    coalesce(joined.attempted - joined.succeeded, 0) as failed,
    case when known_days.activity_date is not null then coalesce(joined.predicted, 0) end
        as predicted,
    case when known_days.activity_date is null then 'no history' else 'predicted' end
        as predicted_state
from joined
left join known_days on joined.activity_date = known_days.activity_date + 7;

create temp table hub_days as
with

told as (

    select
        activity_date,
        comms_hub_id as hub_id,
        min(region) as region,
        bool_or(srv = '8.14.1') as is_commissioned
    from fct_service_requests
    where
        is_reported
        and smets = 'SMETS2+'
        and srv in ('8.14.1', '8.14.2')
        and response_sent_at is not null
        and response_code = 'I0'
    group by all

),

statuses as (

    select
        device_id as hub_id,
        local_date(changed_at) as activity_date
    from read_parquet(getvariable('landed') || '/dsp/device_status/*/*/*.parquet')
    where status in ('InstalledNotCommissioned', 'Commissioned')
    group by all

)

select
    told.activity_date,
    coalesce(devices.region, told.region) as region,
    case when told.is_commissioned then 'commissioned' else 'left' end as outcome
from told
left join devices on told.hub_id = devices.device_id

union all

select
    statuses.activity_date,
    devices.region,
    'awaiting'
from statuses
inner join devices
    on
        statuses.hub_id = devices.device_id
        and devices.device_type = 'CHF'
        and devices.smets = 'SMETS2+'
where
    statuses.activity_date >= getvariable('month')
    and statuses.activity_date < getvariable('next_month')
    and statuses.hub_id not in (select hub_id from told);

create table install_outcomes as
with

incidents as (

    select
        coalesce(devices.region, 'Unknown') as region,
        local_date(found.submitted_at) as submitted_date,
        local_date(found.closed_at) as closed_date
    from read_parquet(
        getvariable('landed') || '/csp/install_and_leave/month='
        || strftime(getvariable('month'), '%Y-%m') || '/*.parquet'
    ) as found
    left join devices on found.hub_id = devices.device_id

),

open_days as (

    select
        days.day::date as activity_date,
        incidents.region,
        'open' as outcome
    from incidents
    inner join
        range(
            getvariable('month')::timestamp, getvariable('next_month')::timestamp, interval 1 day
        ) as days (day)
        on
            incidents.submitted_date <= days.day::date
            and days.day::date < incidents.submitted_date + 90
            and coalesce(incidents.closed_date > days.day::date, true)

),

united as (

    select * from hub_days
    union all
    select * from open_days

)

select
    getvariable('month') as reporting_month,
    activity_date,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) filter (outcome = 'commissioned') as commissioned,
    count(*) filter (outcome = 'left') as "left",
    count(*) filter (outcome = 'awaiting') as awaiting,
    'Reported' as awaiting_state,
    count(*) filter (outcome = 'open') as under_investigation,
    'Reported' as investigation_state
from united
group by activity_date, rollup (region);

-------------------------------------------------------------------------- changes of supplier (O1, O2)
create temp table judged_changes as
with

asked as (

    select
        activity_date,
        srv,
        user_id,
        device_id,
        device_type,
        smets,
        region,
        request_id,
        started_at,
        response_code,
        response_category = 'received_successful' as is_successful
    from fct_service_requests
    where is_reported and srv in ('6.23', '1.1.1', '6.8')

),

followed as (

    select
        activity_date,
        user_id,
        device_id,
        max(started_at) as last_started_at
    from asked
    where srv <> '6.23' and is_successful
    group by all

),

judged as (

    select
        asked.*,
        asked.is_successful and asked.response_code = 'I0' as is_answered,
        coalesce(followed.last_started_at > asked.started_at, false) as is_followed
    from asked
    left join followed
        on
            asked.activity_date = followed.activity_date
            and asked.user_id = followed.user_id
            and asked.device_id = followed.device_id
    where asked.srv = '6.23'

)

select
    judged.* exclude (srv, is_successful),
    judged.is_answered or judged.is_followed as is_succeeded,
    judged.is_followed and not judged.is_answered as is_inferred,
    coalesce(codes.response_class = 'rejected', false)
    and not judged.is_answered
    and not judged.is_followed as is_user_caused
from judged
left join
    read_csv(getvariable('seeds') || '/response_codes.csv', all_varchar = true) as codes
    on judged.response_code = codes.response_code;

create table change_of_supplier as
select
    getvariable('month') as reporting_month,
    activity_date,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(response_code) = 1 then 'All' else response_code end as response_code,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) as attempts,
    count(*) filter (is_succeeded) as succeeded,
    count(*) filter (is_inferred) as succeeded_by_inference,
    count(*) filter (not is_succeeded) as failed,
    count(*) filter (is_user_caused) as user_caused,
    100.0 * count(*) filter (is_succeeded) / count(*) as succeeded_pct
from judged_changes
group by activity_date, cube (device_type, response_code), rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

create table change_of_supplier_open as
with

since as (

    select
        *,
        count(*) filter (is_succeeded) over (
            partition by device_id order by started_at desc, request_id desc
        ) as successes_since
    from judged_changes
    where device_id in (select device_id from judged_changes where not is_succeeded)

),

runs as (

    select
        device_id,
        arg_max(smets, (started_at, request_id)) as smets,
        arg_max(region, (started_at, request_id)) as region,
        count(*) as requests,
        min(started_at) as open_since
    from since
    where successes_since = 0
    group by device_id

),

aged as (

    select
        *,
        timezone('Europe/London', timezone('UTC', open_since)) as since,
        case
            when since > getvariable('next_month') - interval 7 day then 'Under 7 days'
            when since >= getvariable('next_month') - interval 30 day then '7 to 30 days'
            else 'Over 30 days'
        end as age_band
    from runs

)

select
    getvariable('month') as reporting_month,
    age_band,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) as devices,
    sum(requests)::bigint as requests,
    max(requests) as max_requests_per_device,
    sum(requests) / count(*) as mean_requests_per_device,
    getvariable('first_day') as history_from
from aged
group by age_band, rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

--------------------------------------------------------------------------------------- meter reads (O3)
-- What each device said on each day of the month, and on the sixty days before it.
create temp table read_days as
with

reads as (

    select
        activity_date,
        device_id,
        response_category = 'received_successful' as is_answered
    from fct_service_requests
    where attribution_rule = 'A-READ'

    union all

    select
        local_date(earlier.started_at) as activity_date,
        earlier.device_id,
        earlier.response_sent_at is not null
        and coalesce(earlier.response_code in ('I0', 'I99'), false) as is_answered
    from service_requests() as earlier
    inner join srv_modes
        on
            earlier.srv = srv_modes.srv
            and earlier.mode_of_operation = srv_modes.mode_of_operation
            and srv_modes.own_rule = 'A-READ'
    left join devices on earlier.device_id = devices.device_id
    where
        earlier.day >= getvariable('month') - 61
        and earlier.day < getvariable('month')
        and earlier.is_reported
        and not (srv_modes.is_not_for_smets1 and coalesce(devices.smets = 'SMETS1', false))

)

select
    activity_date,
    device_id,
    bool_or(is_answered) as is_answered
from reads
group by all;

create temp table silent_days as
with

looked_back as (

    select
        activity_date,
        device_id,
        max(activity_date) over before as last_asked,
        max(case when is_answered then activity_date end) over before as last_answered
    from read_days
    window
        before as (
            partition by device_id order by activity_date
            rows between unbounded preceding and 1 preceding
        )

)

select
    activity_date,
    device_id
from looked_back
where
    activity_date >= getvariable('month')
    and last_asked >= activity_date - 60
    and coalesce(last_answered < activity_date - 60, true);

create table meter_reads as
with

reads as (

    select
        requests.srv,
        requests.smets,
        requests.region,
        silent_days.device_id is not null as is_silent,
        requests.response_category <> 'received_successful' as is_failed,
        requests.mode_of_operation = 6 as is_scheduled,
        requests.mode_of_operation = 6
        and requests.response_category = 'received_successful'
        and requests.response_sent_at <= requests.started_at + interval 24 hour as is_in_time
    from fct_service_requests as requests
    left join silent_days
        on
            requests.device_id = silent_days.device_id
            and requests.activity_date = silent_days.activity_date
    where requests.attribution_rule = 'A-READ'

)

select
    getvariable('month') as reporting_month,
    case when grouping(srv) = 1 then 'All' else srv end as srv,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) filter (not is_silent) as requests,
    count(*) filter (not is_silent and is_failed) as failed,
    100.0 * failed / nullif(requests, 0) as failed_pct,
    count(*) filter (not is_silent and is_scheduled) as scheduled,
    count(*) filter (not is_silent and is_in_time) as scheduled_within_24h,
    100.0 * scheduled_within_24h / nullif(scheduled, 0) as scheduled_within_24h_pct,
    count(*) filter (is_silent) as silent_device_requests,
    (
        select count(distinct files.file)
        from glob(getvariable('landed') || '/dsp/service_requests/*/*/*.parquet') as files
        where
            regexp_extract(files.file, 'day=([0-9-]+)', 1)::date < getvariable('month')
            and regexp_extract(files.file, 'day=([0-9-]+)', 1)::date >= getvariable('month') - 60
    ) as history_days
from reads
group by cube (srv), rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

-------------------------------------------------------------------------- top-ups, payment modes (O4)
create temp table payments as
select
    request_id,
    srv,
    activity_date,
    user_id,
    device_id,
    device_type,
    smets,
    region,
    started_at,
    response_code,
    response_sent_at is not null and response_code = 'I0' as is_succeeded
from fct_service_requests
where is_reported and srv in ('1.6', '2.1', '2.2');

create temp table sequences as
with

ordered as (

    select
        *,
        lag(started_at) over in_order as previous_started_at,
        lag(is_succeeded) over in_order as is_after_success
    from payments
    where srv = '2.2'
    window in_order as (partition by user_id, device_id order by started_at, request_id)

),

numbered as (

    select
        *,
        sum(
            case
                when
                    previous_started_at is null
                    or is_after_success
                    or us_between(previous_started_at, started_at) > 86400000000
                    then 1
                else 0
            end
        ) over (
            partition by user_id, device_id
            order by started_at, request_id
            rows between unbounded preceding and current row
        ) as sequence_number
    from ordered

)

-- A success ends its sequence: whether it came, and after how many attempts, is said by the count.
select
    device_id,
    device_type,
    smets,
    region,
    count(*) as attempts,
    bool_or(is_succeeded) as is_succeeded
from numbered
group by user_id, device_id, sequence_number, device_type, smets, region;

create table top_ups as
with

parts as (

    select
        device_type,
        smets,
        region,
        count(*) as attempts,
        count(*) filter (is_succeeded) as succeeded,
        1 as devices,
        0 as sequences,
        0 as first_time,
        0 as by_second,
        0 as never,
        0 as credits
    from payments
    where srv = '2.2'
    group by device_id, device_type, smets, region

    union all

    select
        device_type,
        smets,
        region,
        0,
        0,
        0,
        count(*),
        count(*) filter (is_succeeded and attempts = 1),
        count(*) filter (is_succeeded and attempts <= 2),
        count(*) filter (not is_succeeded),
        0
    from sequences
    group by all

    union all

    select
        device_type,
        smets,
        region,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        sum(alert_count)
    from fct_alerts
    where alert_code = '810E'
    group by all

)

select
    getvariable('month') as reporting_month,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    sum(attempts)::bigint as attempts,
    sum(succeeded)::bigint as succeeded,
    sum(devices)::bigint as devices,
    sum(sequences)::bigint as sequences,
    sum(first_time)::bigint as first_time,
    sum(by_second)::bigint as by_second,
    sum(never)::bigint as never,
    100.0 * sum(succeeded) / nullif(sum(attempts), 0) as succeeded_pct,
    100.0 * sum(first_time) / nullif(sum(sequences), 0) as first_time_pct,
    100.0 * sum(by_second) / nullif(sum(sequences), 0) as by_second_pct,
    100.0 * sum(never) / nullif(sum(sequences), 0) as never_pct,
    -- of the month before nothing has landed here
    0::bigint as attempts_continued,
    false as has_look_back,
    sum(credits)::bigint as credit_added_locally
from parts
group by cube (device_type), rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

create table top_up_failures as
select
    getvariable('month') as reporting_month,
    case when grouping(region) = 1 then 'All' else region end as region,
    response_code,
    count(*) as requests
from payments
where srv = '2.2' and not is_succeeded
group by response_code, rollup (region)
having not (grouping(region) = 0 and region = 'All');

create table payment_mode_changes as
select
    getvariable('month') as reporting_month,
    case when grouping(srv) = 1 then 'All' else srv end as srv,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) as requests,
    count(*) filter (is_succeeded) as succeeded,
    100.0 * count(*) filter (is_succeeded) / count(*) as succeeded_pct
from payments
where srv <> '2.2'
group by cube (srv, device_type), rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

-------------------------------------------------------------------------------- delivery of alerts (O9)
create table alert_delivery as
with

timed as (

    select
        alert_code,
        smets,
        region,
        alert_count,
        on_time,
        case
            when on_time is null then disposition
            when sent_at is null then 'never'
            when us_between(raised_at, sent_at) <= 60000000 then 'le_60s'
            when us_between(raised_at, sent_at) <= 300000000 then 'le_5m'
            when us_between(raised_at, sent_at) <= 3600000000 then 'le_1h'
            else 'later'
        end as delivery
    from fct_alerts

),

cells as (

    select
        alert_code,
        smets,
        region,
        delivery,
        coalesce(on_time, false) as is_on_time,
        sum(alert_count) as alerts
    from timed
    group by all

),

totals as (

    select
        case when grouping(alert_code) = 1 then 'All' else alert_code end as alert_code,
        case when grouping(smets) = 1 then 'All' else smets end as smets,
        case when grouping(region) = 1 then 'All' else region end as region,
        sum(alerts)::bigint as raised,
        coalesce(sum(alerts) filter (delivery not in ('suppressed', 'exempt')), 0)::bigint
            as eligible,
        coalesce(sum(alerts) filter (delivery = 'suppressed'), 0)::bigint as suppressed,
        coalesce(sum(alerts) filter (delivery = 'exempt'), 0)::bigint as exempt,
        coalesce(sum(alerts) filter (is_on_time), 0)::bigint as on_time,
        coalesce(sum(alerts) filter (delivery = 'le_60s'), 0)::bigint as le_60s,
        coalesce(sum(alerts) filter (delivery = 'le_5m'), 0)::bigint as le_5m,
        coalesce(sum(alerts) filter (delivery = 'le_1h'), 0)::bigint as le_1h,
        coalesce(sum(alerts) filter (delivery = 'later'), 0)::bigint as later,
        coalesce(sum(alerts) filter (delivery = 'never'), 0)::bigint as never
    from cells
    group by cube (alert_code), rollup (smets, region)
    having not (grouping(region) = 0 and region = 'All')

)

select
    getvariable('month') as reporting_month,
    totals.*,
    codes.meaning,
    codes.alert_kind,
    100.0 * totals.on_time / nullif(totals.eligible, 0) as on_time_pct,
    totals.eligible - totals.on_time as late
from totals
left join
    read_csv(getvariable('seeds') || '/alert_codes.csv', all_varchar = true) as codes
    on totals.alert_code = codes.alert_code;
