with

parts as (

    select * from {{ ref('int_feeds__due_parts') }}

),

judged as (

    select
        *,
        case
            when periods_landed < periods_expected and not is_over then 'not due'
            when periods_landed = 0 and not is_mandatory then 'not due'
            when periods_landed < periods_expected then 'missing'
            when cast({{ to_local('first_landed_at') }} as date) <= due_on then 'on time'
            else 'late'
        end as state
    from parts

)

select * from judged
