/** All that learns from attempts and holds pools back or chooses among them because of it, put together for production and rehearsal alike. */
@NullMarked
package dev.dromedary.brain;

import org.jspecify.annotations.NullMarked;
