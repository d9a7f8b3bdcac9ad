/**
 * Where the frames of MPEG audio lie in a file and what stands around them. Decoding a frame is
 * {@link dev.tutti.core.audio.mpeg}.
 */
package dev.tutti.core.audio.mp3;
