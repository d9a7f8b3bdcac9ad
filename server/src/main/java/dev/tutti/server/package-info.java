/**
 * The program {@code tutti serve} and the composition of a gateway from its parts. Does no work of
 * its own.
 */
package dev.tutti.server;
