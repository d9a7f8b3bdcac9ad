/** Instrument families and which of them are present. Depends on nothing. */
package dev.tutti.core.label;
