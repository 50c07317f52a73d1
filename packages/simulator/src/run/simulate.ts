/**
 * Runs controllers in a simulated cluster, by discrete-event simulation:
 *
 * 1. advances the virtual clock to the next instant at which something happens, and changes the
 *    cluster;
 * 2. passes all events of that instant to one call of `step`;
 * 3. passes the commands that `step` returns to the simulated cluster, which answers by later
 *    events.
 */
import {
  logEnd,
  logHeader,
  logStep,
  startSteps,
  step,
  type Instant,
  type StepEffect,
  type StepEvent,
  type StepState,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { draw, isHit } from '../chance/chance.js'
import {
  nextEntryAt,
  putEntry,
  takeHappening,
  takeReports,
  type ReportEntry,
} from '../world/agenda.js'
import { isLost, takeOrders } from '../world/answer.js'
import { happen } from '../world/happen.js'
import { defaultLatencies, noFaults } from '../world/setting.js'
import {
  afterDraw,
  copyWorld,
  dropNode,
  emptyWorld,
  raiseNode,
  type World,
} from '../world/world.js'
import type { Moment, Simulation, SimulationPause, SimulationRun } from './simulation.js'

/**
 * Runs a simulation. Equal simulations give equal runs, on every runtime. `ownStep` replaces the
 * kernel's `step`, for instance by one that is broken on purpose. The clock jumps from instant to
 * instant, so the cost of a simulated day depends on what happens in it.
 *
 * @example
 * ```ts
 * import { instant } from '@stowage/kernel'
 * import { simulate } from '@stowage/simulator'
 * import { fixedCount } from '@stowage/testing'
 *
 * const controllers = [fixedCount]
 * const run = simulate({ seed: 7, controllers, events: [], until: instant(60_000) })
 * console.log(run.log.trimEnd().split('\n').at(-1))
 * ```
 * ```text
 * {"end":{"now":60000,"hash":"1eac781d"}}
 * ```
 */
export const simulate = (simulation: Simulation, ownStep: typeof step = step): SimulationRun => {
  const { seed, controllers, options, pools = [], events, until } = simulation
  const { setting = { seed } } = simulation
  const start = events[0]?.at ?? until
  const world = emptyWorld(
    seed,
    { ...defaultLatencies, ...simulation.latencies },
    { ...noFaults, ...simulation.faults },
  )
  const begin: SimulationPause = {
    ...{ simulation, world, advance: ownStep(controllers, options) },
    state: startSteps({ now: start, pools }),
    lines: [logHeader(controllers, { start, pools, setting })],
    wakeAt: undefined,
  }
  return runFrom(begin, simulation)
}

/**
 * Goes on where a run ended, with further facts, none earlier than its end. The run stays as it
 * was, so that several can go on from it; one that a fault ended is returned as it is.
 */
export const resumeSimulation = (
  run: SimulationRun,
  next: Pick<Simulation, 'events' | 'until'>,
): SimulationRun => (run.pause === undefined ? run : runFrom(run.pause, next))

const runFrom = (
  pause: SimulationPause,
  { events, until }: Pick<Simulation, 'events' | 'until'>,
): SimulationRun => {
  const { simulation, advance } = pause
  const { controllers } = simulation
  const world = copyWorld(pause.world)
  for (const report of events) putEntry(world.agenda, { at: report.at, isFaulty: false, report })
  const lines = [...pause.lines]
  const moments: Moment[] = []
  let { state, wakeAt } = pause
  for (;;) {
    const at = nextInstant(world, wakeAt)
    if (at === undefined || at > until) break
    const reports = reportsAt(world, at)
    const isWoken = wakeAt === at
    if (isWoken) wakeAt = undefined
    if (reports.length === 0 && !isWoken) continue
    const facts: readonly StepEvent[] =
      reports.length === 0 ? [{ at, _tag: 'ClockAdvanced' }] : reports.map(({ report }) => report)
    const result = advance(state, facts)
    if (E.isLeft(result)) {
      const log = [...lines, ...logStep(facts, [])].join('\n')
      return { log, state, moments, fault: result.left }
    }
    const { effects, unplaced } = result.right
    for (const one of logStep(facts, effects)) lines.push(one)
    const before = state
    state = result.right.state
    const isFaulty = reports.some((entry) => entry.isFaulty)
    moments.push({ at, events: facts, effects, unplaced, before, state, isFaulty })
    for (const effect of effects) if (effect._tag === 'WakeAt') wakeAt = effect.at
    takeOrders(world, at, effects, { state, isSilent: simulation.isSilent })
    const causes = effects.filter((effect) => effect._tag !== 'Ask' || !isLost(world, at, effect))
    react(simulation, world, at, [...facts, ...causes], state)
  }
  const nextAt = nextInstant(world, timerOf(state))
  const end = { simulation, advance, world, state, lines, wakeAt }
  return {
    // Its end is the hash of the whole state, which few want of a run that goes on.
    get log() {
      return [...lines, logEnd(controllers, end.state), ''].join('\n')
    },
    ...{ state, moments, pause: end },
    ...(nextAt === undefined ? {} : { nextAt }),
  }
}

/** The next timer. A state that has none more does not take back the order to wake up. */
const timerOf = ({ wakes, poolTimer }: StepState): Instant | undefined =>
  [...wakes.values()].reduce((next, at) => (next === undefined || at < next ? at : next), poolTimer)

const nextInstant = ({ agenda }: World, wakeAt: Instant | undefined): Instant | undefined => {
  const next = nextEntryAt(agenda)
  if (next === undefined || wakeAt === undefined) return next ?? wakeAt
  return next < wakeAt ? next : wakeAt
}

/** Lets everything happen that happens at an instant, and returns what is reported then. */
const reportsAt = (world: World, at: Instant): readonly ReportEntry[] => {
  for (
    let entry = takeHappening(world.agenda, at);
    entry !== undefined;
    entry = takeHappening(world.agenda, at)
  )
    happen(world, entry)
  const reports = takeReports(world.agenda, at).filter(
    ({ ofReplica }) => ofReplica === undefined || !world.ended.has(ofReplica),
  )
  for (const { report } of reports) comeTrue(world, report)
  const isTurned =
    at < (world.faults.until ?? Infinity) && isHit(world.seed, `turn ${at}`, world.faults.reordered)
  return isTurned ? reorderReports(reports, world.seed) : reports
}

/** A fact that was planned is true from when it is reported. */
const comeTrue = (world: World, report: StepEvent): void => {
  if (report._tag === 'NodeLeft') dropNode(world, report.name)
  if (report._tag !== 'NodeJoined' || world.nodes.has(report.name)) return
  const { name, node, pool } = report
  raiseNode(world, report.at, name, { node, ...(pool === undefined ? {} : { pool }) })
}

/** The reports in another order; those about one object keep theirs. */
const reorderReports = (reports: readonly ReportEntry[], seed: number): readonly ReportEntry[] => {
  const subjects = [...new Set(reports.map(({ report }) => subjectOf(report)))]
  const luck = new Map(subjects.map((subject) => [subject, draw(seed, `turn ${subject}`)]))
  return [...reports].sort(
    (a, b) => luck.get(subjectOf(a.report))! - luck.get(subjectOf(b.report))!,
  )
}

/** What a fact is about, as a text. */
const subjectOf = (event: StepEvent): string => {
  if ('replica' in event) return `replica ${event.replica}`
  if ('name' in event) return `node ${event.name}`
  if ('order' in event) return `order ${event.order}`
  return 'about' in event ? `object ${event.controller} ${event.about}` : 'clock'
}

/** Sends what the platform reports because of what happened. */
const react = (
  simulation: Simulation,
  world: World,
  at: Instant,
  causes: readonly (StepEvent | StepEffect)[],
  state: StepState,
): void => {
  if (simulation.react === undefined) return
  for (const [i, cause] of causes.entries()) {
    const isOfReplica =
      cause._tag === 'Place' || cause._tag === 'Vend' || cause._tag === 'ReplicaRunning'
    const ofReplica = isOfReplica ? { ofReplica: cause.replica } : {}
    const ready = afterDraw(world, at, `ready ${at} ${i}`, world.latencies.ready)
    for (const report of simulation.react(cause, { at, ready, state }))
      putEntry(world.agenda, { at: report.at, isFaulty: false, report, ...ofReplica })
  }
}
