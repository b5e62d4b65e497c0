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
    devices.commissioned_at,
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

--------------------------------------------------------------------------------- firmware (O8, O11)
create temp table images as
with

targets as (

    select
        requests.request_id,
        requests.started_at,
        targets.device_id,
        coalesce(devices.device_type, 'Unknown') as device_type,
        coalesce(devices.region, 'Unknown') as region,
        coalesce(targets.response_code = 'I99', false) as is_acknowledged
    from fct_service_requests as requests
    inner join
        read_parquet(getvariable('landed') || '/dsp/firmware_targets/*/*/*.parquet') as targets
        on requests.request_id = targets.request_id
    left join devices on targets.device_id = devices.device_id
    where requests.is_reported and requests.srv = '11.1'

),

answers as (

    select
        device_id,
        raised_at,
        arg_min(alert_code, alert_id) as alert_code
    from alerts()
    where alert_code in ('8F72', '8F1C')
    group by all

),

acknowledged as (

    select * from targets where is_acknowledged

),

decided as (

    select
        acknowledged.request_id,
        acknowledged.device_id,
        answers.alert_code
    from acknowledged
    asof inner join answers
        on
            acknowledged.device_id = answers.device_id
            and acknowledged.started_at <= answers.raised_at
    where us_between(acknowledged.started_at, answers.raised_at) <= 432000000000

)

select
    targets.*,
    case
        when not targets.is_acknowledged then null
        when decided.alert_code = '8F72' then 'verified'
        when decided.alert_code = '8F1C' then 'failed'
        when
            us_between(
                targets.started_at,
                timezone('UTC', timezone('Europe/London', getvariable('next_month')::timestamp))
            ) < 432000000000
            then 'in progress'
        else 'silent'
    end as outcome
from targets
left join decided
    on targets.request_id = decided.request_id and targets.device_id = decided.device_id;

create table firmware_images as
with

received as (

    select
        images.request_id || ' ' || deliveries.hub_id as received,
        images.device_type,
        images.region
    from images
    inner join (
        select
            request_id,
            device_id,
            hub_id,
            attempted_at,
            arg_max(delivered_at is not null or outcome = 'delivered', day) as is_delivered
        from read_parquet(
            getvariable('landed') || '/csp/image_deliveries/*/*/*.parquet',
            hive_partitioning = true, hive_types = {'month': varchar, 'day': date}
        )
        group by all
    ) as deliveries
        on images.request_id = deliveries.request_id and images.device_id = deliveries.device_id
    where deliveries.is_delivered

),

parts as (

    select
        'image' as part,
        device_type,
        region,
        is_acknowledged as is_good,
        outcome,
        cast(null as varchar) as received
    from images

    union all

    select
        'received',
        device_type,
        region,
        null,
        null,
        received
    from received

    union all

    select
        'activation',
        device_type,
        region,
        response_sent_at is not null and response_code = 'I0',
        null,
        null
    from fct_service_requests
    where is_reported and srv = '11.3'

)

select
    getvariable('month') as reporting_month,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(region) = 1 then 'All' else region end as region,
    count(*) filter (part = 'image') as requested,
    count(*) filter (part = 'image' and is_good) as acknowledged,
    100.0 * acknowledged / nullif(requested, 0) as acknowledged_pct,
    count(distinct received) as hans_received,
    count(*) filter (outcome = 'verified') as verified,
    count(*) filter (outcome = 'failed') as verification_failed,
    count(*) filter (outcome = 'in progress') as in_progress,
    count(*) filter (outcome = 'silent') as silent,
    count(*) filter (part = 'activation') as activations,
    count(*) filter (part = 'activation' and is_good) as activations_succeeded
from parts
group by cube (device_type), rollup (region)
having not (grouping(region) = 0 and region = 'All');

create table hub_firmware as
with

attempts as (

    select
        hub_id,
        image_version,
        attempted_at,
        arg_max(
            {
                'delivered': delivered_at is not null or outcome in ('delivered', 'activated'),
                'activated': activated_at is not null or outcome = 'activated'
            },
            day
        ) as latest
    from read_parquet(
        getvariable('landed') || '/csp/hub_firmware/*/*/*.parquet',
        hive_partitioning = true, hive_types = {'month': varchar, 'day': date}
    )
    group by all

),

