with

months as (

    select * from {{ ref('int_calendar__months') }}

),

files as (

    select * from {{ ref('stg_landing__files') }}

),

-- A month reads its own snapshot, and of devices that it lacks the latest earlier one.
read_by_month as (

    select
        months.reporting_month,
        files.source_file,
        files.sha256,
        files.contract_version,
        files.rows_landed
    from months
    inner join files on months.reporting_month >= files.file_date
    where files.is_current and files.system = 'dsp' and files.feed = 'devices'

),

summed as (

    select
        reporting_month,
        reporting_month as period,
        cast(sum(rows_landed) as bigint) as rows,
        {{ fingerprint_of_files() }} as fingerprint
    from read_by_month
    group by reporting_month

)

select * from summed
