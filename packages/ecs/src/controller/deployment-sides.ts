/**
 * Reconciles a service during a blue/green, linear or canary deployment. The old and the new
 * revision (the two sides) are reconciled separately, so that each keeps its own count of tasks
 * until the CLEAN_UP stage.
 */
import type { Intent } from '@stowage/kernel'
import type { Deployment, ServiceRecord } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import type { Reconciliation, ReconcileView, ServiceSurroundings } from '../moves/reconciliation.js'
import { reconcileTasks } from '../moves/task-moves.js'
import { mayScaleUp } from './lifecycle.js'

/** Keeps the tasks of each deployment apart: the old revision stays beside the new one. */
export const reconcileSides = (
  view: ReconcileView,
  memory: ServiceSurroundings,
  before: ServiceRecord,
  options: EcsControllerOptions,
): Reconciliation => {
  const intents: Intent[] = []
  let record = before
  for (const deployment of before.deployments) {
    const side = sideOf(record, deployment)
    const decided = reconcileTasks(view, memory, side, options, false)
    for (const intent of decided.intents) intents.push(intent)
    record = withSide(record, side, decided.record)
  }
  return { record: { ...record, isSteady: false, isBlocked: false }, intents, dues: [] }
}

/** The service as if a deployment were its only one. */
const sideOf = (record: ServiceRecord, deployment: Deployment): ServiceRecord => {
  const [primary] = record.deployments
  const isNew = deployment.id === primary.id
  const desiredCount = isNew && !mayScaleUp(record) ? 0 : deployment.desiredCount
  const own = new Map([...record.tasks].filter(([, task]) => task.deployment === deployment.id))
  return {
    ...record,
    service: { ...record.service, desiredCount },
    deployments: [deployment],
    tasks: own,
    watched: new Map([...record.watched].filter(([replica]) => own.has(replica))),
    waiting: record.waiting.filter((row) => row.deployment === deployment.id),
  }
}

const withSide = (
  record: ServiceRecord,
  before: ServiceRecord,
  after: ServiceRecord,
): ServiceRecord => ({
  ...record,
  ...{ events: after.events, eventCount: after.eventCount },
  tasks: new Map([...record.tasks].map(([id, task]) => [id, after.tasks.get(id) ?? task])),
  watched: new Map([
    ...[...record.watched].filter(([replica]) => !before.tasks.has(replica)),
    ...after.watched,
  ]),
  waiting: [
    ...record.waiting.filter((row) => row.deployment !== before.deployments[0].id),
    ...after.waiting,
  ],
})
