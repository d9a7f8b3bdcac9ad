/** Comma-separated values (RFC 4180), as spreadsheets, pandas, R and people write them. */
package dev.tutti.core.csv;
