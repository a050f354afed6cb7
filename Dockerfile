# The image of conceptmap: the explorer, and with another command the loader. It holds no database: NEO4J_URI names one.
# docker-compose.yml builds it and says how it is run; docs/compose.md tells the rest.
#
# Two builds of the same commit hold the same files: dependencies come from a lock with hashes, compiled modules carry no
# time, and everything of ours has one date and one mode.

ARG PYTHON_IMAGE=python:3.13.12-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ARG SOURCE_DATE_EPOCH=1767225600
ENV PIP_NO_CACHE_DIR=1 PIP_REQUIRE_HASHES=1 PIP_ONLY_BINARY=:all: PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ROOT_USER_ACTION=ignore
COPY requirements-image.lock /build/
# One dependency has no wheel: what builds it comes from the lock too.
RUN sed -n '/^setuptools==/,/# via/p' /build/requirements-image.lock > /build/setuptools.lock \
 && python -m pip install --no-compile --target=/build/tools -r /build/setuptools.lock
RUN PYTHONPATH=/build/tools python -m pip install --no-compile --no-binary=dash-cytoscape --no-build-isolation \
      --target=/opt/packages -r /build/requirements-image.lock
# What is only there for debugging, for building or for notebooks goes: a fifth of the size.
WORKDIR /opt/packages
RUN rm -rf bin share ./*.pth setuptools* pkg_resources _distutils_hack plotly/labextension \
 && find . -type d -name tests -prune -exec rm -rf {} + \
 && find . \( -name '*.map' -o -name '*.dev.js' -o -name '*.pyi' \) -delete
WORKDIR /build
COPY pyproject.toml /build/
COPY LICENSE conceptmap.py /app/
COPY graph /app/graph
COPY loader /app/loader
COPY explorer /app/explorer
COPY cli /app/cli
COPY cypher /app/cypher
COPY data /app/data
COPY deploy/conceptmap /app/bin/
COPY deploy/init.py deploy/healthy.py /app/deploy/
# What an installation would leave: the version, which the loader keeps with what it has loaded.
RUN python -c "import pathlib, tomllib; p = tomllib.loads(pathlib.Path('/build/pyproject.toml').read_text())['project']; \
d = pathlib.Path('/app', f'{p[\"name\"]}-{p[\"version\"]}.dist-info'); d.mkdir(); \
(d / 'METADATA').write_text(f'Metadata-Version: 2.1\\nName: {p[\"name\"]}\\nVersion: {p[\"version\"]}\\n')" \
 && python -m compileall -q -j 2 -x plotly/graph_objs --invalidation-mode unchecked-hash /opt/packages /app \
 && chmod -R u=rwX,go=rX /opt/packages /app && chmod 755 /app/bin/conceptmap \
 && find /opt/packages /app -exec touch -h -d "@${SOURCE_DATE_EPOCH}" {} +

FROM ${PYTHON_IMAGE}
# What the base brings and nobody here needs: programs that run as somebody else, and two ways to install more.
RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} + \
 && rm -rf "$(python -c 'import pip; print(*pip.__path__)')" /usr/local/bin/pip* /usr/bin/pip* /usr/bin/apt* \
      /usr/bin/dpkg* /var/lib/apt /var/cache/apt /var/cache/debconf /var/log/*.log /root/.cache \
# Volumes take their owner from here. 7474 is Neo4j's user: it may look into /secrets for the one file that is its own.
 && mkdir -m 0750 /secrets && mkdir -m 0700 /users /proxy && mkdir /data \
 && chown 10001:7474 /secrets && chown 10001:10001 /users /proxy
COPY --from=build /opt/packages /opt/packages
COPY --from=build /app /app

ENV PATH=/app/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/app:/opt/packages \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    LOGNAME=conceptmap \
    CONCEPTMAP_HOST=0.0.0.0

LABEL org.opencontainers.image.title="conceptmap" \
      org.opencontainers.image.description="A knowledge-graph explorer for glossaries" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"

USER 10001:10001
WORKDIR /data
EXPOSE 8050
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-I", "/app/deploy/healthy.py"]
ENTRYPOINT ["conceptmap"]
CMD ["explore"]
