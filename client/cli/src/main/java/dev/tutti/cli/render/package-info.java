/** Renders notes of sound fonts with fluidsynth: data sets where NSynth cannot be had. */
package dev.tutti.cli.render;
