# Everything is done by installer/bootstrap.py, so that Windows and macOS have the same commands without make.
PYTHON ?= python3

.PHONY: run test lint bench soak package package-windows translations clean

run test lint soak package-windows translations clean:
	@$(PYTHON) installer/bootstrap.py $@

# `make bench SCALE=national` shows what each screen costs as a programme grows.
bench:
	@$(PYTHON) installer/bootstrap.py $@ $(if $(SCALE),--scale $(SCALE))

# `make package CLEAN_ROOT=1` also installs the package on a clean Debian, works with it there, and removes it.
package:
	@$(PYTHON) installer/bootstrap.py $@ $(if $(CLEAN_ROOT),--clean-root)
