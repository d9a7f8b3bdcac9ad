/** Reference data for the tests. */
package dev.tutti.worker.golden;
