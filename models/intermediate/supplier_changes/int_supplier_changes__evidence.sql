with

judged as (

    select * from {{ ref('int_supplier_changes__judged') }}

),

periods as (

    select * from {{ ref('int_calendar__periods') }}

),

placed as (

    select
        judged.*,
        {{ is_before_extract('judged.activity_date', 'periods.extract_at') }} as is_in_period
    from judged
    inner join periods on judged.reporting_month = periods.reporting_month

),

evidence as (

    select
        -- keys
        reporting_month,
        activity_date,
        request_id,

        -- who asked which device, and when
        user_id,
        device_id,
        device_type,
        smets,
        region,
        started_at,

        -- what became of it
        response_code,
        succeeded,
        succeeded_by_inference,
        is_user_caused,

        -- where it counts
        is_reported and is_in_period as in_denominator,
        coalesce(succeeded and is_in_period, false) as in_numerator,
        case
            when not is_reported then 'In flight'
            when not is_in_period then 'After the extract point'
        end as exclusion_reason
    from placed

)

select * from evidence
