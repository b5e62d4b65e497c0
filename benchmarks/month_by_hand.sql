-- One month of traffic by one script: what somebody would write who wants the row-level tables and
-- the RSVP figures of one month once, and nothing else: no days that change, no names for steps, no
-- contracts, no tests. The measure of what the models may cost (bench_traffic.py).
--
-- Set before: month, landed (folder of the landed Parquet), seeds (folder of the seeds).
-- Every step is the fastest that was found for it; the rules are those of docs/rules.md.

----------------------------------------------------------------------------------------- the clock
-- A month has one clock change at most: the offset before it, the instant, the offset after it.
create macro local_offset(ts) as
    timezone('Europe/London', timezone('UTC', ts)) - ts;

set variable offset_before = local_offset(getvariable('month')::timestamp - interval 2 day);

set variable offset_after = local_offset(getvariable('month')::timestamp + interval 33 day);

set variable change_at = (
    select coalesce(min(hour), timestamp '9999-01-01')
    from range(
        getvariable('month')::timestamp - interval 2 day,
        getvariable('month')::timestamp + interval 33 day,
        interval 1 hour
    ) as hours (hour)
    where local_offset(hour) <> getvariable('offset_before')
);

set variable next_month = cast(getvariable('month') + interval 1 month as date);

create macro local_date(ts) as cast(
    ts + case
        when ts < getvariable('change_at') then getvariable('offset_before')
        else getvariable('offset_after')
    end as date
);

create macro us_between(started, ended) as epoch_us(ended) - epoch_us(started);

------------------------------------------------------------------------------------- reference data
-- SRV, mode: target and timing class; SRV: what Table 4 says of it.
create temp table srv_modes as
with

table_4 as (

    select
        srv,
        not bool_or(smets1_applicable = 'true') as is_not_for_smets1,
        bool_or(business_process = 'Install and Commission') as is_install,
        any_value(business_process) filter (
            business_process <> 'Install and Commission'
            and (srv not in ('1.1.1', '6.8') or business_process = 'Tariff Updates')
        ) as own_process
    from read_csv(getvariable('seeds') || '/business_process_srvs.csv', all_varchar = true)
    group by srv

),

targets as (

    select *
    from read_csv(
        getvariable('seeds') || '/target_response_times.csv',
        columns = {'srv': 'varchar', 'mode_of_operation': 'integer', 'target_seconds': 'integer'}
    )

),

modes as (

    select * from read_csv(getvariable('seeds') || '/modes_of_operation.csv')

),

srvs as (

    select srv from table_4
    union
    select srv from targets

)

select
    srvs.srv,
    modes.mode_of_operation::integer as mode_of_operation,
    targets.target_seconds,
    coalesce(table_4.is_not_for_smets1, false) as is_not_for_smets1,
    coalesce(table_4.is_install, false) as is_install,
    table_4.own_process,
    case table_4.own_process
        when 'Change of Supplier (Gain)' then 'A-COS'
        when 'Change of Tenancy' then 'A-COT'
        when 'Tariff Updates' then 'A-TAR'
        when 'Pre-Payment' then 'A-PP'
        when 'Security and Key Management' then 'A-SEC'
        when 'Update Device Firmware' then 'A-FW'
        when 'Logistics CH Ordering and Returns' then 'A-LOG'
        when 'Meter Reads' then 'A-READ'
        when 'Distribution Networks Post I&C Activity' then 'A-DNO'
    end as own_rule
from srvs
cross join modes
left join table_4 on srvs.srv = table_4.srv
left join targets
    on srvs.srv = targets.srv and modes.mode_of_operation = targets.mode_of_operation;

set variable reported_statuses = (
    select list(report_status_id)
    from read_csv(getvariable('seeds') || '/report_statuses.csv')
    where is_reported
);

-- Per device the month's snapshot, else the latest earlier one that has it.
create temp table devices as
with

snapshots as (

    select
        *,
        cast(month || '-01' as date) as snapshot_month
    from read_parquet(
        getvariable('landed') || '/dsp/devices/*/*.parquet',
        hive_partitioning = true, hive_types = {'month': varchar}
    )
    where cast(month || '-01' as date) <= getvariable('month')

),

