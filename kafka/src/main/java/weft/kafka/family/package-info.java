/// The families of models that Weft has, as everybody who uses models sees them.
@NullMarked
package weft.kafka.family;

import org.jspecify.annotations.NullMarked;
