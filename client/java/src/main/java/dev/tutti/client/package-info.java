/** What a Java service embeds to call a Tutti gateway. */
package dev.tutti.client;