placed as (

    select
        attempts.image_version,
        coalesce(devices.region, 'Unknown') as region,
        attempts.latest
    from attempts
    left join devices on attempts.hub_id = devices.device_id
    where
        local_date(attempts.attempted_at) >= getvariable('month')
        and local_date(attempts.attempted_at) < getvariable('next_month')

)

select
    getvariable('month') as reporting_month,
    case when grouping(region) = 1 then 'All' else region end as region,
    image_version,
    count(*) as attempted,
    count(*) filter (latest.delivered) as delivered,
    count(*) filter (latest.activated) as activated,
    100.0 * count(*) filter (latest.delivered) / count(*) as delivered_pct,
    100.0 * count(*) filter (latest.activated) / count(*) as activated_pct
from placed
group by image_version, rollup (region)
having not (grouping(region) = 0 and region = 'All');

---------------------------------------------------------------------------------------- estate (O12)
create temp table out_of_touch as
with

last_day as (

    select device_id
    from read_days
    where activity_date < getvariable('next_month') - 1
    group by device_id
    having
        max(activity_date) >= getvariable('next_month') - 61
        and coalesce(
            max(activity_date) filter (is_answered) < getvariable('next_month') - 61, true
        )

),

last_n13s as (

    select
        device_id,
        max(raised_at) as raised_at
    from fct_alerts
    where
        alert_kind = 'DCC'
        and alert_code = 'N13'
        and activity_date >= getvariable('next_month') - 7
    group by device_id

),

answered as (

    select
        requests.device_id,
        max(requests.response_sent_at) as response_sent_at
    from fct_service_requests as requests
    where
        requests.response_category = 'received_successful'
        and requests.device_id in (select device_id from last_n13s)
        and requests.response_sent_at
        < timezone('UTC', timezone('Europe/London', getvariable('next_month')::timestamp))
    group by requests.device_id

)

select device_id from last_day
union
select last_n13s.device_id
from last_n13s
left join answered on last_n13s.device_id = answered.device_id
where coalesce(answered.response_sent_at <= last_n13s.raised_at, true);

create table estate_health as
with

estate as (

    select
        device_id,
        device_type,
        smets,
        region,
        coalesce(model, 'Unknown') as model_family,
        firmware_version
    from devices
    where status = 'Commissioned' and commissioned_date < getvariable('next_month')

),

loud as (

    select
        estate.device_id,
        rank() over (partition by estate.device_type order by many.alerts desc) as noise_rank,
        types.devices
    from (
        select
            device_id,
            sum(alert_count) as alerts
        from fct_alerts
        group by device_id
        having sum(alert_count) > 100
    ) as many
    inner join estate on many.device_id = estate.device_id
    inner join (
        select
            device_type,
            count(*) as devices
        from estate
        group by device_type
    ) as types on estate.device_type = types.device_type

),

noisy as (

    select device_id from loud where (noise_rank - 1) * 1000 < devices

),

-- Of one snapshot only the numbers say which version came before.
snapshots as (

    select
        device_type,
        coalesce(model, 'Unknown') as model_family,
        firmware_version,
        min(month) as first_seen
    from read_parquet(
        getvariable('landed') || '/dsp/devices/*/*.parquet',
        hive_partitioning = true, hive_types = {'month': varchar}
    )
    where status = 'Commissioned' and firmware_version is not null
    group by all

),

versions as (

    select
        device_type,
        model_family,
        firmware_version,
        rank() over (
            partition by device_type, model_family
            order by
                first_seen desc,
                list_transform(
                    string_split_regex(upper(firmware_version), '[^0-9A-Z]+'),
                    lambda part: lpad(part, 20, '0')
                ) desc,
                firmware_version desc
        ) as firmware_rank,
        count(*) over (partition by device_type, model_family, first_seen) > 1 as is_by_number
    from snapshots

),

cells as (

    select
        estate.device_type,
        estate.smets,
        estate.region,
        versions.firmware_rank,
        versions.is_by_number,
        out_of_touch.device_id is not null as is_out_of_touch,
        noisy.device_id is not null as is_noisy,
        count(*) as devices
    from estate
    left join out_of_touch on estate.device_id = out_of_touch.device_id
    left join noisy on estate.device_id = noisy.device_id
    left join versions
        on
            estate.device_type = versions.device_type
            and estate.model_family = versions.model_family
            and estate.firmware_version = versions.firmware_version
    group by all

)

