/**
 * Selects a part of the answer to `plan`: the workloads of some namespaces, or only their placed or
 * unplaced replicas. The selection follows planning, so a machine still shows all that it uses, but
 * lists only the selected replicas.
 */
import { nearestNames, type DocumentFault, type Warning } from '@stowage/documents'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { MachineRow, PlatformPlan } from '../platform/plan.js'
import type { Faults } from '../text/fault.js'
import { planIsComplete, type Plans, type SupplyPlans } from './plans.js'

/**
 * The replicas that wanted a place (`pending`), and the two parts of these: what got one (`new`),
 * and what got none (`unplaced`).
 */
export type ReplicaSelection = 'pending' | 'new' | 'unplaced'

/**
 * The workloads of these namespaces; `isPlaced` is about them alone. A `Left` names each namespace
 * that has no workload.
 */
export const selectNamespaces = (
  { plans, ignored }: Plans,
  namespaces: readonly string[],
): E.Either<Faults, Plans> => {
  const known = new Set(plans.flatMap(namespacesIn))
  const faults = namespaces.filter((one) => !known.has(one)).map((one) => unknownOf(one, known))
  if (faults.length > 0) return E.left(faults)
  const isOther = (name: string): boolean => known.has(name) && !namespaces.includes(name)
  const selection = plans.flatMap((one): readonly SupplyPlans[] => {
    const { namespaceOf } = one.platform
    if (namespaceOf === undefined) return []
    const select = (plan: PlatformPlan | undefined): PlatformPlan | undefined =>
      plan === undefined
        ? undefined
        : planWhere(plan, (name) => namespaces.includes(namespaceOf(name)), {
            isAbout: ({ subject }) => !isOther(namespaceOf(subject.split(' ').at(-1) ?? '')),
          })
    return [{ ...one, namespaces, machines: select(one.machines), fargate: select(one.fargate) }]
  })
  return E.right({ plans: selection, ignored, isPlaced: selection.every(planIsComplete) })
}

/** The namespaces of all workloads, in code-unit order. */
const namespacesIn = ({ platform, machines, fargate }: SupplyPlans): readonly string[] => {
  const { namespaceOf } = platform
  if (namespaceOf === undefined) return []
  const names = [machines, fargate].flatMap((plan) => (plan === undefined ? [] : namesIn(plan)))
  return [...new Set(names.map(namespaceOf))].sort(byCodeUnit)
}

const namesIn = ({ plan, vended, refused, held }: PlatformPlan): readonly string[] =>
  [...plan.nodes.flatMap(allOn), ...plan.unplaced, ...vended, ...refused, ...held].map(
    ({ name }) => name,
  )

const allOn = ({ holds, leaving = [] }: MachineRow): MachineRow['holds'] => [...holds, ...leaving]

const unknownOf = (namespace: string, known: ReadonlySet<string>): DocumentFault => {
  const near = nearestNames(namespace, known, namespace.length)
  const expected =
    known.size === 0
      ? 'no namespace: only workloads of Kubernetes have one'
      : `a namespace with workloads, such as ${(near.length === 0 ? [...known] : near).slice(0, 3).join(', ')}`
  return { from: '--namespace', at: [], found: renderValue(namespace), expected }
}

/** The rows of a plan whose workload's name is selected, and the warnings that are about them. */
const planWhere = (
  all: PlatformPlan,
  isSelected: (name: string) => boolean,
  { isAbout }: { readonly isAbout: (warning: Warning) => boolean },
): PlatformPlan => {
  const some = <Row extends { readonly name: string }>(rows: readonly Row[]): readonly Row[] =>
    rows.filter(({ name }) => isSelected(name))
  return {
    ...all,
    plan: {
      nodes: all.plan.nodes.map((node) => ({
        ...node,
        holds: some(node.holds),
        ...(node.leaving === undefined ? {} : { leaving: some(node.leaving) }),
      })),
      unplaced: some(all.plan.unplaced),
    },
    vended: some(all.vended),
    launched: some(all.launched),
    refused: some(all.refused),
    held: some(all.held),
    preemptions: some(all.preemptions),
    warnings: all.warnings.filter(isAbout),
    ...(all.onFargate === undefined ? {} : { onFargate: some(all.onFargate) }),
  }
}

/** The rows of a plan about these replicas. */
export const selectReplicas = (
  all: PlatformPlan,
  selection: ReplicaSelection | undefined,
): PlatformPlan => {
  if (selection === undefined) return all
  const nodes = all.plan.nodes.map(({ leaving: _, ...node }) => ({
    ...node,
    holds: selection === 'unplaced' ? [] : newHoldings(node),
  }))
  if (selection === 'unplaced')
    return {
      ...{ ...all, plan: { ...all.plan, nodes } },
      ...{ vended: [], launched: [], onFargate: [] },
    }
  return selection === 'pending'
    ? { ...all, plan: { ...all.plan, nodes } }
    : { ...all, plan: { nodes, unplaced: [] }, refused: [], held: [], preemptions: [] }
}

/** What the plan has put on a machine, without what ran there. */
export const newHoldings = ({ holds }: Pick<MachineRow, 'holds'>): MachineRow['holds'] =>
  holds.flatMap(({ running = 0, name, count }) =>
    running === count ? [] : [{ name, count: count - running }],
  )
