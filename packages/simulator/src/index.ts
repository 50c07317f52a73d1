/**
 * Exports a simulator for controllers. `simulate` runs them against a virtual clock, carries out
 * their commands, and returns the results as events, with the latencies and the faults of its
 * options.
 */
export { resumeSimulation, simulate } from './run/simulate.js'
export type { Moment, Simulation, SimulationRun } from './run/simulation.js'
export type { FaultRates, Latencies } from './world/setting.js'
