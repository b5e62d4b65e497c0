with

incidents as (

    select * from {{ ref('int_incidents__placed_at_extract') }}

),

aged as (

    select
        -- keys
        reporting_month,
        incident_id,

        -- how the tables of aged incidents split them
        responsible,
        {{ local_month('raised_at') }} as raised_month,
        category,
        coalesce(issue_type, 'Unknown') as issue_type,

        -- days are local: 90 of them are not always 2,160 hours
        {{ to_local('raised_at') }} < {{ to_local('extract_at') }} - interval 90 day
            as is_older_than_90_days
    from incidents
    where is_open_at_extract

)

select * from aged
