/** Health of pools and parts, and the meters. */
@NullMarked
package dev.dromedary.monitor;

import org.jspecify.annotations.NullMarked;
