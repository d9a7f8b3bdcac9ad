/** What this process computes on. */
package dev.tutti.worker.device;
