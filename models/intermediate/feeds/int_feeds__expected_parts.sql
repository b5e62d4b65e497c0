with

months as (

    select * from {{ ref('int_calendar__months') }}

),

feeds as (

    select * from {{ ref('stg_landing__feeds') }}

),

arrivals as (

    select * from {{ ref('int_feeds__arrivals') }}

),

contracted as (

    select
        months.reporting_month,
        feeds.system,
        feeds.feed,
        parts.part
    from feeds
    cross join unnest(feeds.parts) as parts (part)
    cross join months

),

-- A part that nobody expects is listed all the same: what landed must be seen.
listed as (

    select
        reporting_month,
        system,
        feed,
        part
    from contracted
    union
    select
        reporting_month,
        system,
        feed,
        part
    from arrivals
    where periods_landed > 0

)

select * from listed
