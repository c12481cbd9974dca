"""What would have to change: the cheapest changes to facts that reach a score.

Takes a program and a record; gives changes that the evaluator confirms. Never advice on whether a change is right: a fact is
what it is, and the change says only how far the department stood from a better score.
"""