latest as (

    select * from snapshots where snapshot_month = getvariable('month')

    union all by name

    select unnest(arg_max(earlier, earlier.snapshot_month))
    from snapshots as earlier
    where
        earlier.snapshot_month < getvariable('month')
        and earlier.device_id not in (
            select device_id from snapshots where snapshot_month = getvariable('month')
        )
    group by earlier.device_id

)

select
    latest.device_id,
    latest.comms_hub_id,
    latest.device_type,
    latest.smets,
    case
        when latest.smets = 'SMETS1' then 'All' else coalesce(latest.region, 'Unknown')
    end as region,
    -- compared with days of this month alone, so this month's clock will do
    local_date(latest.commissioned_at) as commissioned_date,
    local_date(hubs.commissioned_at) as hub_commissioned_date,
    latest.commissioned_at,
    latest.status,
    latest.model,
    latest.firmware_version
from latest
left join latest as hubs on latest.comms_hub_id = hubs.device_id;

------------------------------------------------------------------- what decides about other requests
create macro service_requests() as table
    select
        *,
        case
            when
                mode_of_operation in (4, 6, 10)
                and execution_at is not null
                and (response_sent_at is null or execution_at <= response_sent_at)
                then execution_at
            else received_at
        end as started_at,
        list_contains(getvariable('reported_statuses'), report_status_id) as is_reported
    from read_parquet(
        getvariable('landed') || '/dsp/service_requests/*/*/*.parquet',
        hive_partitioning = true, hive_types = {'month': varchar, 'day': date}
    );

-- Reported 6.23, 11.1, and what an N12 or N13 may belong to.
create temp table deciding as
select
    request_id,
    device_id,
    user_id,
    srv,
    started_at,
    is_reported and srv = '6.23' as is_supplier_change,
    is_reported
    and coalesce(response_code not in ('E20', 'E21', 'E30', 'E31'), true)
    and not (response_sent_at is not null and coalesce(response_code in ('I0', 'I99'), false))
        as is_candidate
from service_requests()
where is_candidate or srv = '11.1' or is_supplier_change;

create temp table supplier_changes as
select
    device_id,
    local_date(started_at) as activity_date
from deciding
where is_supplier_change
group by all;

create temp table firmware_devices as
select
    deciding.request_id,
    min(targets.device_id) as device_id
from deciding
inner join
    read_parquet(getvariable('landed') || '/dsp/firmware_targets/*/*/*.parquet') as targets
    on deciding.request_id = targets.request_id
where deciding.srv = '11.1' and deciding.device_id not in (select device_id from devices)
group by deciding.request_id;

------------------------------------------------------------------------------------------ alerts (S6)
create macro alerts() as table
    select
        * replace (
            upper(
                case
                    when alert_code like '0x%' or alert_code like '0X%' then substr(alert_code, 3)
                    else alert_code
                end
            ) as alert_code,
            coalesce(alert_count, 1) as alert_count
        )
    from read_parquet(
        getvariable('landed') || '/dsp/alerts/*/*/*.parquet',
        hive_partitioning = true, hive_types = {'month': varchar, 'day': date}
    );

create temp table owners as
with

linkable as (

    select
        alert_id,
        request_id,
        device_id,
        user_id,
        raised_at
    from alerts()
    where alert_kind = 'DCC' and alert_code in ('N12', 'N13')

),

candidates as (

    select * from deciding where is_candidate

),

starts as (

    select
        device_id,
        user_id,
        started_at,
        max(request_id) as request_id
    from candidates
    group by all

)

select
    linkable.alert_id,
    candidates.request_id
from linkable
inner join candidates on linkable.request_id = candidates.request_id

union all

select
    unnamed.alert_id,
    starts.request_id
from (select * from linkable where request_id is null and user_id is not null) as unnamed
asof inner join starts
    on
        unnamed.device_id = starts.device_id
        and unnamed.user_id = starts.user_id
        and unnamed.raised_at >= starts.started_at
