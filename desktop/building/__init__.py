"""Makes what a commune installs: a program that needs no Python, and for Windows a folder of wheels with an installer.

Two commands, ``build.py`` and ``wheelhouse.py``; nothing of the program imports from here.
"""
