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

# allow PRINCIPAL literal|prefixed --topic|--group|--transactional-id NAME OPERATION...
allow() {
    local principal=$1 pattern=$2 kind=$3 name=$4 operations=()
    shift 4
    for operation in "$@"; do operations+=(--operation "$operation"); done
    "$bin/kafka-acls.sh" --bootstrap-server "$kafka" --command-config "$admin" --add \
        --allow-principal "User:$principal" --resource-pattern-type "$pattern" "$kind" "$name" "${operations[@]}" >/dev/null
}

principal topics "$WEFT_TOPICS_SECRET"
allow topics prefixed --topic weft. Create

principal producer "$WEFT_PRODUCER_SECRET"
# It reads to find where an earlier run of the replay ended, and what the images are said to be.
for topic in weft.dataset weft.images; do allow producer literal --topic "$topic" Read Write; done

principal trainer "$WEFT_TRAINER_SECRET"
for topic in weft.dataset weft.images; do allow trainer literal --topic "$topic" Read; done
allow trainer literal --topic weft.models Write
allow trainer literal --topic weft.checkpoints Read Write
allow trainer prefixed --group weft-trainer- Read
allow trainer prefixed --transactional-id weft-trainer- Describe Write

principal scorer "$WEFT_SCORER_SECRET"
for topic in weft.dataset weft.images weft.labels weft.models; do allow scorer literal --topic "$topic" Read; done
for topic in weft.dead-letters weft.quality; do allow scorer literal --topic "$topic" Write; done
for topic in weft.assignments weft.quality-partials; do allow scorer literal --topic "$topic" Read Write; done
# Kafka Streams' own: changelogs, group, transactions.
allow scorer prefixed --topic weft-scorer- Create Describe DescribeConfigs Read Write Delete
allow scorer literal --group weft-scorer Read
allow scorer prefixed --transactional-id weft-scorer Describe Write

principal monitor "$WEFT_MONITOR_SECRET"
for topic in weft.dataset weft.images weft.labels weft.models weft.assignments weft.quality; do
    allow monitor literal --topic "$topic" Read
done
# How many images the scorer has not committed.
allow monitor literal --group weft-scorer Describe
# How much its topics take on the brokers' disks is a matter of the cluster.
"$bin/kafka-acls.sh" --bootstrap-server "$kafka" --command-config "$admin" --add \
    --allow-principal User:monitor --cluster --operation Describe >/dev/null
