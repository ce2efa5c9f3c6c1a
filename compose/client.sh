#!/usr/bin/env bash
# Starts a service as its principal: the secret goes into a file that no other process reads, never onto a command line.
set -euo pipefail
umask 077
config=/tmp/kafka.properties
cat >"$config" <<PROPERTIES
security.protocol=SASL_PLAINTEXT
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username="$WEFT_PRINCIPAL" password="$WEFT_SECRET";
PROPERTIES
unset WEFT_SECRET WEFT_PRINCIPAL
exec java @/opt/weft/jvm.args -cp '/opt/weft/lib/*' weft.standalone.Main "$@" --kafka-config "$config"
