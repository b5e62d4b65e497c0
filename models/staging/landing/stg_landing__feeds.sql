with

source as (

    select * from {{ source('landing', 'feeds') }}

),

renamed as (

    select
        -- keys
        system,
        feed,

        -- contract
        cadence,
        due_working_day,
        mandatory as is_mandatory,
        owner,
        case
            when coalesce(parts, '') in ('', '[]') then {{ json_list("'[\"All\"]'") }}
            else {{ json_list('parts') }}
        end as parts,
        contract_version
    from source

)

select * from renamed
