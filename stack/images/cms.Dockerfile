# Web, worker and beat of the services profile.
FROM python:3.11-slim-bookworm AS build
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /srv/mac
COPY pyproject.toml uv.lock ./
COPY lenguas lenguas
RUN UV_PYTHON_DOWNLOADS=never uv sync --frozen --no-dev --no-cache

FROM python:3.11-slim-bookworm
RUN useradd --system --create-home mac && install --directory --owner mac /srv/data
WORKDIR /srv/mac
COPY --from=build /srv/mac/.venv .venv
COPY lenguas lenguas
COPY content content
COPY voice voice
COPY cms cms
# Any key will do here: nothing is signed, and nothing of it stays in the image.
RUN MAC_SECRET_KEY=build MAC_ASSISTANT_TOKEN=build DJANGO_SETTINGS_MODULE=cms.config.settings.local \
    .venv/bin/python -m cms.manage compile_catalogues
USER mac
ENV PYTHONUNBUFFERED=1
