/** Spectrograms drawn as PNG files, letters and axes included, without the desktop module. */
package dev.tutti.cli.picture;
