/** What measures and searches work on: truths, scores, and the cuts between scores. */
package dev.tutti.core.score;
