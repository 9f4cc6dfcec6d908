/**
 * A simulated time of traffic: the production's own classes choose pools, pace, retry and react, on a virtual clock, against providers that are simulated.
 */
@NullMarked
package dev.dromedary.rehearsal;

import org.jspecify.annotations.NullMarked;
