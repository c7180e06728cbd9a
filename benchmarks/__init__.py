"""Benchmarks: ratios against peers and against the floor, measured in one run.

Their inputs are synthetic: made by a program, good for timing and for nothing else.
"""
