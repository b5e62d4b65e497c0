{%- set told = [
    'device_type', 'comms_hub_id', 'smets', 'region', 'model', 'firmware_version', 'status',
    'commissioned_at',
] -%}
with

months as (

    select * from {{ ref('int_calendar__months') }}
    where {{ in_period('reporting_month') }}

),

devices as (

    select * from {{ ref('stg_dsp__devices') }}

),

-- Nearly every device is in the month's own snapshot, which has it once: only the others are
-- looked for in the earlier ones.
in_own_snapshot as (

    select
        months.reporting_month,
        {{ prefixed('devices', told) }},
        devices.device_id
    from months
    inner join devices on months.reporting_month = devices.snapshot_month

),

in_earlier_snapshots as (

    select
        months.reporting_month,
        {% for column in told %}
            {{ value_at_max('devices.' ~ column, 'devices.snapshot_month') }} as {{ column }},
        {% endfor %}
        devices.device_id
    from months
    inner join devices on months.reporting_month > devices.snapshot_month
    left join in_own_snapshot
        on
            months.reporting_month = in_own_snapshot.reporting_month
            and devices.device_id = in_own_snapshot.device_id
    where in_own_snapshot.device_id is null
    group by months.reporting_month, devices.device_id

),

known as (

    select * from in_own_snapshot
    union all
    select * from in_earlier_snapshots

)

select * from known
