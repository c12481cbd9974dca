"""Made-up departments: plausible facts and judgements for any rubric.

Takes a program and a seed; gives records, the same on every machine, each labelled 生成数据. Never the facts of a real unit.
"""
