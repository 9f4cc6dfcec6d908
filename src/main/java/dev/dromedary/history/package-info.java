/** What passed and what stood, minute by minute, for charts, alerts and reports. */
@NullMarked
package dev.dromedary.history;

import org.jspecify.annotations.NullMarked;
