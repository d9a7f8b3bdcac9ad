/** Content as bytes: digests, and numbers packed. Knows no file format. */
package dev.tutti.core.content;
