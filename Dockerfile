FROM python:3.11-slim

RUN useradd --system --uid 10001 --no-create-home archive && install --directory --owner archive /data
WORKDIR /app
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .

# Style sheets and scripts are part of the image; what the archive keeps is in the volume /data.
ENV ARCHIVE_DATA=/data STATIC_ROOT=/app/static-collected PYTHONUNBUFFERED=1
RUN SECRET_KEY=only-for-this-step DATABASE_URL=postgresql://none/none python manage.py collectstatic --no-input

USER archive
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["gunicorn", "--bind=0.0.0.0:8000", "--workers=2", "--threads=4", "--no-control-socket", "archive_site.wsgi"]
