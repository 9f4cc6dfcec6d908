/** Who gets no more mail, and why: what refusals and complaints say, counted and kept. */
@NullMarked
package dev.dromedary.suppression;

import org.jspecify.annotations.NullMarked;
