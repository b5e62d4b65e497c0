{#- Of each count the extracts that tell of it: what is awaited is not nought. -#}
{%- set outcomes = ['verified', 'verification_failed', 'in_progress', 'silent'] -%}
with

images as (

    select * from {{ ref('int_firmware__image_regions') }}

),

landed as (

    select * from {{ ref('int_firmware__landed') }}

),

final as (

    select
        -- keys
        images.reporting_month,
        images.device_type,
        images.region,

        -- targets of the 11.1 (DF1)
        case when landed.has_targets then images.requested end as requested,
        case when landed.has_targets then images.acknowledged end as acknowledged,
        case
            when landed.has_targets
                then 100.0 * images.acknowledged / nullif(images.requested, 0)
        end as acknowledged_pct,
        case when landed.has_targets and landed.has_deliveries then images.hans_received end
            as hans_received,

        -- what became of those acknowledged (DF2)
        {% for outcome in outcomes %}
            case when landed.has_targets and landed.has_alerts then images.{{ outcome }} end
                as {{ outcome }},
        {% endfor %}

        -- 11.3 (DF3)
        images.activations,
        images.activations_succeeded
    from images
    left join landed on images.reporting_month = landed.reporting_month

)

select * from final
