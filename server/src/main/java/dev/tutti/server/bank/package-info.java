/**
 * The nouns that classification and dispatch share: a bank of models, its editions, which of them
 * are served, and whether they can answer in time. Knows no worker and no message.
 */
package dev.tutti.server.bank;
