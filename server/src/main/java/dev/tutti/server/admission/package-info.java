/**
 * What work carries with it through every queue (lane, deadline, caller, times), and permits for
 * what it takes up. Knows no queue.
 */
package dev.tutti.server.admission;