where us_between(starts.started_at, unnamed.raised_at) <= 86400000000;

create temp table failed_by_alert as
select request_id
from owners
group by request_id;

----------------------------------------------------------------------------------- row-level tables
create table fct_service_requests as
with

timed as (

    select
        * exclude (device_id),
        device_id as given_device_id,
        local_date(started_at) as activity_date,
        us_between(started_at, response_sent_at) - case
            when quarantined_at is null then 0
            else greatest(
                us_between(
                    greatest(quarantined_at, started_at),
                    least(coalesce(released_at, response_sent_at), response_sent_at)
                ),
                0
            )
        end as rtt_us,
        coalesce(response_code in ('I0', 'I99'), false) as is_success
    from service_requests()

),

of_devices as (

    select
        timed.*,
        coalesce(firmware_devices.device_id, timed.given_device_id) as device_id
    from timed
    left join firmware_devices
        on case when timed.srv = '11.1' then timed.request_id end = firmware_devices.request_id
    where
        timed.activity_date >= getvariable('month')
        and timed.activity_date < getvariable('next_month')

),

judged as (

    select
        requests.*,
        coalesce(devices.comms_hub_id, requests.device_id) as comms_hub_id,
        coalesce(devices.device_type, 'Unknown') as device_type,
        coalesce(devices.smets, 'Unknown') as smets,
        coalesce(devices.region, 'Unknown') as region,
        case
            when requests.srv = '11.3' and devices.smets = 'SMETS1' then 432000
            else srv_modes.target_seconds
        end as trt_seconds,
        case
            when not requests.is_reported then null
            when srv_modes.is_not_for_smets1 and devices.smets = 'SMETS1' then 'A-NONE'
            when
                srv_modes.is_install
                and devices.smets = 'SMETS2+'
                and requests.activity_date = case
                    when requests.srv = '8.14.1' then devices.hub_commissioned_date
                    else devices.commissioned_date
                end
                then 'A-IC'
            when supplier_changes.device_id is not null then 'A-COS'
            when srv_modes.own_rule <> 'A-DNO' or requests.user_role in ('ED', 'GT')
                then coalesce(srv_modes.own_rule, 'A-NONE')
            else 'A-NONE'
        end as attribution_rule,
        case attribution_rule
            when 'A-NONE' then 'Unattributed'
            when 'A-IC' then 'Install and Commission'
            when 'A-COS' then 'Change of Supplier (Gain)'
            else case when attribution_rule is not null then srv_modes.own_process end
        end as business_process,
        failed_by_alert.request_id is not null as is_failed_by_alert
    from of_devices as requests
    left join devices on requests.device_id = devices.device_id
    left join srv_modes
        on
            requests.srv = srv_modes.srv
            and requests.mode_of_operation = srv_modes.mode_of_operation
    left join supplier_changes
        on
            case when requests.srv in ('1.1.1', '6.8') then requests.device_id end
            = supplier_changes.device_id
            and requests.activity_date = supplier_changes.activity_date
    -- what has a successful response is no candidate, and is most of it
    left join failed_by_alert
        on
            case
                when requests.response_sent_at is null or not requests.is_success
                    then requests.request_id
            end = failed_by_alert.request_id

)

select
    request_id,
    getvariable('month') as reporting_month,
    activity_date,
    day as extract_date,
    srv,
    mode_of_operation,
    case
        when mode_of_operation in (2, 3) then 'on_demand'
        when mode_of_operation = 6 then 'scheduled'
        when mode_of_operation in (4, 10) then 'future_dated'
    end as timing_class,
    user_id,
    user_role,
    device_id,
    comms_hub_id,
    device_type,
    smets,
    region,
    received_at,
    started_at,
    response_sent_at,
    report_status_id,
    is_reported,
    coalesce(response_code, 'None') as response_code,
    case
        when not is_reported then null
        when response_sent_at is not null and is_success then 'received_successful'
        when response_sent_at is not null then 'received_unsuccessful'
        when is_success then 'not_received_successful'
        else 'not_received_unsuccessful'
    end as response_category,
    rtt_us,
    rtt_us / 1000000.0 as rtt_seconds,
    trt_seconds,
    case
        when is_reported and trt_seconds is not null
            then coalesce(rtt_us <= 1000000 * trt_seconds::bigint, false)
    end as within_trt,
    case
        when is_reported
            then
                coalesce(response_code in ('E20', 'E21', 'E30', 'E31'), false)
                or is_failed_by_alert
    end as delivery_failed,
    dsp_processing_ms,
    business_process,
    attribution_rule
