/// Quality of a clustering from its contingency table with the true classes.
@NullMarked
package weft.core.metric;

import org.jspecify.annotations.NullMarked;
