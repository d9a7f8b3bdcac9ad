/**
 * What verbs print and write: figures, tables, JSON, CSV and progress; nothing here reads options.
 */
package dev.tutti.cli.report;
