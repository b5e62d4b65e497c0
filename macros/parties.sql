{#
    Parties: the Users of the network, in league tables under a pseudonym (P1).

    parties_of_group()        aggregate: the parties of a group's rows, each once, in order
    each_party(parties)       a row for each party of such a list
    fewest_ranked_requests()  requests of a league from which on a party has a rank of its own; the
                              others are taken together, when they come to as many
    fewest_others()           parties that have to come together for that
#}
{% macro parties_of_group() -%}{{ adapter.dispatch('parties_of_group', 'pmr')() }}{%- endmacro %}

{% macro duckdb__parties_of_group() -%}
    list(distinct user_id order by user_id)
{%- endmacro %}

{% macro each_party(parties) -%}{{ adapter.dispatch('each_party', 'pmr')(parties) }}{%- endmacro %}

{% macro duckdb__each_party(parties) -%}
    unnest({{ parties }})
{%- endmacro %}

{% macro fewest_ranked_requests() -%}10{%- endmacro %}

{% macro fewest_others() -%}2{%- endmacro %}
