/**
 * The installation beside this program: its bundled models, and a gateway of its own for one
 * command.
 */
package dev.tutti.cli.local;
