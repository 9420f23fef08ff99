# docker build -t fallline . && docker run --rm -p 8000:8000 fallline
# For a class, with the address of the computer it runs on: docker run ... fallline --classroom --address 192.168.1.5
# Every setting is a variable: `docker run --rm fallline --help` lists them. One process serves; a second core
# is used with -e FALLLINE_WORKERS=2. Behind a proxy that alone can reach it: -e FALLLINE_TRUSTED_PROXIES='*'.
# It writes nothing but rooms, in /dev/shm, where several workers count too, and calls nobody: --read-only, --cap-drop ALL and
# --network with no way out are all right.

FROM python:3.13-slim AS build
WORKDIR /source
RUN python -m venv --without-pip /fallline
COPY requirements/run.lock requirements/
RUN pip --python /fallline/bin/python install --no-cache-dir --requirement requirements/run.lock
# What else is wanted: --build-arg EXTRAS=valkey, where several servers keep rooms together.
ARG EXTRAS=""
RUN if [ -n "$EXTRAS" ]; then pip --python /fallline/bin/python install --no-cache-dir $EXTRAS; fi
COPY . .
RUN pip --python /fallline/bin/python install --no-cache-dir --no-deps .

FROM python:3.13-slim
COPY --from=build /fallline /fallline
ENV PATH=/fallline/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    FALLLINE_HOST=0.0.0.0
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s CMD ["fallline", "--check"]
ENTRYPOINT ["fallline"]
