/** Orders not to send what was accepted: what waits is taken away, what is on a lane is dropped when its turn comes. */
@NullMarked
package dev.dromedary.cancel;

import org.jspecify.annotations.NullMarked;
