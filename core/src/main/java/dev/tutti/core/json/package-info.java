/** JSON as the programs print and read it; which keys there are is the callers' affair. */
package dev.tutti.core.json;
