/** The live view of {@code bin/dromedary top}: what is asked for, what is drawn of it, and the terminal. */
@NullMarked
package dev.dromedary.cli.top;

import org.jspecify.annotations.NullMarked;
