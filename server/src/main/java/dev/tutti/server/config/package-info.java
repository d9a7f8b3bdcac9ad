/**
 * Where values of settings come from and what is said of those that are refused. Which settings
 * there are is each component's own to say.
 */
package dev.tutti.server.config;
