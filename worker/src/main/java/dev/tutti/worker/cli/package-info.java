/**
 * The verbs of {@code tutti} that need models on this machine and no server, one a file, and what
 * they print. Computes nothing itself.
 */
package dev.tutti.worker.cli;
