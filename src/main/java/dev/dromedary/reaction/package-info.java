/** What a mailbox provider's replies make us do for a while: rules, the actions under way, and their way back. Knows no Camel, JMS, JDBC or wall clock. */
@NullMarked
package dev.dromedary.reaction;

import org.jspecify.annotations.NullMarked;
