/** Rates: how many a while, and who waits. */
@NullMarked
package dev.dromedary.pace;

import org.jspecify.annotations.NullMarked;
