/// What every service shares: Kafka settings, metrics endpoint, health, errors for the user.
@NullMarked
package weft.kafka.service;

import org.jspecify.annotations.NullMarked;
