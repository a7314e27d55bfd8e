"""The small administrative code lists of the Norwegian health service (once published as Volven).

`registry` finds a list by its number; `lists` says what a list is; the other modules are the lists, by theme.
"""
