with

periods as (

    select * from {{ ref('int_availability__periods') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}
    where is_current

),

-- Of events every file: what began long ago may still be open, what a later file closed is not.
event_files as (

    select
        cast(sum(rows_landed) as bigint) as rows,
        {{ fingerprint_of_files() }} as fingerprint
    from files
    where system = 'dsp' and feed = 'component_events'

),

maintenance_files as (

    select
        file_date as reporting_month,
        {{ fingerprint_of_files() }} as fingerprint
    from files
    where system = 'dcc' and feed = 'maintenance'
    group by file_date

),

joined as (

    select
        periods.reporting_month,
        periods.reporting_month as period,
        coalesce(event_files.rows, 0) as rows,
        concat_ws(
            '/', event_files.fingerprint, maintenance_files.fingerprint, periods.extract_at
        ) as fingerprint
    from periods
    cross join event_files
    left join maintenance_files on periods.reporting_month = maintenance_files.reporting_month

)

select * from joined
