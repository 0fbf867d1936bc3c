# Everything is done by installer/bootstrap.py, so that Windows and macOS have the same commands without make.
PYTHON ?= python3

.PHONY: run test lint bench soak package package-windows translations clean

run test lint soak package package-windows translations clean:
	@$(PYTHON) installer/bootstrap.py $@

# `make bench SCALE=national` shows what each screen costs as a programme grows.
bench:
	@$(PYTHON) installer/bootstrap.py $@ $(if $(SCALE),--scale $(SCALE))
