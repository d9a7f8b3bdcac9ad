/** Thresholds of decisions and the searches for good ones. Judges no evaluation. */
package dev.tutti.core.threshold;
