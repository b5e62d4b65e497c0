with

files as (

    select * from {{ ref('stg_landing__files') }}

),

summed as (

    select
        cast(date_trunc('month', file_date) as date) as reporting_month,
        file_date as period,
        cast(sum(rows_landed) as bigint) as rows,
        {{ fingerprint_of_files() }} as fingerprint
    from files
    where is_current and system = 'dsp' and feed = 'firmware_targets'
    group by file_date

)

select * from summed
