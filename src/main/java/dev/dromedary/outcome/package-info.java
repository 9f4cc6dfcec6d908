/** What an attempt came to, and what an SMTP reply means. Knows no Camel, JMS, JDBC or wall clock. */
@NullMarked
package dev.dromedary.outcome;

import org.jspecify.annotations.NullMarked;
