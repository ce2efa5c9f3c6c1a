/// Watches the topics of a running Weft, as a pure consumer.
@NullMarked
package weft.monitoring;

import org.jspecify.annotations.NullMarked;
