{#
    What O3 says of a meter read; of reported rows of fct_service_requests.

    is_failed_read()        no response, or a code that is no success
    is_scheduled_read()     sent by the DSP's schedule (mode 6)
    is_read_within_24h()    such a read, answered well at most 24 hours (elapsed) after its start
#}
{% macro is_failed_read() -%}
    response_category <> 'received_successful'
{%- endmacro %}

{% macro is_scheduled_read() -%}
    mode_of_operation = 6
{%- endmacro %}

{% macro is_read_within_24h() -%}
    (
        {{ is_scheduled_read() }}
        and response_category = 'received_successful'
        and response_sent_at <= started_at + interval 24 hour
    )
{%- endmacro %}
