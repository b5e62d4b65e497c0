{{ cells_of_month(
    ref('int_reads__months'),
    feed='dsp/service_requests',
    keys=['srv', 'smets', 'region'],
    counts=[
        'requests', 'failed', 'scheduled', 'scheduled_within_24h', 'silent_device_requests',
    ],
) }}
