{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
{%- set shown = shown_value('value', 'unit') -%}

with

measures as (

    select * from {{ ref('int_measures__with_previous') }}

),

-- Here, and nowhere else on the way of a measure, numerators meet denominators.
valued as (

    select
        *,
        case
            when state = 'Reported'
                then {{ measure_level('formula', 'numerator', 'denominator', 'level') }}
        end as value
    from measures

),

judged as (

    select
        *,
        {{ value_text('value', 'unit', 'state') }} as value_text,
        {{ shown }} as shown_value,
        case
            when kind = 'M'
                then {{ measure_status(shown, 'target', 'minimum', 'direction') }}
        end as status
    from valued

),

told as (

    select
        -- keys
        reporting_month,
        measure_id,
        scope,
        business_process,
        srv,
        smets,
        region,
        device_type,

        -- figure
        measure_name,
        kind,
        numerator,
        denominator,
        value,
        value_text,
        unit,
        direction,
        target,
        minimum,
        previous_value,
        status,
        coalesce(status in ('Below Target', 'Below Minimum'), false) as commentary_required,

        -- how it came about
        state,
        shown_value,
        previous_text,
        formula,
        requirement,
        rule,
        section,
        sort_order,
        family_model
    from judged

)

select * from told
