with

resolution as (

    select * from {{ ref('int_incidents__resolution_summed') }}

),

crossed as (

    select
        resolution.*,
        measures.measure_id,
        case measures.measure_id
            when 'CPM5-C-RAISED' then resolution.raised
            when 'CPM5-C-CLOSED' then resolution.closed
            when 'CPM5-C-RESPONSE' then resolution.within_response_target
            when 'CPM5-C-RESOLUTION' then resolution.within_resolution_target
            when 'INC-RES' then resolution.resolved_not_closed
            when 'INC-RES-WITHIN' then resolution.resolved_within_target
        end as numerator,
        case
            when measures.measure_id in ('CPM5-C-RESPONSE', 'CPM5-C-RESOLUTION')
                then resolution.closed
            when measures.measure_id = 'INC-RES-WITHIN' then resolution.resolved_not_closed
        end as denominator,
        case measures.measure_id
            when 'CPM5-C-HOURS-MEAN' then resolution.mean_resolution_hours
            when 'CPM5-C-HOURS-MEDIAN' then resolution.median_resolution_hours
            when 'CPM5-C-HOURS-MAX' then resolution.max_resolution_hours
        end as level
    from resolution
    cross join (
        values
        ('CPM5-C-RAISED'), ('CPM5-C-CLOSED'), ('CPM5-C-RESPONSE'), ('CPM5-C-RESOLUTION'),
        ('CPM5-C-HOURS-MEAN'), ('CPM5-C-HOURS-MEDIAN'), ('CPM5-C-HOURS-MAX'),
        ('INC-RES'), ('INC-RES-WITHIN')
    ) as measures (measure_id)
    -- what is resolved and not closed is told by category alone
    where resolution.smets = 'All' or measures.measure_id not in ('INC-RES', 'INC-RES-WITHIN')

),

cells as (

    select
        -- keys
        reporting_month,
        measure_id,
        {{ category_label('category') }} as scope,
        {{ unsplit(except=['smets']) }},
        smets,

        -- figure
        cast(numerator as double) as numerator,
        cast(denominator as double) as denominator,
        level,
        case
            when measure_id in ('CPM5-C-RAISED', 'CPM5-C-CLOSED', 'INC-RES') then 'Reported'
            when measure_id = 'INC-RES-WITHIN' and resolved_not_closed = 0 then 'No Events'
            when measure_id = 'INC-RES-WITHIN' then 'Reported'
            when closed_before_exclusions = 0 then 'No Events'
            when closed = 0 then 'Data Exempted'
            when denominator is null and level is null then 'Not Reported'
            else 'Reported'
        end as state,

        -- limits
        cast(null as double) as target,
        cast(null as double) as minimum
    from crossed

)

select * from cells
