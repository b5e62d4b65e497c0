with

files as (

    select * from {{ ref('int_feeds__files_by_month') }}

),

summed as (

    select
        -- keys
        reporting_month,
        system,
        feed,
        part,
        file_date,

        -- what came
        min(arrived_at) filter (where state = 'landed') as first_arrived_at,
        max(version) filter (where state <> 'refused') as latest_version,
        coalesce(sum(rows_landed) filter (where is_current), 0) as rows_landed,
        coalesce(sum(rows_quarantined) filter (where is_current), 0) as rows_quarantined,
        count(*) filter (where state = 'refused' and not is_settled) as refused_files
    from files
    group by reporting_month, system, feed, part, file_date

)

select * from summed
