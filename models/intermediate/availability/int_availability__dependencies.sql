with

months as (

    select * from {{ ref('int_calendar__months') }}
    where {{ in_period('reporting_month') }}

),

services as (

    select * from {{ ref('services') }}

),

components as (

    select * from {{ ref('components') }}

),

service_components as (

    select * from {{ ref('service_components') }}

),

process_components as (

    select * from {{ ref('process_components') }}

),

dependencies as (

    -- V1
    select
        months.reporting_month,
        'service' as subject_kind,
        services.service_id as subject,
        'All' as smets,
        services.is_regional,
        service_components.component_id
    from months
    inner join services on {{ holds_in('services', 'months.reporting_month') }}
    inner join service_components
        on
            services.service_id = service_components.service_id
            and {{ holds_in('service_components', 'months.reporting_month') }}

    union all

    -- V6
    select
        months.reporting_month,
        'process' as subject_kind,
        process_components.business_process as subject,
        process_components.smets,
        process_components.smets = 'SMETS2+' as is_regional,
        process_components.component_id
    from months
    inner join process_components on {{ holds_in('process_components', 'months.reporting_month') }}

    union all

    -- AVAIL-H: a component depends on itself
    select
        months.reporting_month,
        'component' as subject_kind,
        components.component_id as subject,
        'All' as smets,
        components.is_regional,
        components.component_id
    from months
    inner join components on {{ holds_in('components', 'months.reporting_month') }}

)

select * from dependencies
