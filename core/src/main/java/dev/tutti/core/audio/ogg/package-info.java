/** Ogg (RFC 3533) and the Vorbis in it; the last steps of decoding are JOrbis's. */
package dev.tutti.core.audio.ogg;
