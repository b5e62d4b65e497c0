{{ cells_of_month(
    ref('int_iterations__months'),
    feed='dsp/service_requests',
    keys=['business_process', 'smets', 'region'],
    counts=['iterations', 'failed'],
    grid='processes',
    condition="cells.device_type = 'All'",
) }}
