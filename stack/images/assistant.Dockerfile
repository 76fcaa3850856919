# Rasa and its action server of the services profile, with the model trained.
FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install --yes --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /srv/mac
COPY lenguas lenguas
COPY assistant/pyproject.toml assistant/uv.lock assistant/
RUN UV_PYTHON_DOWNLOADS=never uv sync --frozen --no-dev --no-cache --directory assistant
COPY assistant assistant
# Named one by one: what is held out, and what is kept to develop on, is in no image.
COPY nlu_data/rules.yml nlu_data/rules.yml
COPY nlu_data/es nlu_data/es
COPY nlu_data/qu nlu_data/qu
COPY content content
RUN MAC_DATA_DIR=/srv/mac/var assistant/.venv/bin/python -m assistant.launch train

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home mac
WORKDIR /srv/mac
COPY --from=build --chown=mac /srv/mac /srv/mac
USER mac
ENV PYTHONUNBUFFERED=1
