{{ cells_of_month(
    ref('int_alerts__months'),
    feed='dsp/alerts',
    keys=['alert_code', 'smets', 'region'],
    counts=['alerts'],
    others=[
        'to_csp_mean_seconds', 'to_dsp_mean_seconds', 'to_send_mean_seconds',
        'to_acknowledge_mean_seconds',
    ],
) }}
