with

files as (

    select * from {{ ref('stg_landing__files') }}

),

counted as (

    select * from {{ ref('int_requests__counted') }}

),

landed as (

    select file_date as activity_date
    from files
    where is_current and system = 'dsp' and feed = 'service_requests'
    group by file_date

),

-- A day whose extract is there, and whose requests have been worked out: of the other days nobody
-- knows how much was installed, and that is not nought (O7).
built as (

    select counted.activity_date
    from counted
    inner join landed on counted.activity_date = landed.activity_date
    group by counted.activity_date

)

select * from built
