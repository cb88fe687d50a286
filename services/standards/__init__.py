"""標準支撐: data elements, code lists, composed schemas."""
