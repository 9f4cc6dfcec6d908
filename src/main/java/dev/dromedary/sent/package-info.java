/** What this node has sent lately, in memory and on its own disk, so that nothing is sent twice because the commit after it failed. */
@NullMarked
package dev.dromedary.sent;

import org.jspecify.annotations.NullMarked;