from judged;

create table fct_alerts as
with

dated as (

    select
        * exclude (request_id),
        local_date(raised_at) as activity_date
    from alerts()

)

select
    alerts.alert_id,
    getvariable('month') as reporting_month,
    alerts.activity_date,
    alerts.day as extract_date,
    alerts.alert_code,
    alerts.alert_kind,
    alerts.alert_count,
    alerts.device_id,
    coalesce(devices.device_type, 'Unknown') as device_type,
    coalesce(devices.smets, 'Unknown') as smets,
    coalesce(devices.region, 'Unknown') as region,
    alerts.user_id,
    owners.request_id,
    alerts.disposition,
    alerts.raised_at,
    alerts.sent_at,
    us_between(alerts.raised_at, alerts.csp_received_at) / 1000000.0 as seconds_to_csp,
    us_between(alerts.csp_received_at, alerts.dsp_received_at) / 1000000.0 as seconds_to_dsp,
    us_between(alerts.dsp_received_at, alerts.sent_at) / 1000000.0 as seconds_to_send,
    us_between(alerts.sent_at, alerts.acknowledged_at) / 1000000.0 as seconds_to_acknowledge,
    case
        when alerts.disposition in ('delivered', 'undelivered')
            then coalesce(us_between(alerts.raised_at, alerts.sent_at) <= 60000000, false)
    end as on_time
from dated as alerts
left join devices on alerts.device_id = devices.device_id
left join owners on alerts.alert_id = owners.alert_id
where
    alerts.activity_date >= getvariable('month')
    and alerts.activity_date < getvariable('next_month');

------------------------------------------------------------------------------------------- RSVP (S7)
-- Cells of a day: everything adds up from these but the median.
create temp table day_cells as
select
    activity_date,
    business_process,
    srv,
    timing_class,
    smets,
    region,
    device_type,
    count(*) as volume,
    count(rtt_us) as responses,
    sum(rtt_us) as rtt_us,
    min(rtt_us) as min_rtt_us,
    max(rtt_us) as max_rtt_us,
    count(*) filter (delivery_failed) as delivery_failures,
    count(*) filter (within_trt) as within_trt,
    count(within_trt) as with_trt,
    count(*) filter (response_category = 'received_successful') as received_successful,
    count(*) filter (response_category = 'received_unsuccessful') as received_unsuccessful,
    count(*) filter (response_category = 'not_received_successful') as not_received_successful,
    count(*) filter (response_category = 'not_received_unsuccessful') as not_received_unsuccessful,
    count(dsp_processing_ms) filter (smets = 'SMETS2+') as with_processing,
    sum(dsp_processing_ms) filter (smets = 'SMETS2+') as processing_ms
from fct_service_requests
where is_reported
group by all;

-- S9: the test messages of the day and region, for the requests whose processing time is known.
create temp table speeds as
with

answers as (

    select
        region,
        local_date(sent_at) as activity_date,
        avg(rtt_ms) as test_ms
    from read_parquet(getvariable('landed') || '/csp/test_messages/*/*/*.parquet')
    where rtt_ms is not null
    group by all

)

select
    day_cells.*,
    case when answers.test_ms is not null then day_cells.with_processing else 0 end
        as interim_requests,
    day_cells.with_processing * answers.test_ms
    + case when answers.test_ms is not null then day_cells.processing_ms end as interim_ms
from day_cells
left join answers
    on day_cells.region = answers.region and day_cells.activity_date = answers.activity_date;

