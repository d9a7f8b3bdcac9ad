/**
 * The worker process: its command line, its ends, and nothing that can be tested without starting
 * one.
 */
package dev.tutti.worker;
