/** Reports of failed delivery to the sender (RFC 3464). Policy: knows no Camel, JMS or JDBC, and takes the time as given. */
@NullMarked
package dev.dromedary.dsn;

import org.jspecify.annotations.NullMarked;
