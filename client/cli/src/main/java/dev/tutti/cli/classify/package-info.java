/** Audio files cut into windows and sent to a gateway; knows nothing of how answers are shown. */
package dev.tutti.cli.classify;
