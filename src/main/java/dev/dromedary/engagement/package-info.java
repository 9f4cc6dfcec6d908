/** When recipients read their mail, learned from what they do with it, and the hour at which the next is sent because of it. */
@NullMarked
package dev.dromedary.engagement;

import org.jspecify.annotations.NullMarked;
