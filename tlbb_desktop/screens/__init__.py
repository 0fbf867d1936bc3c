"""One package per area: screen.py wires the form, presenter.py keeps the state without widgets."""
