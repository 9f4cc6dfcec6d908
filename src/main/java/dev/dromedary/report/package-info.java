/** What a span of time came to: figures, health, trends, incidents, forecasts and what to do about them. Pure: it takes its times from its data. */
@NullMarked
package dev.dromedary.report;

import org.jspecify.annotations.NullMarked;
