/// The subcommands of weft.
@NullMarked
package weft.standalone.command;

import org.jspecify.annotations.NullMarked;
