/**
 * Recordings as mono samples: clips, readers that pull them block by block, resampling and windows.
 * Knows no file format; the packages below do.
 */
package dev.tutti.core.audio;
