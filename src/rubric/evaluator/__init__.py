"""The definition of meaning: program and record in, outcome out."""
