/** The broker and the database: started, connected, migrated, drained. */
@NullMarked
package dev.dromedary.store;

import org.jspecify.annotations.NullMarked;
