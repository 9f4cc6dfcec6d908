/** SMTP pools: which may serve a recipient, which have room, and which is chosen. */
@NullMarked
package dev.dromedary.pool;

import org.jspecify.annotations.NullMarked;
