/** What providers make of our mail: evidence of each attempt, kept by pool, sender domain, stream and campaign, and forgotten by half-lives. */
@NullMarked
package dev.dromedary.reputation;

import org.jspecify.annotations.NullMarked;
