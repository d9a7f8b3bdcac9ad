/**
 * Results kept by their content, each computed once for all who ask. Does not know what is
 * computed.
 */
package dev.tutti.server.cache;