-- The median: round trips of a month's cell by their size (a 48th of a power of e). Counts say
-- in which sizes the middle of a cell or total lies, and only their round trips are looked at.
create temp table sized as
select
    business_process,
    srv,
    timing_class,
    smets,
    region,
    device_type,
    cast(floor(ln(rtt_us + 1) * 48) as smallint) as size,
    count(*) as responses,
    list(rtt_us) as rtts_us
from fct_service_requests
where is_reported and rtt_us is not null
group by all;

-- SRV, timing class, device type each or in all; (smets, region), (smets, All) or (All, All).
create temp table splits as
select
    by_srv,
    by_timing_class,
    by_device_type,
    by_smets,
    by_region
from (values (true), (false)) as of_srv (by_srv)
cross join (values (true), (false)) as of_timing_class (by_timing_class)
cross join (values (true), (false)) as of_device_type (by_device_type)
cross join (values (true, true), (true, false), (false, false)) as places (by_smets, by_region);

-- SMETS1 has region All: one row, not two.
create macro in_totals(cells) as table
    select
        cells.* exclude (srv, timing_class, device_type, smets, region),
        case when by_srv then srv else 'All' end as srv,
        case when by_timing_class then timing_class else 'All' end as timing_class,
        case when by_device_type then device_type else 'All' end as device_type,
        case when by_smets then smets else 'All' end as smets,
        case when by_region then region else 'All' end as region
    from query_table(cells) as cells
    cross join splits
    where not (by_region and region = 'All');

create temp table medians as
with

sizes as (

    select * exclude (rtts_us) from sized

),

counted as (

    select
        business_process,
        srv,
        timing_class,
        smets,
        region,
        device_type,
        size,
        sum(responses)::bigint as responses
    from in_totals('sizes')
    group by all

),

ranked as (

    select
        *,
        (sum(responses) over cell)::bigint as total,
        (sum(responses) over (cell order by size) - responses)::bigint as below
    from counted
    window
        cell as (partition by business_process, srv, timing_class, smets, region, device_type)

),

halves as (

    select *
    from ranked
    where below < total // 2 + 1 and below + responses >= (total + 1) // 2

),

middle as (

    select
        halves.* exclude (responses),
        any_value(halves.responses) as responses,
        list_sort(flatten(list(sized.rtts_us))) as rtts_us
    from halves
    inner join sized
        on
            halves.business_process = sized.business_process
            and halves.size = sized.size
            and halves.srv in ('All', sized.srv)
            and halves.timing_class in ('All', sized.timing_class)
            and halves.device_type in ('All', sized.device_type)
            and halves.smets in ('All', sized.smets)
            and halves.region in ('All', sized.region)
    group by all

)

