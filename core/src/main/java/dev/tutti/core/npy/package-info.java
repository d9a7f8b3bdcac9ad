/** NumPy's file format for arrays, {@code .npy}. */
package dev.tutti.core.npy;
