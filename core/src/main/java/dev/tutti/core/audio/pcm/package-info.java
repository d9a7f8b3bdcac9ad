/** Samples that are stored as they are: headerless, in WAV and in AIFF. */
package dev.tutti.core.audio.pcm;
