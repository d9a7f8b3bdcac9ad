/**
 * The verbs of the command line and the options that they share, by picocli; what they do and print
 * lives in the rooms below.
 */
package dev.tutti.cli;
