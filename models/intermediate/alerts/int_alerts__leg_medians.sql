{{ medians_of_buckets(ref('int_alerts__leg_buckets'), keys=['leg'], splits=['alert_code']) }}
