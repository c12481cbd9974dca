"""Tests of a rubric: cases with expected scores, what they reach, which changes of the rubric they would notice.

Takes a program and cases; gives results, coverage, mutants with those that no case notices, and cases that were lacking.
Never a file: finding and writing them is for the shells.
"""
