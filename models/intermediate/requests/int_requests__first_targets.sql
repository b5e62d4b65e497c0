{{
    config(
        materialized='by_period',
        period_column='extract_date',
        inputs='int_requests__target_file_inputs',
        period_scope='all',
    )
}}
-- depends_on: {{ ref('int_requests__target_file_inputs') }}
with

-- As landed, not the latest rows alone: what a later day's file says again must not take a target
-- from the day that it came in first, which is not made anew.
targets as (

    select
        request_id,
        device_id,
        _file_date as extract_date
    from {{ source('dsp', 'firmware_targets') }}

),

first_targets as (

    select
        extract_date,
        request_id,
        min(device_id) as first_device_id
    from targets
    where {{ in_period('extract_date') }}
    group by extract_date, request_id

)

select * from first_targets
