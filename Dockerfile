# One image for the web server, the workers, the timetable and the migrations
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    DATA_DIR=/var/lib/hearthline \
    STATIC_ROOT=/srv/hearthline/static-served

WORKDIR /srv/hearthline

# pg_dump of the server's own version (docker-compose.yml), for manage.py backup and restore
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends postgresql-common ca-certificates \
    && /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y \
    && apt-get install -qq --yes --no-install-recommends postgresql-client-16 \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

# Folders that volumes are mounted on must belong to the user who writes there
RUN useradd --system --uid 10001 --home-dir "$DATA_DIR" --shell /usr/sbin/nologin hearthline \
    && install -d -o hearthline -g hearthline -m 0700 "$DATA_DIR" /var/lib/hearthline-keys

COPY . .
RUN SECRET_KEY=for-this-build-step-only DATA_DIR=/tmp/build \
    python manage.py collectstatic --noinput --verbosity 0 \
    && SECRET_KEY=for-this-build-step-only DATA_DIR=/tmp/build \
    python -m config.catalogues compile \
    && rm -rf /tmp/build

USER hearthline
EXPOSE 8000

HEALTHCHECK --interval=15s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/live', timeout=4)"]

CMD ["gunicorn", "config.wsgi", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000"]
