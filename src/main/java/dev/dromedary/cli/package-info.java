/** The commands of bin/dromedary. */
@NullMarked
package dev.dromedary.cli;

import org.jspecify.annotations.NullMarked;
