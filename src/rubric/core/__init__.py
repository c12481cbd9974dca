"""What a rubric means: the core program, exact numbers, intervals, the record of facts."""
