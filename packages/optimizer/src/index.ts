/**
 * Exports a solver for `provision` of the kernel: linear programming over patterns, which proves
 * how little any choice of machines can cost, and packs near it.
 */
export { packingSolver } from './solver/packing-solver.js'
