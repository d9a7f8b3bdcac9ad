/**
 * A decoder of MPEG audio (ISO/IEC 11172-3, its extension to lower rates ISO/IEC 13818-3, and the
 * "MPEG-2.5" of Fraunhofer IIS below them), layers I, II and III, to mono: one frame in, its
 * samples out. Where frames lie in a file is decided elsewhere. The standards' names are used: a
 * granule is half a frame of layer III of MPEG-1, a line is one of 576 frequencies.
 */
package dev.tutti.core.audio.mpeg;
