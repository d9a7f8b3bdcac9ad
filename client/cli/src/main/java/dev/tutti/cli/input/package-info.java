/**
 * What a user names or writes for a verb: audio files, recipes, families, score matrices; nothing
 * here asks a gateway.
 */
package dev.tutti.cli.input;
