# Untested: written where no container engine was at hand.
FROM python:3.11-slim AS build
WORKDIR /app
COPY requirements.txt pyproject.toml ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir uv==0.13.9 \
    && /venv/bin/uv pip install --python /venv/bin/python --require-hashes -r requirements.txt
COPY . .
RUN /venv/bin/uv pip install --python /venv/bin/python --no-deps --no-build-isolation .

FROM python:3.11-slim AS house
RUN useradd --create-home ajour
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER ajour
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 AJOUR_MODE=production
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--workers-kill-timeout", "5s", "config.wsgi:application"]

FROM house AS studio
USER root
RUN apt-get update && apt-get install -y --no-install-recommends libllvm19 && rm -rf /var/lib/apt/lists/*
RUN pip install --no-cache-dir --require-hashes -r /app/requirements-render.txt
USER ajour

FROM house
