/**
 * Exports a simulator for controllers. `simulate` runs them against a virtual clock, carries out
 * their commands with latencies and faults that its options set, and reports the results to them as
 * events.
 */
export { resumeSimulation, simulate } from './run/simulate.js'
export type { Moment, Simulation, SimulationRun } from './run/simulation.js'
export type { FaultRates, Latencies } from './world/setting.js'
