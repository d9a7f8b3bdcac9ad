/** What work carries with it through every queue: its lane and whom it is for. Knows no queue. */
package dev.tutti.server.admission;
