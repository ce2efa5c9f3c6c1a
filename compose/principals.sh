#!/usr/bin/env bash
# Creates the principals and their rights; may run again.
set -euo pipefail
umask 077
bin=${KAFKA_BIN:-/opt/kafka/bin}
kafka=${KAFKA:-kafka:19093}
admin=$(mktemp)
trap 'rm -f "$admin"' EXIT
cat >"$admin" <<PROPERTIES
security.protocol=SASL_PLAINTEXT
sasl.mechanism=PLAIN
sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="$WEFT_ADMIN_SECRET";
PROPERTIES

principal() {
    "$bin/kafka-configs.sh" --bootstrap-server "$kafka" --command-config "$admin" --alter \
        --entity-type users --entity-name "$1" --add-config "SCRAM-SHA-512=[password=$2]" >/dev/null
    # Every service looks whether the topics are there as they must be.
    allow "$1" prefixed --topic weft. Describe DescribeConfigs
}

# allow PRINCIPAL literal|prefixed --topic|--group|--transactional-id "NAME..." OPERATION...
allow() {
    local principal=$1 pattern=$2 kind=$3 names=$4 resources=() operations=()
    shift 4
    for name in $names; do resources+=("$kind" "$name"); done
    for operation in "$@"; do operations+=(--operation "$operation"); done
    "$bin/kafka-acls.sh" --bootstrap-server "$kafka" --command-config "$admin" --add \
        --allow-principal "User:$principal" --resource-pattern-type "$pattern" "${resources[@]}" "${operations[@]}" >/dev/null
}

principal topics "$WEFT_TOPICS_SECRET"
allow topics prefixed --topic weft. Create

principal producer "$WEFT_PRODUCER_SECRET"
# It reads to find where an earlier run of the replay ended, and what the images are said to be.
allow producer literal --topic "weft.dataset weft.images" Read Write

principal trainer "$WEFT_TRAINER_SECRET"
allow trainer literal --topic "weft.dataset weft.images weft.deployments" Read
allow trainer literal --topic weft.events Write
# It reads which versions there are, and deletes those that nobody needs.
allow trainer literal --topic "weft.models weft.checkpoints" Read Write
allow trainer prefixed --group weft-trainer- Read
allow trainer prefixed --transactional-id weft-trainer- Describe Write

principal scorer "$WEFT_SCORER_SECRET"
allow scorer literal --topic "weft.dataset weft.images weft.labels weft.models" Read
allow scorer literal --topic "weft.dead-letters weft.quality weft.events" Write
allow scorer literal --topic "weft.assignments weft.quality-partials weft.deployments" Read Write
# Kafka Streams' own: changelogs, group, transactions.
allow scorer prefixed --topic weft-scorer- Create Describe DescribeConfigs Read Write Delete
allow scorer literal --group weft-scorer Read
allow scorer prefixed --transactional-id weft-scorer Describe Write

principal monitor "$WEFT_MONITOR_SECRET"
allow monitor literal --topic "weft.dataset weft.images weft.labels weft.models weft.assignments weft.quality \
    weft.events weft.deployments" Read
# How many images the scorer has not committed.
allow monitor literal --group weft-scorer Describe
# How much its topics take on the brokers' disks is a matter of the cluster.
"$bin/kafka-acls.sh" --bootstrap-server "$kafka" --command-config "$admin" --add \
    --allow-principal User:monitor --cluster --operation Describe >/dev/null

# For the commands that decide what serves: versions, rollback, follow, challenge, promote.
principal operator "$WEFT_OPERATOR_SECRET"
allow operator literal --topic "weft.models weft.quality" Read
allow operator literal --topic weft.deployments Read Write
allow operator literal --topic weft.events Write
allow operator prefixed --transactional-id weft-deployments- Describe Write
