#!/bin/bash -eu
# What the entrypoint of the real image does, as far as docker-compose.yml and testcontainers rely on it: /conf is copied,
# variables NEO4J_a_b__c=… become settings a.b_c and go before it, NEO4J_AUTH or its file gives the first password.
conf="$NEO4J_HOME/conf"
java=(java --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/java.io=ALL-UNNAMED
  --add-opens=java.base/sun.nio.ch=ALL-UNNAMED -cp "$NEO4J_HOME/lib/*")
export NEO4J_CONF="$conf"

if [ -n "${NEO4J_AUTH_FILE:-}" ]; then NEO4J_AUTH=$(cat "$NEO4J_AUTH_FILE"); fi
if [ -d /conf ]; then
  rm -rf "${conf:?}"/*
  find /conf -type f -exec cp --preserve=ownership,mode {} "$conf" \;
fi
file="$conf/neo4j.conf"
touch "$file"
put() { sed --in-place "/^$1=/d" "$file"; echo "$1=$2" >> "$file"; }
grep -q '^server.memory.pagecache.size=' "$file" || put server.memory.pagecache.size 512M
grep -q '^server.default_listen_address=' "$file" || put server.default_listen_address 0.0.0.0
put server.directories.logs /logs
for name in $(compgen -e NEO4J_ || true); do
  case "$name" in NEO4J_AUTH | NEO4J_AUTH_FILE | NEO4J_EDITION | NEO4J_HOME | NEO4J_CONF) continue ;; esac
  setting=$(echo "${name#NEO4J_}" | sed 's|_|.|g; s|\.\.|_|g')
  if [ -n "${!name}" ]; then put "$setting" "${!name}"; fi
done
if [ "${NEO4J_AUTH:-}" = none ]; then
  put dbms.security.auth_enabled false
elif [ -n "${NEO4J_AUTH:-}" ]; then
  "${java[@]}" org.neo4j.cli.AdminTool dbms set-initial-password "${NEO4J_AUTH#neo4j/}"
fi
unset NEO4J_AUTH
mapfile -t flags < <(sed -n 's/^server\.jvm\.additional=//p' "$file")
heap=$(sed -n 's/^server\.memory\.heap\.max_size=//p' "$file")
exec "${java[@]}" "${flags[@]}" ${heap:+-Xmx"$heap"} org.neo4j.server.CommunityEntryPoint \
  "--home-dir=$NEO4J_HOME" "--config-dir=$conf" --console-mode
