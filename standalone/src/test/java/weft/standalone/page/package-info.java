/// The live page as people see it: in a browser, while a real `up` runs.
@NullMarked
package weft.standalone.page;

import org.jspecify.annotations.NullMarked;
