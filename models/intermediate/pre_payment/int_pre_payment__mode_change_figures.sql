{{ cells_of_month(
    ref('int_pre_payment__mode_changes'),
    feed='dsp/service_requests',
    keys=['srv', 'device_type', 'smets', 'region'],
    counts=['requests', 'succeeded'],
) }}
