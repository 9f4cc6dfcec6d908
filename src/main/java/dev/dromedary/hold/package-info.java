/** What operators hold back: pools, providers, streams and campaigns, each with a reason and an end. */
@NullMarked
package dev.dromedary.hold;

import org.jspecify.annotations.NullMarked;
