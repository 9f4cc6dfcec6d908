/** What happened to each message: written through a broker queue into Postgres, read back as its history. */
@NullMarked
package dev.dromedary.event;

import org.jspecify.annotations.NullMarked;
