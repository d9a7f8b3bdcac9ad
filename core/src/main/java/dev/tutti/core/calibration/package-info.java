/** Turning scores into probabilities that are what they say. */
package dev.tutti.core.calibration;
