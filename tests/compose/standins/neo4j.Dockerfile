# Stands in for neo4j:5.26…-community: the same server, the same user, folders, modes and volumes.
ARG BASE
FROM ${BASE}
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-21-jre-headless wget >/dev/null \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 7474 --system neo4j \
 && useradd --uid 7474 --system --no-create-home --home /var/lib/neo4j --gid neo4j neo4j \
 && mkdir -p /var/lib/neo4j/conf /data /logs \
 && ln -s /data /var/lib/neo4j/data && ln -s /logs /var/lib/neo4j/logs \
 && chown -R neo4j:neo4j /var/lib/neo4j /data /logs && chmod -R 777 /var/lib/neo4j /data /logs
COPY extra/ /var/lib/neo4j/lib/
COPY neo4j-entrypoint.sh /startup/docker-entrypoint.sh
ENV NEO4J_HOME=/var/lib/neo4j NEO4J_EDITION=community
WORKDIR /var/lib/neo4j
VOLUME /data /logs
EXPOSE 7474 7473 7687
ENTRYPOINT ["/bin/bash", "/startup/docker-entrypoint.sh"]
CMD ["neo4j"]
