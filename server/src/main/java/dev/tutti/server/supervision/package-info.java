/**
 * Each worker's life: started, probed, drained, started again or given up. Knows no inference; how
 * a process is started is behind {@link dev.tutti.server.supervision.ProcessLauncher}.
 */
package dev.tutti.server.supervision;
