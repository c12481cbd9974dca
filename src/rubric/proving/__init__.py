"""What holds for every department: obligations put to a solver, and the departments that break them.

Takes a program; gives proofs, refutations with a witness, or the reason why neither was found. Never says that a thing is
proved without the solver, and never shows a witness that the evaluator does not reproduce.
"""
