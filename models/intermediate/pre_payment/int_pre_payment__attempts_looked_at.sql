{%- set last_24_hours = extract_point('reporting_month') ~ ' - interval 24 hour' -%}
with

-- Not materialized, so that the months of the reader are all that is read of it.
evidence as not materialized (

    select * from {{ ref('int_pre_payment__evidence') }}
    where measure_id = 'PP1' and in_denominator

),

-- Whether an attempt begins a sequence is said by the one before it, if that is not more than 24
-- hours old. So the last 24 hours of the month before are all the history that there is to look at,
-- however far back a chain goes: what follows them without a beginning belongs to that month.
of_month_and_before as (
    {% for month, condition in [
        ('reporting_month', 'true'),
        (next_month('reporting_month'), 'started_at >= ' ~ last_24_hours),
    ] %}
        select
            {{ month }} as reporting_month,
            request_id,
            user_id,
            device_id,
            device_type,
            smets,
            region,
            started_at,
            response_code,
            in_numerator as is_succeeded,
            {{ loop.first }} as is_of_month
        from evidence
        where {{ condition }}
        {{ 'union all' if not loop.last }}
    {%- endfor %}
)

select * from of_month_and_before
