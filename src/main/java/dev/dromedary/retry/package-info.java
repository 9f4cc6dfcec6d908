/** When a deferred message is tried again, and the store it waits in. */
@NullMarked
package dev.dromedary.retry;

import org.jspecify.annotations.NullMarked;
