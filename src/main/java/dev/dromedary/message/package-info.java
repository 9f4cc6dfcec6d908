/** A message and its envelope, what a submission may hold, and the refusals it can meet. Knows no Camel, JMS or JDBC. */
@NullMarked
package dev.dromedary.message;

import org.jspecify.annotations.NullMarked;
