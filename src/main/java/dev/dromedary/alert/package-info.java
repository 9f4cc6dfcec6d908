/** What is wrong enough to tell somebody: rules, what they say of a moment, and what becomes of an alert. Knows no database, Camel or wall clock. */
@NullMarked
package dev.dromedary.alert;

import org.jspecify.annotations.NullMarked;
