{#
    by_period: a table of which a run writes again only the periods whose inputs changed.

    A day of a hundred million requests is worked out once. Each period (local day, or month) of the
    table has a fingerprint of what it was made from: the files, the evidence from elsewhere, and
    the SQL, that of the views below it included. A run compares it with what it finds now, and
    replaces the periods that differ, and no others; the rows of a period and its fingerprint are
    written in one transaction, each row once. So a killed run leaves whole periods, a second run
    changes nothing, and any order of arrivals ends in what a run from nothing gives.

    Config:
      period_column   column of the table that holds the period: activity_date, reporting_month
      period_unit     day (default) or month
      inputs          model that says what there is to do: reporting_month, period, rows, fingerprint;
                      or a by_period model, whose own fingerprints then count
      period_scope    month (default): the periods of the month of this run; all: every period
      chunk_rows      periods in a row that are written in one statement, as landed rows
      reads_feed      feed (`dsp/alerts`) of which in_files() opens the files that hold the periods

    The model keeps to the window of the statement by in_period(date) and in_files(file date). As
    compiled they let every row pass, so that unit tests and readers of the compiled SQL see the
    whole.
#}
{% macro in_period(column) -%}
    {{ column }} between {{ first_day() }} and {{ last_day() }}
{%- endmacro %}

{# Of a table of months: those that the window touches. #}
{% macro in_months_of_period(column) -%}
    {{ column }} between cast(date_trunc('month', {{ first_day() }}) as date) and {{ last_day() }}
{%- endmacro %}

{% macro in_files(column) -%}
    {{ column }} between coalesce(getvariable('pmr_first_file'), date '0001-01-01')
    and coalesce(getvariable('pmr_last_file'), date '9999-12-31')
{%- endmacro %}

{% macro first_day() -%}
    coalesce(getvariable('pmr_first_day'), date '0001-01-01')
{%- endmacro %}

{% macro last_day() -%}
    coalesce(getvariable('pmr_last_day'), date '9999-12-31')
{%- endmacro %}

{% macro node_named(name) -%}
    {%- set found = [] -%}
    {%- for node in graph.nodes.values() if node.name == name and node.resource_type == 'model' -%}
        {%- do found.append(node) -%}
    {%- endfor -%}
    {{ return(found | first) }}
{%- endmacro %}

{# By name, since ref() wants a model to name in its own SQL what a materialization reads. #}
{% macro relation_named(name) -%}
    {%- set node = node_named(name) -%}
    {{ return(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias
    )) }}
{%- endmacro %}

{% macro state_of_periods() -%}
    {{ return(api.Relation.create(database=target.database, schema='state', identifier='built_periods')) }}
{%- endmacro %}

{% macro state_of_models() -%}
    {{ return(api.Relation.create(database=target.database, schema='state', identifier='built_models')) }}
{%- endmacro %}

{% macro create_state_of_periods() -%}
    {% call statement('state') %}
        create schema if not exists state;
        create table if not exists {{ state_of_periods() }} (
            model varchar not null,
            reporting_month date not null,
            period date not null,
            rows bigint not null,
            fingerprint varchar not null
        );
        create table if not exists {{ state_of_models() }} (
            model varchar not null,
            reporting_month date not null,
            sql_hash varchar not null
        )
    {% endcall %}
{%- endmacro %}

{# What a model is made of: the views below it, the by_period tables and the seeds they read. #}
{% macro sql_below(node, found) -%}
    {%- for id in node.depends_on.nodes if id in graph.nodes and id not in found -%}
        {%- set below = graph.nodes[id] -%}
        {%- if below.resource_type == 'seed' -%}
            {%- do found.update({id: {'seed': below}}) -%}
        {%- elif below.config.materialized == 'by_period' -%}
            {%- do found.update({id: {'table': below.name}}) -%}
        {%- elif below.config.materialized == 'view' -%}
            {%- do found.update({id: {'view': below.schema ~ '.' ~ below.alias}}) -%}
            {%- do sql_below(below, found) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{#
    One hash of all the SQL and reference data that shape the model's rows: as they are in the
    database, since a run may leave out to build the views or to load the seeds. A by_period table
    stands for what is below it by the hash that its own run of the month found, whether it had
    periods then or not.
#}
{% macro hash_of_sql(sql) -%}
    {%- set found = {} -%}
    {%- do sql_below(model, found) -%}
    {%- set seeds = ["select '' as line"] -%}
    {%- set views = ["''"] -%}
    {%- set tables = ["''"] -%}
    {%- for id, below in found | dictsort -%}
        {%- if below.seed is defined -%}
            {%- do seeds.append(
                "select '" ~ id ~ "' || cast(listed as varchar) as line from "
                ~ api.Relation.create(
                    database=below.seed.database,
                    schema=below.seed.schema,
                    identifier=below.seed.alias
                ) ~ " as listed"
            ) -%}
        {%- endif -%}
        {%- if below.table is defined -%}
            {%- do tables.append("'" ~ below.table ~ "'") -%}
        {%- endif -%}
        {%- if below.view is defined -%}{%- do views.append("'" ~ below.view ~ "'") -%}{%- endif -%}
    {%- endfor -%}
    {%- set hashes = run_query(
        "select (select md5(string_agg(view_name || " ~ canonical_sql('sql')
        ~ ", chr(10) order by schema_name, view_name)) "
        ~ "from duckdb_views() where schema_name || '.' || view_name in (" ~ views | join(', ') ~ ")), "
        ~ "(select string_agg(model || sql_hash, ',' order by model) from " ~ state_of_models()
        ~ " where reporting_month = " ~ reporting_month()
        ~ " and model in (" ~ tables | join(', ') ~ ")), "
        ~ "(select md5(string_agg(line, chr(10) order by line)) from ("
        ~ seeds | join(' union all ') ~ "))"
    ) -%}
    {{ return(local_md5(sql ~ hashes.rows[0].values() | join(','))) }}
{%- endmacro %}

{#
    The text of a view, always in the same words: DuckDB's catalog says `"DATE"` and `CROSS JOIN` of a
    view that was just made, and `DATE` and `,` once the database has been opened again.
#}
{% macro canonical_sql(text) -%}
    json_deserialize_sql(json_serialize_sql(
        regexp_replace(regexp_replace({{ text }}, '^CREATE VIEW .*? AS ', ''), ';$', '')
    ))
{%- endmacro %}

{# Periods to write again (with their fingerprint) or to drop (without), in order. #}
{% macro changed_periods(hash) -%}
    {%- set inputs_name = config.require('inputs') -%}
    {%- set feeder = node_named(inputs_name) -%}
    {%- set month = "where reporting_month = " ~ reporting_month() -%}
    {%- set scope = month if config.get('period_scope', 'month') == 'month' else "where true" -%}
    {%- if feeder.config.materialized == 'by_period' -%}
        {%- set inputs = "select reporting_month, period, rows, fingerprint from "
            ~ state_of_periods() ~ " " ~ scope ~ " and model = '" ~ inputs_name ~ "'" -%}
    {%- else -%}
        {%- set inputs = "select reporting_month, period, rows, fingerprint from "
            ~ relation_named(inputs_name) ~ " " ~ scope -%}
    {%- endif -%}
    {%- set found = run_query(
        "with wanted as (select reporting_month, period, rows, md5(fingerprint || '" ~ hash ~ "')"
        ~ " as fingerprint from (" ~ inputs ~ ")), built as (select period, fingerprint from "
        ~ state_of_periods() ~ " " ~ scope ~ " and model = '" ~ model.name ~ "')"
        ~ " select coalesce(wanted.period, built.period) as period, wanted.reporting_month,"
        ~ " coalesce(wanted.rows, 0) as rows, wanted.fingerprint"
        ~ " from wanted full outer join built on wanted.period = built.period"
        ~ " where wanted.fingerprint is distinct from built.fingerprint order by 1"
    ) -%}
    {{ return(found.rows) }}
{%- endmacro %}

{# Periods that follow one another, as long as their rows fit into one statement. #}
{% macro chunks_of_periods(periods) -%}
    {%- set unit = config.get('period_unit', 'day') -%}
    {%- set most = config.get('chunk_rows', 40000000) -%}
    {%- set chunks = [] -%}
    {%- for period in periods -%}
        {%- set chunk = chunks[-1] if chunks else none -%}
        {%- if chunk
            and unit == 'day'
            and (period[0] - chunk.last).days == 1
            and chunk.rows + period[2] <= most -%}
            {%- do chunk.update({'last': period[0], 'rows': chunk.rows + period[2]}) -%}
            {%- do chunk.periods.append(period) -%}
        {%- else -%}
            {%- do chunks.append({
                'first': period[0], 'last': period[0], 'rows': period[2], 'periods': [period]
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(chunks) }}
{%- endmacro %}

{# One chunk: its rows go, come anew, and their fingerprints with them. #}
{% macro write_chunk_sql(relation, columns, sql, chunk) -%}
    {%- set period_column = config.require('period_column') -%}
    {%- set listed = [] -%}
    {%- set kept = [] -%}
    {%- for period in chunk.periods -%}
        {%- do listed.append("date '" ~ period[0] ~ "'") -%}
        {%- if period[3] is not none -%}
            {%- do kept.append(
                "('" ~ model.name ~ "', date '" ~ period[1] ~ "', date '" ~ period[0] ~ "', "
                ~ period[2] ~ ", '" ~ period[3] ~ "')"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    set variable pmr_first_day = date '{{ chunk.first }}';
    set variable pmr_last_day = {{ last_of_period(chunk.last) }};
    {%- if config.get('reads_feed') %}
    {{ set_files_sql(chunk) }}
    {%- endif %}
    delete from {{ relation }} where {{ period_column }} in ({{ listed | join(', ') }});
    {% if kept -%}
    insert into {{ relation }} ({{ columns }})
    select {{ columns }} from (
{{ sql }}
    ) as made;
    {% endif -%}
    delete from {{ state_of_periods() }}
    where model = '{{ model.name }}' and period in ({{ listed | join(', ') }});
    {% if kept -%}
    insert into {{ state_of_periods() }} values {{ kept | join(', ') }};
    {% endif -%}
    reset variable pmr_first_day;
    reset variable pmr_last_day;
    reset variable pmr_first_file;
    reset variable pmr_last_file
{%- endmacro %}

{# The files that have rows of the chunk: a row may lie a day beside its file's. #}
{% macro set_files_sql(chunk) -%}
    {%- set days -%}
        (select {} from {{ relation_named('int_feeds__file_days') }}
        where
            feed_id = '{{ config.require('reads_feed') }}'
            and activity_date between date '{{ chunk.first }}' and date '{{ chunk.last }}')
    {%- endset -%}
    set variable pmr_first_file = {{ days.replace('{}', 'min(file_date)') }};
    set variable pmr_last_file = {{ days.replace('{}', 'max(file_date)') }};
{%- endmacro %}

{% macro last_of_period(period) -%}
    {%- if config.get('period_unit', 'day') == 'month' -%}
        cast(date '{{ period }}' + interval 1 month - interval 1 day as date)
    {%- else -%}
        date '{{ period }}'
    {%- endif -%}
{%- endmacro %}

{# Names and types of columns; a contract may list them in another order than the SQL. #}
{% macro shape_of(columns) -%}
    {%- set listed = [] -%}
    {%- for column in columns -%}
        {%- do listed.append(column.name ~ ' ' ~ column.data_type) -%}
    {%- endfor -%}
    {{ return(listed | sort | join(', ')) }}
{%- endmacro %}

{# The empty table, by the contract where there is one. #}
{% macro create_periods_sql(relation, sql) -%}
    create schema if not exists {{ relation.without_identifier() }};
    {% if config.get('contract').enforced -%}
    {{ get_assert_columns_equivalent(sql) }}
    create table {{ relation }} {{ get_table_columns_and_constraints() }}
    {%- else -%}
    create table {{ relation }} as select * from (
{{ sql }}
    ) as made limit 0
    {%- endif %}
{%- endmacro %}

{% materialization by_period, adapter='duckdb' %}
    {%- set relation = this.incorporate(type='table') -%}
    {%- set existing = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks) }}
    {% do create_state_of_periods() %}

    {#- a table of another shape, or none: every period is to be made -#}
    {%- set described = get_column_schema_from_query(sql) -%}
    {%- set columns = described | map(attribute='quoted') | join(', ') -%}
    {%- set shape = shape_of(described) -%}
    {%- set had = shape_of(adapter.get_columns_in_relation(existing))
        if existing and existing.is_table else none -%}
    {%- if should_full_refresh() or had != shape -%}
        {% if existing %}{% do adapter.drop_relation(existing) %}{% endif %}
        {% call statement('create') %}
            delete from {{ state_of_periods() }} where model = '{{ model.name }}';
            {{ create_periods_sql(relation, sql) }}
        {% endcall %}
    {%- endif -%}
    {% do adapter.commit() %}

    {%- set hash = hash_of_sql(sql) -%}
    {%- set chunks = chunks_of_periods(changed_periods(hash)) -%}
    {%- for chunk in chunks -%}
        {% do log(
            model.name ~ ": " ~ chunk.first ~ (" to " ~ chunk.last if chunk.last != chunk.first else "")
            ~ " (" ~ loop.index ~ " of " ~ chunks | length ~ "), "
            ~ "{:,}".format(chunk.rows) ~ " landed rows",
            info=true
        ) %}
        {% call statement('chunk_' ~ loop.index) %}
            {{ write_chunk_sql(relation, columns, sql, chunk) }}
        {% endcall %}
        {% do adapter.commit() %}
    {%- endfor -%}

    {#- last, so that what reads this table is made again only when all of it is -#}
    {% call statement('main') %}
        delete from {{ state_of_models() }}
        where model = '{{ model.name }}' and reporting_month = {{ reporting_month() }};
        insert into {{ state_of_models() }}
        values ('{{ model.name }}', {{ reporting_month() }}, '{{ hash }}')
    {% endcall %}
    {{ run_hooks(post_hooks) }}
    {% do adapter.commit() %}
    {{ return({'relations': [relation]}) }}
{% endmaterialization %}
