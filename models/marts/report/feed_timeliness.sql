with

parts as (

    select * from {{ ref('int_feeds__due_parts') }}

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
        case
            when periods_landed < periods_expected and not is_over then 'not due'
            when periods_landed = 0 and not is_mandatory then 'not due'
            when periods_landed < periods_expected then 'missing'
            when cast({{ to_local('first_landed_at') }} as date) <= due_on then 'on time'
            else 'late'
        end as state,

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
