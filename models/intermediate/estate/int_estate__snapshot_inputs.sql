with

files as (

    select * from {{ ref('stg_landing__files') }}

),

-- A snapshot says which versions there are at its own extract point, whatever the others say.
summed as (

    select
        file_date as reporting_month,
        file_date as period,
        cast(sum(rows_landed) as bigint) as rows,
        {{ fingerprint_of_files() }} as fingerprint
    from files
    where is_current and system = 'dsp' and feed = 'devices'
    group by file_date

)

select * from summed
