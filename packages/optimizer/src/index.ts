/**
 * Exports a packing solver for the kernel's `provision`, which chooses machines for replicas that
 * found no node. The solver finds packings near the optimum by column generation (linear
 * programming over patterns, each a way to fill one machine), and proves a lower bound on the cost
 * of any choice of machines.
 */
export { packingSolver } from './solver/packing-solver.js'
