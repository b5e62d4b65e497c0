with

months as (

    select * from {{ ref('int_alerts__months') }}

),

codes as (

    select * from {{ ref('alert_codes') }}

),

final as (

    select
        -- keys
        months.reporting_month,
        months.alert_code,
        codes.meaning,
        codes.alert_kind,
        months.smets,
        months.region,

        -- volume
        months.alerts,
        months.alert_rows,

        -- from the Communications Hub to the CSP
        months.to_csp_measured,
        months.to_csp_mean_seconds,
        months.to_csp_median_seconds,

        -- from the CSP to the DSP
        months.to_dsp_measured,
        months.to_dsp_mean_seconds,
        months.to_dsp_median_seconds,

        -- from the DSP to the sending to the User
        months.to_send_measured,
        months.to_send_mean_seconds,
        months.to_send_median_seconds,

        -- from the sending to the acknowledgement of the User's gateway
        months.to_acknowledge_measured,
        months.to_acknowledge_mean_seconds,
        months.to_acknowledge_median_seconds
    from months
    left join codes on months.alert_code = codes.alert_code

)

select * from final
