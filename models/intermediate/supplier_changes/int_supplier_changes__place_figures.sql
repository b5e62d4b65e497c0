{{ cells_of_month(
    ref('int_supplier_changes__months'),
    feed='dsp/service_requests',
    keys=['smets', 'region', 'device_type', 'response_code'],
    counts=['attempts', 'succeeded', 'failed', 'user_caused'],
) }}
