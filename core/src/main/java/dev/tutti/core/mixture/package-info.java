/**
 * Recipes for mixtures of notes and what they make: the same recipe gives the same bits everywhere.
 */
package dev.tutti.core.mixture;
