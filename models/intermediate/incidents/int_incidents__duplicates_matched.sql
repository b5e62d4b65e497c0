with

incidents as (

    select * from {{ ref('int_incidents__checked') }}

),

duplicates as (

    select
        reporting_month,
        incident_id,
        duplicate_of,
        exclusion_reason,
        is_counted,
        has_duplicate_without_reason,
        has_reason_without_primary
    from incidents
    where duplicate_of is not null or has_reason_without_primary

),

primaries as (

    select
        reporting_month,
        incident_id
    from incidents

),

matched as (

    select
        duplicates.*,
        primaries.incident_id is not null as has_primary_in_extract
    from duplicates
    left join primaries
        on
            duplicates.reporting_month = primaries.reporting_month
            and duplicates.duplicate_of = primaries.incident_id
            -- nothing is a duplicate of itself
            and duplicates.incident_id <> primaries.incident_id

)

select * from matched
