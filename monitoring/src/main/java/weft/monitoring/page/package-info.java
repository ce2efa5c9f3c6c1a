/// The live page: what is on the topics, kept in bounded memory and served to browsers.
@NullMarked
package weft.monitoring.page;

import org.jspecify.annotations.NullMarked;
