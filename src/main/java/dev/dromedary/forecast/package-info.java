/** Statistics of what comes next: trends, rates, volumes with seasons, and the joint picture. Each is pure, and takes its times from its data. */
@NullMarked
package dev.dromedary.forecast;

import org.jspecify.annotations.NullMarked;
