/**
 * What a piece of content is in bytes: its digest and the packing of its numbers. Knows no format
 * of any file.
 */
package dev.tutti.core.content;
