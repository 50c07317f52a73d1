/**
 * Adapts the `fixedCount` controller to random scenarios, so that a property test can run it:
 * converts a scenario to events, and reads the wanted count of each object from the state.
 */
import { instant, type Controller, type StepEvent, type StepState } from '@stowage/kernel'
import { fixedCount, type CountMemory } from './fixed-count.js'
import { nodeNameAt, objectName, scenarioStart, type StepScenario } from './scenario.js'
import type { StepSubject } from './worlds-hold.js'

/** The facts of a scenario in the words of the controller. */
export const countEventsOf = ({ nodes, objects, changes }: StepScenario): readonly StepEvent[] => {
  const wish = (at: number, position: number, count: number): StepEvent => ({
    ...{ at: instant(at), _tag: 'Reported', controller: fixedCount.name },
    about: objectName(position),
    report: { count, size: objects[position]!.size },
  })
  return [
    ...nodes.map(
      (cpu, i): StepEvent => ({
        ...{ at: scenarioStart, _tag: 'NodeJoined', name: nodeNameAt(i) },
        node: { capacity: { cpu } },
      }),
    ),
    ...objects.map(({ count }, i) => wish(scenarioStart, i, count)),
    ...changes.map(({ at, object, count }) => wish(at, object % objects.length, count)),
  ]
}

export const wantedCounts = (state: StepState) => {
  const { objects } = (state.memories.get(fixedCount.name) ?? fixedCount.start) as CountMemory
  return new Map([...objects].map(([name, { count }]) => [name, { count }] as const))
}

/** A controller instead of the right one. */
export const countSubject = (controller: Controller<CountMemory> = fixedCount): StepSubject => ({
  controllers: [controller],
  eventsOf: countEventsOf,
  wantedOf: wantedCounts,
})