select
    getvariable('month') as reporting_month,
    case when grouping(device_type) = 1 then 'All' else device_type end as device_type,
    case when grouping(smets) = 1 then 'All' else smets end as smets,
    case when grouping(region) = 1 then 'All' else region end as region,
    sum(devices)::bigint as devices,
    coalesce(sum(devices) filter (is_out_of_touch), 0)::bigint as not_communicating,
    coalesce(sum(devices) filter (is_noisy), 0)::bigint as noisy,
    coalesce(sum(devices) filter (firmware_rank = 1), 0)::bigint as firmware_latest,
    coalesce(sum(devices) filter (firmware_rank = 2), 0)::bigint as firmware_one_behind,
    coalesce(sum(devices) filter (firmware_rank = 3), 0)::bigint as firmware_two_behind,
    coalesce(sum(devices) filter (firmware_rank > 3), 0)::bigint as firmware_older,
    coalesce(sum(devices) filter (firmware_rank is null), 0)::bigint as firmware_unknown,
    coalesce(sum(devices) filter (is_by_number), 0)::bigint as firmware_ranked_by_number,
    (select any_value(history_days) from meter_reads) as history_days,
    (select min(first_seen || '-01')::date from snapshots) as firmware_seen_since
from cells
group by cube (device_type), rollup (smets, region)
having not (grouping(region) = 0 and region = 'All');

---------------------------------------------------------------------- degradation of services (O10)
create table service_degradation as
with

volumes as (

    select
        date_trunc('hour', started_at) as started_at,
        region,
        count(*) as requests,
        0 as installs
    from fct_service_requests
    where is_reported
    group by all

    union all

    select
        date_trunc('hour', commissioned_at),
        region,
        0,
        count(*)
    from installs
    where is_succeeded
    group by all

),

totals as (

    select
        started_at,
        case when grouping(region) = 1 then 'All' else region end as region,
        sum(requests) as requests,
        sum(installs) as installs
    from volumes
    group by started_at, rollup (region)
    having not (grouping(region) = 0 and region = 'All')

),

-- Every hour of the month in each region: of one without a row nothing was started.
hours as (

    select
        hours.hour as started_at,
        regions.region,
        coalesce(totals.requests, 0) as requests,
        coalesce(totals.installs, 0) as installs
    from range(
        timezone('UTC', timezone('Europe/London', getvariable('month')::timestamp)),
        timezone('UTC', timezone('Europe/London', getvariable('next_month')::timestamp)),
        interval 1 hour
    ) as hours (hour)
    cross join (select region from totals group by region) as regions
    left join totals on hours.hour = totals.started_at and regions.region = totals.region

),

normed as (

    select
        hours.started_at,
        hours.region,
        hours.requests,
        hours.installs,
        count(before.started_at) as weeks,
        case when weeks >= 2 then avg(before.requests) end as requests_norm,
        case when weeks >= 2 then avg(before.installs) end as installs_norm
    from hours
    left join (
        select
            hours.* replace (hours.started_at + to_days(7 * weeks.number) as started_at)
        from hours
        cross join (values (1), (2), (3), (4)) as weeks (number)
    ) as before on hours.region = before.region and hours.started_at = before.started_at
    group by all

)

select
    getvariable('month') as reporting_month,
    started_at,
    region,
    installs::bigint as installs,
    installs_norm,
    (installs - installs_norm) / nullif(installs_norm, 0) as installs_deviation,
    case
        when installs_norm is null then 'no history'
        when installs_norm = 0 then 'nothing expected'
        else 'compared'
    end as installs_state,
    requests::bigint as requests,
    requests_norm,
    (requests - requests_norm) / nullif(requests_norm, 0) as requests_deviation,
    case
        when requests_norm is null then 'no history'
        when requests_norm = 0 then 'nothing expected'
        else 'compared'
    end as requests_state,
    local_date(started_at) as activity_date,
    weeks,
    cast(null as varchar) as incident_ids
from normed
where requests > 0 or installs > 0 or requests_norm > 0 or installs_norm > 0;
