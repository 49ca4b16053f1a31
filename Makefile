# «Опора»: два главных слова здесь — make run и make test. Всё остальное: make help.
SHELL := /bin/sh
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
PYTHON ?=
READY := $(VENV)/.ready
OFFSCREEN := $(VENV)/.qt-offscreen
OUT := out

help: ## показать эту подсказку
	@echo "make …"
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

# --- среда ---

$(READY): requirements/dev.lock requirements/installer.lock pyproject.toml scripts/setup.sh
	@scripts/setup.sh "$$(scripts/find-python.sh $(PYTHON))"
	@touch $@

$(OFFSCREEN): $(READY)
	@scripts/system-packages.sh offscreen $(BIN)/python
	@touch $@

setup: $(OFFSCREEN) ## поставить всё нужное в .venv и системные библиотеки Qt

# --- работа ---

run: $(OFFSCREEN) ## открыть окно на примере; без дисплея — пройти тот же путь и оставить бумаги в out/
	@scripts/run.sh $(OUT)

tour: $(OFFSCREEN) ## пройти путь без окна: пример, список, бумаги, подпись, проверка, снимки в out/
	@$(BIN)/python scripts/tour.py --out $(OUT)

screens: $(OFFSCREEN) ## снять все вкладки и окна на примере в out/screens
	@$(BIN)/python scripts/tour.py --out $(OUT) --only-screens

bench: $(OFFSCREEN) ## измерить скорость рядом с тем, с чем она сравнивается
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m benchmarks

# --- проверки ---

test: format-check lint types contracts tests ## проверить всё: оформление, ошибки, типы, слои, тесты

format-check: $(READY)
	$(BIN)/ruff format --check .

lint: $(READY)
	$(BIN)/ruff check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

tests: $(OFFSCREEN)
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest

format: $(READY) ## привести оформление в порядок
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# --- сборка ---

build: $(OFFSCREEN) ## собрать программу одной папкой в dist/opora и проверить её саму собой
	@scripts/system-packages.sh window $(BIN)/python
	$(BIN)/pyinstaller --noconfirm --clean --log-level WARN build.spec
	scripts/check-build.sh dist/opora

clean: ## убрать собранное (среда и файлы примеров остаются)
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

.PHONY: help setup run tour screens bench test format-check lint types contracts tests format build clean
.NOTPARALLEL:
