{{
    config(
        materialized='incremental',
        incremental_strategy='microbatch',
        event_time='reporting_month',
        batch_size='month',
        begin='2018-01-01',
    )
}}
with

last_n13s as (

    select * from {{ ref('int_estate__last_n13s') }}

),

-- Of the month before too, hence without the batch's filter; the join keeps to the two months.
requests as (

    select * from {{ ref('fct_service_requests').render() }}
    where response_category = 'received_successful'

),

-- Whatever answered in the last seven days started in this month or the one before.
looked_at as (
    {% for request_month in ['reporting_month', previous_month('reporting_month')] %}
        select
            *,
            {{ request_month }} as request_month
        from last_n13s
        {{ 'union all' if not loop.last }}
    {%- endfor %}
),

answered as (

    select
        looked_at.reporting_month,
        looked_at.device_id
    from looked_at
    inner join requests
        on
            looked_at.request_month = requests.reporting_month
            and looked_at.device_id = requests.device_id
            and looked_at.last_n13_at < requests.response_sent_at
            and looked_at.extract_at > requests.response_sent_at
    group by looked_at.reporting_month, looked_at.device_id

),

unanswered as (

    select
        last_n13s.reporting_month,
        last_n13s.device_id,
        last_n13s.last_n13_at
    from last_n13s
    left join answered
        on
            last_n13s.reporting_month = answered.reporting_month
            and last_n13s.device_id = answered.device_id
    where answered.device_id is null

)

select * from unanswered
