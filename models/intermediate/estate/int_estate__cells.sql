{{ cells_of_month(
    ref('int_estate__totals'),
    feed='dsp/devices',
    keys=['device_type', 'smets', 'region'],
    counts=[
        'devices', 'not_communicating', 'noisy', 'firmware_latest', 'firmware_one_behind',
        'firmware_two_behind', 'firmware_older', 'firmware_unknown',
    ],
) }}
