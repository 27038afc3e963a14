"""Plants faults in the samples, one at a time, and counts how many `jixiao check` finds: `python -m tests.faults`.

A kind of fault is a function: what a reviewer could see from the data alone.  Its docstring is its row in the page
docs/植入的错误.md: subject and name (`资金：金额多写。`), then how it is planted, and what is not counted and why.  It
yields every place of a sample where the fault contradicts something else, whether a check finds it or not.
"""
