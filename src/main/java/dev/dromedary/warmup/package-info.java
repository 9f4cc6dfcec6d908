/** New pools brought to volume: so many messages a day to each provider, more each day that went well. */
@NullMarked
package dev.dromedary.warmup;

import org.jspecify.annotations.NullMarked;
