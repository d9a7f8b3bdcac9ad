/** Which models are loaded: at the start, and again while the old ones serve on. Moves no batch. */
package dev.tutti.server.reload;
