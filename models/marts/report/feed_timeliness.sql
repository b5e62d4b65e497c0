with

parts as (

    select * from {{ ref('int_feeds__judged_parts') }}

),

final as (

    select
        -- keys
        reporting_month,
        system,
        feed,
        part,

        -- due, and come
        due_on,
        due_working_day,
        first_landed_at,
        latest_version,
        rows_landed,
        rows_quarantined,
        state,

        -- contract
        is_mandatory,
        cadence,
        owner,
        periods_expected,
        periods_landed,
        refused_files
    from parts

)

select * from final
