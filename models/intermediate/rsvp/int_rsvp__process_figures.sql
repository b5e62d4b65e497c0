{{ cells_of_month(
    ref('int_rsvp__months'),
    feed='dsp/service_requests',
    keys=['business_process', 'srv', 'timing_class', 'smets', 'region', 'device_type'],
    counts=[
        'volume', 'responses', 'within_trt', 'with_trt', 'delivery_failures',
        'received_successful', 'received_unsuccessful', 'not_received_successful',
        'not_received_unsuccessful',
    ],
    others=[
        'mean_rtt_seconds', 'median_rtt_seconds', 'min_rtt_seconds', 'max_rtt_seconds',
        'interim_rtt_seconds',
    ],
    grid='processes',
) }}
