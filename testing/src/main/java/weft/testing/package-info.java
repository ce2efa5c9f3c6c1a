/// A Kafka in memory, for unit tests; no main code depends on it.
@NullMarked
package weft.testing;

import org.jspecify.annotations.NullMarked;
