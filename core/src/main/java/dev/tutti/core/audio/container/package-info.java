/** What may surround audio in a file whatever its format, and the formats that are not read. */
package dev.tutti.core.audio.container;
