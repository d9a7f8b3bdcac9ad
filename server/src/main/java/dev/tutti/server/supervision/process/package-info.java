/**
 * Workers as processes of this operating system: how they are started, what they print, and how
 * their ends are seen. Decides nothing about them.
 */
package dev.tutti.server.supervision.process;
