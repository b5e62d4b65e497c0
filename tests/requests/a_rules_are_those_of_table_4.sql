-- Why: the rules of attribution stand in a seed of their own, so that an order and a condition can
-- be read beside each SRV; what they say has to go on being what Table 4 of the processes says.
with

rules as (

    select * from {{ ref('attribution_rules') }}

),

table_4 as (

    select * from {{ ref('business_process_srvs') }}

),

srvs_without_smets1 as (

    select srv
    from table_4
    group by srv
    having not bool_or(smets1_applicable)

),

expected as (

    select
        business_process,
        srv
    from table_4

    union all

    select
        'Unattributed' as business_process,
        srv
    from srvs_without_smets1

),

found as (

    select
        business_process,
        srv
    from rules

),

missing as (

    select * from expected
    except all
    select * from found

),

extra as (

    select * from found
    except all
    select * from expected

),

differences as (

    select
        'not in the rules' as problem,
        *
    from missing

    union all

    select
        'not in Table 4' as problem,
        *
    from extra

)

select * from differences
