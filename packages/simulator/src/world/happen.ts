/**
 * Carries out the scheduled changes (happenings) of the simulated cluster: replicas start and end,
 * nodes join, leave and die, commands time out. Reports each change to the orchestrator.
 */
import type { Instant } from '@stowage/kernel'
import { putEntry, type HappeningEntry } from './agenda.js'
import {
  afterDraw,
  dropNode,
  endReplica,
  goesWrong,
  raiseNode,
  sendNodeReport,
  sendReport,
  type World,
} from './world.js'

/** Carries out one happening, unless its node or replica is gone. */
export const happen = (world: World, { at, happening, isFaulty }: HappeningEntry): void => {
  switch (happening._tag) {
    case 'Start':
      if (!world.replicas.has(happening.replica)) return
      sendReport(world, at, { at, _tag: 'ReplicaRunning', replica: happening.replica }, isFaulty)
      planDeath(world, at, happening.replica)
      return
    case 'End': {
      const { replica, because } = happening
      if (!world.replicas.has(replica)) return
      endReplica(world, replica)
      const reason = because === undefined ? {} : { because }
      sendReport(world, at, { at, _tag: 'ReplicaStopped', replica, ...reason }, isFaulty)
      return
    }
    case 'Timeout':
      sendReport(world, at, { at, ...happening, _tag: 'OrderFailed' }, isFaulty)
      return
    case 'Death':
      if (world.lives.get(happening.name) === happening.life) die(world, at, happening.name)
      return
    case 'Arrival':
      raiseNode(world, at, happening.name, happening.description)
      sendNodeReport(
        world,
        { at, _tag: 'NodeJoined', name: happening.name, ...happening.description },
        isFaulty,
      )
      return
    case 'Departure':
      if (!world.nodes.has(happening.name)) return
      dropNode(world, happening.name)
      sendNodeReport(world, { at, _tag: 'NodeLeft', name: happening.name }, isFaulty)
  }
}

/** Decides whether a replica that started will end by itself. */
const planDeath = (world: World, now: Instant, replica: number): void => {
  const { agenda, faults } = world
  if (!goesWrong(world, now, `replica ${replica} dies`, faults.replicaDeaths)) return
  const at = afterDraw(world, now, `replica ${replica} life`, faults.life)
  if (at >= (faults.until ?? Infinity)) return
  const because = 'it ended by itself'
  putEntry(agenda, {
    ...{ at, isFaulty: true },
    happening: { _tag: 'End', replica: replica as never, because },
  })
}

/** A node dies, and may come back; what it held is gone. */
const die = (world: World, now: Instant, name: string): void => {
  const description = world.nodes.get(name)
  if (description === undefined) return
  dropNode(world, name)
  sendNodeReport(world, { at: now, _tag: 'NodeLeft', name }, true)
  const life = world.lives.get(name)!
  if (!goesWrong(world, now, `return ${name} ${life}`, world.faults.nodeReturns)) return
  const at = afterDraw(world, now, `absence ${name} ${life}`, world.faults.absence)
  putEntry(world.agenda, {
    ...{ at, isFaulty: true },
    happening: { _tag: 'Arrival', name, description },
  })
}
