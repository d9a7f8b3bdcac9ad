/** The worker process. */
package dev.tutti.worker;
