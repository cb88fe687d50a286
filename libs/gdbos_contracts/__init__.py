"""What services share in meaning: errors, principals, envelopes and events. No framework, no I/O."""
