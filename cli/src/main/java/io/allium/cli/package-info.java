/** The command line. Start at {@link io.allium.cli.Main}; each command is a class of its own. */
@NullMarked
package io.allium.cli;

import org.jspecify.annotations.NullMarked;
