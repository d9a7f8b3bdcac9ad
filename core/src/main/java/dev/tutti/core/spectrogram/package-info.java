/** What the models see: the short-time Fourier transform in decibels, and mel bands of it. */
package dev.tutti.core.spectrogram;
