/**
 * Exports a world for controllers: `simulate` runs them against a virtual clock, answers their
 * orders with facts, and lets go wrong what its options say.
 */
export { resumeSimulation, simulate } from './run/simulate.js'
export type { Moment, Simulation, SimulationRun } from './run/simulation.js'
export type { FaultRates, Latencies } from './world/setting.js'
