{{
    medians_of_buckets(
        ref('int_rsvp__buckets'),
        keys=['business_process'],
        splits=['srv', 'timing_class', 'device_type'],
    )
}}
