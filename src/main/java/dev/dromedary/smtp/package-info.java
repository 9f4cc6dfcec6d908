/** SMTP outward: pooled connections to the pools, what a conversation came to, the health probe, and the sandbox. */
@NullMarked
package dev.dromedary.smtp;

import org.jspecify.annotations.NullMarked;
