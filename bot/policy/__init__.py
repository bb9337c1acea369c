"""From evidence to consequence: weigh, exempt, cap. The only home of thresholds."""
