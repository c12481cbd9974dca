"""What became of a rubric from one edition to the next: in structure, in words, in meaning, and for whom.

Takes two programs; gives the changes, each with its proof or its witness, and the effect on given departments. Never says
that two clauses mean the same without a proof, and never shows a department that the evaluator does not reproduce.
"""
