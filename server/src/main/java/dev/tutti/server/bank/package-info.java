/**
 * The nouns that classification and dispatch share: a bank of models, its editions, and which of
 * them are served. Knows no worker and no message.
 */
package dev.tutti.server.bank;
