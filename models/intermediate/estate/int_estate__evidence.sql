with

devices as (

    select * from {{ ref('int_estate__commissioned') }}

),

out_of_touch as (

    select * from {{ ref('int_estate__out_of_touch') }}

),

noisy as (

    select * from {{ ref('int_estate__noisy_devices') }}

),

ranks as (

    select * from {{ ref('int_estate__firmware_ranks') }}

),

evidence as (

    select
        -- keys
        devices.reporting_month,
        devices.device_id,

        -- what and where it is
        devices.device_type,
        devices.smets,
        devices.region,
        devices.model_family,
        devices.firmware_version,

        -- why it is taken not to communicate
        coalesce(out_of_touch.is_silent, false) as is_silent,
        out_of_touch.last_n13_at,

        -- alerts of a noisy device
        noisy.device_id is not null as is_noisy,
        noisy.alerts,

        -- its version among those of its family
        ranks.firmware_currency,
        ranks.is_ranked_by_number,

        -- how it counts
        devices.is_of_estate as in_denominator,
        devices.is_of_estate and out_of_touch.device_id is not null as in_numerator,
        devices.exclusion_reason
    from devices
    left join out_of_touch
        on
            devices.reporting_month = out_of_touch.reporting_month
            and devices.device_id = out_of_touch.device_id
    left join noisy
        on devices.reporting_month = noisy.reporting_month and devices.device_id = noisy.device_id
    left join ranks
        on
            devices.reporting_month = ranks.reporting_month
            and devices.device_type = ranks.device_type
            and devices.model_family = ranks.model_family
            and devices.firmware_version = ranks.firmware_version

)

select * from evidence
