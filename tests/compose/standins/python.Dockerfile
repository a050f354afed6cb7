# Stands in for python:…-slim: `python` and pip where that image has them, and the certificates that this machine trusts.
ARG BASE
FROM ${BASE}
COPY certificates/ /usr/local/share/ca-certificates/
RUN update-ca-certificates >/dev/null 2>&1 && ln -s /usr/bin/python3 /usr/local/bin/python
ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
CMD ["python"]
