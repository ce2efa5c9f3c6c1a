/// A real Kafka broker inside this JVM.
@NullMarked
package weft.standalone.broker;

import org.jspecify.annotations.NullMarked;
