/**
 * Leads a training: its plan, its checkpoints, its log, and the models at its end. Writes no bank.
 */
package dev.tutti.worker.training.run;
