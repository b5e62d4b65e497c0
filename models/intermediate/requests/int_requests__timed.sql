with

requests as (

    select * from {{ ref('int_requests__started') }}

),

report_statuses as (

    select * from {{ ref('report_statuses') }}

),

modes as (

    select * from {{ ref('modes_of_operation') }}

),

quarantined as (

    select
        *,
        -- S2: the part between start and response; without a release it lasts until the response
        case
            when quarantined_at is not null and response_sent_at is not null
                then greatest(
                    {{ microseconds_between(
                        'greatest(quarantined_at, started_at)',
                        'least(coalesce(released_at, response_sent_at), response_sent_at)'
                    ) }},
                    0
                )
            else 0
        end as quarantine_us
    from requests

),

timed as (

    select
        quarantined.*,
        modes.timing_class,
        coalesce(report_statuses.is_reported, false) as is_reported,
        cast(date_trunc('month', quarantined.activity_date) as date) as reporting_month,
        {{ microseconds_between('quarantined.started_at', 'quarantined.response_sent_at') }}
        - quarantined.quarantine_us as rtt_us
    from quarantined
    left join report_statuses
        on quarantined.report_status_id = report_statuses.report_status_id
    left join modes on quarantined.mode_of_operation = modes.mode_of_operation

)

select * from timed
