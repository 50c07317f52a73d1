/**
 * Exports a packing solver for the kernel's `provision`, by column generation: linear programming
 * over patterns (contents of one machine). The solver proves a lower bound on the cost of any
 * choice of machines, and finds packings near that bound.
 */
export { packingSolver } from './solver/packing-solver.js'
