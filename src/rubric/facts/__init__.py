"""A department's facts and judgements: a facts file → a typed record; a program → a blank facts file."""
