/** The typed configuration, how it is read, and what is wrong with it. */
@NullMarked
package dev.dromedary.config;

import org.jspecify.annotations.NullMarked;
