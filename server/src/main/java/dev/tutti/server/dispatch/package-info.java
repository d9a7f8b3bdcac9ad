/**
 * A batch goes to a worker and comes back: who can take it, the call, and what is done when it
 * fails. Holds workers by handles; starts and ends none.
 */
package dev.tutti.server.dispatch;
