/** Mailbox providers: domain patterns, MX rollup, and which provider a recipient belongs to. */
@NullMarked
package dev.dromedary.provider;

import org.jspecify.annotations.NullMarked;
