/**
 * Decoding audio of any format by its content: the one way in from outside. The formats know
 * nothing of it.
 */
package dev.tutti.core.audio.decode;
