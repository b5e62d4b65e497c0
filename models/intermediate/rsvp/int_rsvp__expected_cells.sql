with

places as (

    select * from {{ ref('int_rsvp__places') }}

),

process_srvs as (

    select * from {{ ref('business_process_srvs') }}

),

rules as (

    select * from {{ ref('attribution_rules') }}

),

-- Install and Commission is one of SMETS2+ devices, whatever its SRVs apply to (A-IC).
processes as (

    select
        process_srvs.business_process,
        bool_or(
            process_srvs.smets1_applicable
            and rules.condition not in ('device_commissioned_that_day', 'hub_commissioned_that_day')
        ) as has_smets1,
        bool_or(rules.attribution_rule = 'A-IC') as is_installation
    from process_srvs
    inner join rules
        on
            process_srvs.business_process = rules.business_process
            and process_srvs.srv = rules.srv
    group by process_srvs.business_process

),

-- Installations are told for electricity and gas meters apart.
device_types as (

    select
        listed.device_type,
        listed.of_installations
    from (
        values ('All', false), ('ESME', true), ('GSME', true)
    ) as listed (device_type, of_installations)

),

-- The cells that a month has although nothing fell into them; what a measure is split by beyond
-- them it has where something did.
cells as (

    select
        places.reporting_month,
        'processes' as grid,
        processes.business_process,
        places.smets,
        places.region,
        device_types.device_type
    from places
    inner join processes on places.smets <> 'SMETS1' or processes.has_smets1
    inner join device_types on processes.is_installation or not device_types.of_installations

    union all

    select
        places.reporting_month,
        'places' as grid,
        'All' as business_process,
        places.smets,
        places.region,
        'All' as device_type
    from places

)

select * from cells
