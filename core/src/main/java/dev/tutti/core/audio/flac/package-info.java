/** FLAC (RFC 9639), read and written. */
package dev.tutti.core.audio.flac;