-- of an even number the two middle ones, which may lie in two sizes
select
    business_process,
    srv,
    timing_class,
    smets,
    region,
    device_type,
    (
        max(rtts_us[(total + 1) // 2 - below]) filter (below < (total + 1) // 2)
        + max(rtts_us[total // 2 + 1 - below]) filter (below + responses >= total // 2 + 1)
    ) / 2 / 1000000.0 as median_rtt_seconds
from middle
group by all;

create table rsvp_monthly as
with

cells as (

    select
        business_process,
        srv,
        timing_class,
        smets,
        region,
        device_type,
        sum(volume)::bigint as volume,
        sum(responses)::bigint as responses,
        sum(rtt_us) / sum(responses) / 1000000.0 as mean_rtt_seconds,
        min(min_rtt_us) / 1000000.0 as min_rtt_seconds,
        max(max_rtt_us) / 1000000.0 as max_rtt_seconds,
        sum(interim_ms) / sum(interim_requests) / 1000.0 as interim_rtt_seconds,
        sum(within_trt)::bigint as within_trt,
        sum(with_trt)::bigint as with_trt,
        sum(delivery_failures)::bigint as delivery_failures,
        sum(received_successful)::bigint as received_successful,
        sum(received_unsuccessful)::bigint as received_unsuccessful,
        sum(not_received_successful)::bigint as not_received_successful,
        sum(not_received_unsuccessful)::bigint as not_received_unsuccessful
    from in_totals('speeds')
    group by all

)

select
    getvariable('month') as reporting_month,
    cells.*,
    medians.median_rtt_seconds,
    100.0 * cells.within_trt / nullif(cells.with_trt, 0) as within_trt_pct,
    100.0 * cells.delivery_failures / cells.volume as delivery_failure_pct
from cells
left join medians using (business_process, srv, timing_class, smets, region, device_type);

create table rsvp_daily as
with

cells as (

    select
        activity_date,
        business_process,
        srv,
        timing_class,
        smets,
        region,
        device_type,
        sum(volume)::bigint as volume,
        sum(responses)::bigint as responses,
        sum(rtt_us) / sum(responses) / 1000000.0 as mean_rtt_seconds,
        max(max_rtt_us) / 1000000.0 as max_rtt_seconds,
        sum(interim_ms) / sum(interim_requests) / 1000.0 as interim_rtt_seconds,
        sum(delivery_failures)::bigint as delivery_failures,
        sum(within_trt)::bigint as within_trt,
        sum(with_trt)::bigint as with_trt
    from in_totals('speeds')
    group by all

)

select
    getvariable('month') as reporting_month,
    cells.*,
    cells.volume - cells.responses as without_response,
    rsvp_monthly.mean_rtt_seconds as month_mean_rtt_seconds
from cells
inner join rsvp_monthly using (business_process, srv, timing_class, smets, region, device_type);

------------------------------------------------------------------------- pairs (A10), data warnings
create table credential_pairs as
with

together as (

    select
        srv,
        smets,
        region,
        device_id,
        activity_date,
        count(*) as requests
    from fct_service_requests
    where is_reported and srv in ('6.15.2', '6.17')
    group by all

),

in_places as (

    select
        case when by_srv then srv else 'All' end as srv,
        case when by_smets then smets else 'All' end as smets,
        case when by_region then region else 'All' end as region,
        requests
    from together
    cross join splits
    where by_timing_class and by_device_type and not (by_region and region = 'All')

)

select
    getvariable('month') as reporting_month,
    srv,
    smets,
    region,
    sum(requests)::bigint as requests,
    sum(requests // 2 * 2)::bigint as in_complete_pairs,
    100.0 * sum(requests // 2 * 2) / sum(requests) as complete_pct
from in_places
group by all;

create table data_warnings as
with

cells as (

    select
        srv,
        mode_of_operation,
        smets,
        trt_seconds is null as has_no_target,
        response_code,
        count(*) as requests
    from fct_service_requests
    where is_reported
    group by all

),

known_codes as (

    select response_code
    from read_csv(getvariable('seeds') || '/response_codes.csv', all_varchar = true)

),

known_srvs as (

    select srv from read_csv(getvariable('seeds') || '/srvs.csv', all_varchar = true)

),

known_alert_codes as (

    select alert_code
    from read_csv(getvariable('seeds') || '/alert_codes.csv', all_varchar = true)

),

warned as (

    select 'unknown device' as warning, srv as detail, requests
    from cells
    where smets = 'Unknown'

    union all

    select 'SRV not applicable to SMETS1', srv, requests
    from cells
    where
        smets = 'SMETS1' and srv in (select srv from srv_modes where is_not_for_smets1)

    union all

    select 'without target', srv || ' mode ' || mode_of_operation, requests
    from cells
    where has_no_target

    union all

    select 'unknown response code', response_code, requests
    from cells
    where response_code <> 'None' and response_code not in (select response_code from known_codes)

    union all

    select 'unknown SRV', srv, requests
    from cells
    where srv not in (select srv from known_srvs)

    union all

    select 'unknown alert code', alert_code, sum(alert_count)
    from fct_alerts
    where alert_code not in (select alert_code from known_alert_codes)
    group by alert_code

)

select
    getvariable('month') as reporting_month,
    warning,
    detail,
    sum(requests)::bigint as rows
from warned
group by all;
