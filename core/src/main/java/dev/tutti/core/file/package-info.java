/** Files that a user names: what is wrong with them, in a sentence. */
package dev.tutti.core.file;
