with

requests as (

    select * from {{ ref('int_requests__placed') }}

),

deciding as (

    select * from {{ ref('int_requests__deciding') }}
    where is_supplier_change and {{ in_period('activity_date') }}

),

decisions as (

    select * from {{ ref('int_requests__decisions') }}

),

supplier_changes as (

    select
        device_id,
        activity_date
    from deciding
    group by device_id, activity_date

),

situated as (

    select
        requests.*,
        {{ situation({
            'not_applicable_to_smets1': "requests.smets = 'SMETS1'",
            'device_commissioned_that_day': "requests.smets = 'SMETS2+' "
                "and requests.commissioned_date = requests.activity_date",
            'hub_commissioned_that_day': "requests.smets = 'SMETS2+' "
                "and requests.hub_commissioned_date = requests.activity_date",
            'supplier_changed_that_day': "supplier_changes.device_id is not null",
            'from_network_operator': "requests.user_role in ('ED', 'GT')",
        }) }} as situation
    from requests
    left join supplier_changes
        on
            case when requests.srv in ('1.1.1', '6.8') then requests.device_id end
            = supplier_changes.device_id
            and requests.activity_date = supplier_changes.activity_date

),

attributed as (

    select
        situated.*,
        coalesce(decisions.business_process, 'Unattributed') as business_process,
        coalesce(decisions.attribution_rule, 'A-NONE') as attribution_rule
    from situated
    left join decisions
        on
            situated.srv = decisions.srv
            and situated.situation = decisions.situation

)

select * from attributed
