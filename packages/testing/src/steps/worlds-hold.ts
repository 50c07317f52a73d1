/**
 * Defines the property that controllers keep their invariants in random simulated scenarios: checks
 * the invariants after each step, and at the end that the wanted replicas run. When the property
 * fails, fast-check shrinks the scenario, and the message shows the log of the shortest run.
 */
import {
  logHeader,
  logStep,
  openOrdersOf,
  step,
  type AnyController,
  type StepEvent,
  type StepOptions,
  type StepState,
} from '@stowage/kernel'
import { simulate, type Moment, type Simulation, type SimulationRun } from '@stowage/simulator'
import * as fc from 'fast-check'
import { countsIn, stepInvariants, type StepUnderTest } from './invariants.js'
import { anyScenario, scenarioEnd, scenarioStart, type StepScenario } from './scenario.js'

/** Controllers, and how a scenario is said to them. */
export interface StepSubject extends Pick<Simulation, 'pools' | 'react'> {
  readonly controllers: readonly AnyController[]
  readonly options?: StepOptions
  /** The facts of a scenario, in the order of time, the first at `scenarioStart`. */
  readonly eventsOf: (scenario: StepScenario) => readonly StepEvent[]
  /** The object that an owner of replicas is part of, such as a deployment's; by default itself. */
  readonly objectOf?: (owner: string) => string
  /** Whether running replicas are replaced by others, as in an update. */
  readonly isReplacing?: boolean
  /** How many replicas of each object are wanted in a state, and at most starting or running. */
  readonly wantedOf: (
    state: StepState,
  ) => ReadonlyMap<string, { readonly count: number; readonly max?: number }>
}

/** How a scenario is run; a `step` that is broken on purpose must make the property fail. */
export interface WorldOptions {
  readonly ownStep?: typeof step
}

/** The property. */
export const worldsHold = (
  subject: StepSubject,
  { ownStep = step }: WorldOptions = {},
): fc.IProperty<[StepScenario]> =>
  fc.property(anyScenario, (scenario) => {
    const { controllers, options, eventsOf, pools, react } = subject
    const run = simulate(
      {
        ...{ seed: scenario.seed, controllers, events: eventsOf(scenario) },
        ...{ faults: scenario.faults, until: scenarioEnd },
        ...(options === undefined ? {} : { options }),
        ...(pools === undefined ? {} : { pools }),
        ...(react === undefined ? {} : { react }),
      },
      ownStep,
    )
    const wrong = firstWrong(subject, run, { controllers, advance: ownStep(controllers, options) })
    if (wrong !== undefined) throw new Error(wrong)
  })

/** The first violation in a run, with the log up to it. */
const firstWrong = (
  subject: StepSubject,
  run: SimulationRun,
  underTest: StepUnderTest,
): string | undefined => {
  for (const [i, moment] of run.moments.entries()) {
    const wrong = wrongAt(subject, moment, underTest)
    if (wrong !== undefined)
      return `at ${moment.at}, ${wrong}\n\n${logUntil(subject, run.moments.slice(0, i + 1))}`
  }
  if (run.fault !== undefined) return `${JSON.stringify(run.fault)}\n\n${run.log}`
  const wrong = wrongAtEnd(subject, run)
  return wrong === undefined ? undefined : `${wrong}\n\n${run.log}`
}

const wrongAt = (
  { wantedOf, objectOf }: StepSubject,
  moment: Moment,
  underTest: StepUnderTest,
): string | undefined => {
  for (const [name, invariant] of Object.entries(stepInvariants)) {
    const [wrong] = invariant(moment, underTest)
    if (wrong !== undefined) return `${name}: ${wrong}`
  }
  const counts = countsIn(moment.state, objectOf)
  for (const [name, { count, max = count }] of wantedOf(moment.state)) {
    const { alive = 0, pending = 0 } = counts.get(name) ?? {}
    if (alive + pending > max) return `${name} has ${alive + pending} replicas, at most ${max}`
  }
  return undefined
}

const logUntil = ({ controllers, pools = [] }: StepSubject, moments: readonly Moment[]): string =>
  [
    logHeader(controllers, { start: scenarioStart, pools }),
    ...moments.flatMap(({ events, effects }) => logStep(events, effects)),
  ].join('\n')

/**
 * After the last fault, and the last change of what is wanted or of the nodes, the wanted count
 * runs but for what waits for a node. It takes no more answers about replicas than there are open
 * orders and waiting replicas then: each answer confirms one order, and only what waits is ordered
 * yet. A replica that is replaced takes two more: it stops, and another starts.
 */
const wrongAtEnd = (subject: StepSubject, { moments }: SimulationRun): string | undefined => {
  const last = moments.at(-1)
  if (last === undefined) return undefined
  const lacking = lackingIn(subject, last.state)
  if (lacking !== undefined) return lacking
  let healed = moments.length - 1
  while (healed > 0 && !isDisturbed(moments[healed]!)) healed--
  const { state } = moments[healed]!
  const waiting = state.pending.reduce((sum, { count }) => sum + count, 0)
  const alive = [...countsIn(state).values()].reduce((sum, one) => sum + one.alive, 0)
  const answersMax =
    openOrdersOf(state).length + waiting + (subject.isReplacing === true ? 2 * alive : 0)
  let answers = 0
  for (const moment of moments.slice(healed)) {
    if (lackingIn(subject, moment.state) === undefined) break
    answers += moment.events.filter((event) => 'replica' in event).length
  }
  return answers <= answersMax
    ? undefined
    : `what is wanted runs ${answers} answers after the last fault, more than ${answersMax}`
}

const isDisturbed = ({ isFaulty, events }: Moment): boolean =>
  isFaulty || events.some(({ _tag }) => _tag === 'Reported' || _tag === 'NodeJoined')

const lackingIn = ({ wantedOf, objectOf }: StepSubject, state: StepState): string | undefined => {
  const counts = countsIn(state, objectOf)
  for (const [name, { count }] of wantedOf(state)) {
    const { running = 0, pending = 0 } = counts.get(name) ?? {}
    // While an update waits for a node there may be more than are wanted.
    if (pending === 0 ? running !== count : running + pending < count)
      return `${name} wants ${count} replicas, ${running} run and ${pending} wait for a node`
  }
  return undefined
}
