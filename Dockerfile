# Tiếng Loa in a container: one process, one volume (/data), an ordinary user.
# Without DATABASE_URL it starts its own PostgreSQL inside /data; compose.yaml gives it a server.

# The page scripts and the font of leaflets, by lock file.
FROM node:24-slim AS assets
WORKDIR /assets
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

# The Python packages, by hashed lock file. The Python of this image is the one the tests run on.
FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements-uv.lock requirements.lock ./
RUN python -m venv /uv \
 && /uv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && python -m venv --without-pip .venv \
 && /uv/bin/uv pip sync --no-cache --require-hashes --compile-bytecode --python .venv/bin/python requirements.lock

# What runs: no compiler, no pip, no npm.
FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin tiengloa \
 && install --directory --owner=tiengloa --mode=0700 /data
WORKDIR /app
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
COPY --from=packages /app/.venv .venv
COPY LICENSE NOTICE ./
COPY data data
COPY storage storage
COPY nlp nlp
COPY desk desk
COPY handlers handlers
COPY console console
COPY bot bot
COPY --from=assets /assets/node_modules/htmx.org/dist/htmx.min.js console/static/vendor/htmx.min.js
COPY --from=assets /assets/node_modules/@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf bot/fonts/
COPY --from=assets /assets/node_modules/@expo-google-fonts/be-vietnam-pro/700Bold/BeVietnamPro_700Bold.ttf bot/fonts/
COPY --from=assets /assets/node_modules/@expo-google-fonts/be-vietnam-pro/LICENSE_FONT bot/fonts/OFL.txt
USER tiengloa
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/health', timeout=4)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
