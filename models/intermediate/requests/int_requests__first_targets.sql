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

-- Not the view of the latest rows: which device comes first does not ask what it answered.
targets as (

    select * from {{ ref('stg_dsp__firmware_targets') }}

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
