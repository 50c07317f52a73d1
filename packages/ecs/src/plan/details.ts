/**
 * Adds to an explanation the exact cause of each refusal: the attribute that an instance lacks, the
 * zone that it is not in, the part of a memberOf expression that does not hold, the host port that
 * is taken.
 */
import {
  getOrThrow,
  internWord,
  nodeName,
  nodesWhere,
  type Draft,
  type Expr,
  type WordedReplay,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { hostPortsOf, type HostPorts, reservedPortsIn, reservedPortsMax } from '../lower/port.js'
import { lowerQuery } from '../lower/query.js'
import { reasonTable } from '../lower/reason.js'
import type { Query } from '../query/expression.js'
import type { QueryOptions } from '../query/options.js'
import { parseQuery } from '../query/parse.js'
import { printQuery } from '../query/print.js'
import { attributeDetails, locationDetail } from '../raise/attributes.js'
import { instanceName, setOf, type ContainerInstance } from '../words/container-instance.js'
import { constraintsOf, type Workload } from '../workload/workload.js'

/** What the details are computed from: the draft is as the explained task has found it. */
export interface DetailInput {
  readonly draft: Draft
  readonly workload: Workload
  readonly instances: readonly ContainerInstance[]
  /** The groups of all tasks of the plan. */
  readonly groups: readonly string[]
  readonly query: QueryOptions
}

type WordedRefusal = WordedReplay['explanation']['nodes'][number]['all'][number]

/** The explanation with details of every refusal that has some. */
export const withDetails = <Replay extends WordedReplay>(
  replay: Replay,
  input: DetailInput,
): Replay => {
  const details = detailsBy(input)
  const nodes = replay.explanation.nodes.map((node) => {
    const all = details(node.name, node.all)
    return { ...node, ...(all[0] === undefined ? {} : { first: all[0] }), all }
  })
  const drop = replay.remedies?.drop
  const rules = drop === undefined ? [] : details(drop.node, drop.rules)
  return {
    ...replay,
    explanation: { ...replay.explanation, nodes },
    ...(replay.remedies === undefined || drop === undefined
      ? {}
      : { remedies: { ...replay.remedies, ...dropOf(drop, rules) } }),
  }
}

type DropRemedy = NonNullable<NonNullable<WordedReplay['remedies']>['drop']>

/** More ports than any instance reserves are had nowhere, whatever else is given up. */
const dropOf = (
  drop: DropRemedy,
  rules: readonly WordedRefusal[],
): { readonly drop: DropRemedy | undefined } => {
  const isNowhere = rules.some(
    ({ plugin, reasons, removable }) =>
      plugin === 'resources' && !removable && reasons.includes(reasonTable.tcpPorts.text),
  )
  return { drop: isNowhere ? undefined : { ...drop, rules } }
}

/** The explanation with a refusal for every instance that is not of the capacity provider. */
export const withProvider = <Replay extends WordedReplay>(
  replay: Replay,
  provider: string,
  own: ReadonlySet<string>,
  instances: readonly ContainerInstance[],
): Replay => {
  const providers = new Map(
    instances.map((one) => [instanceName(one), one.capacityProviderName] as const),
  )
  const nodes = replay.explanation.nodes.map((node) => {
    if (own.has(node.name)) return node
    const other = providers.get(node.name)
    const has = other === undefined ? 'it is of no capacity provider' : `it is of ${other}`
    const reasons = [`${has}, not of ${provider}`]
    const refusal = { plugin: 'capacityProvider', reasons, removable: false }
    return { ...node, first: refusal, all: [refusal, ...node.all], scores: [] }
  })
  return { ...replay, explanation: { ...replay.explanation, nodes } }
}

type DetailsOf = (node: string, refusals: readonly WordedRefusal[]) => readonly WordedRefusal[]

const detailsBy = (input: DetailInput): DetailsOf => {
  const instances = new Map(input.instances.map((one) => [instanceName(one), one]))
  const constraints = memberDetails(input)
  const ports = portDetails(input)
  return (node, refusals) => {
    const failing = constraints(node)
    let members = 0
    return refusals.map((refusal) => {
      const texts = refusal.reasons.flatMap((reason): readonly string[] => {
        switch (reason) {
          case reasonTable.attribute.text:
            return attributeDetails(input.workload.definition, instances.get(node)!)
          case reasonTable.location.text:
            return [locationDetail(input.workload.request?.zones ?? [], instances.get(node)!)]
          case reasonTable.memberOf.text:
            return failing[members++] ?? []
          case reasonTable.tcpPorts.text:
            return refusal.plugin === 'resources' ? [reservedText(input)] : ports('TCP', node).texts
          case reasonTable.udpPorts.text:
            return ports('UDP', node).texts
          default:
            return []
        }
      })
      const removable = refusal.removable && !isReserved(refusal, (name) => ports(name, node))
      return texts.length === 0 ? refusal : { ...refusal, removable, details: texts }
    })
  }
}

const reservedText = ({ workload }: DetailInput): string =>
  `it reserves ${reservedPortsIn(hostPortsOf(workload.definition))} host ports, and an instance has at most ${reservedPortsMax}, those of the agent included`

/** The ports of a task that it does not get on an instance, in words. */
interface PortDetails {
  readonly texts: readonly string[]
  /** True when the instance itself reserves one: no task that leaves gives it away. */
  readonly isReserved: boolean
}

/** True when a refusal is for ports, one of which the instance reserves. */
const isReserved = (
  { plugin, reasons }: WordedRefusal,
  ports: (protocol: keyof HostPorts) => PortDetails,
): boolean =>
  plugin === reasonTable.tcpPorts.stage &&
  ((reasons.includes(reasonTable.tcpPorts.text) && ports('TCP').isReserved) ||
    (reasons.includes(reasonTable.udpPorts.text) && ports('UDP').isReserved))

/** The sets of ports that an instance registers: those of SSH, Docker and the agent. */
const portSets = { TCP: 'PORTS', UDP: 'PORTS_UDP' } as const

/** Looks up the ports of the task that are taken on a node. */
const portDetails = ({
  draft,
  workload,
  instances,
}: DetailInput): ((protocol: keyof HostPorts, node: string) => PortDetails) => {
  const ports = hostPortsOf(workload.definition)
  const byName = new Map(instances.map((one) => [instanceName(one), one]))
  const taken = (['TCP', 'UDP'] as const).flatMap((protocol) =>
    ports[protocol].map((port) => ({
      ...{ protocol, port },
      nodes: nodeNamesWhere(draft, {
        _tag: 'Count',
        tally: {
          facts: { _tag: 'Fact', word: internWord(draft, `${protocol}/${port}`) },
          domain: 'node',
          absent: 'own',
        },
        op: '>=',
        than: 1,
      }),
    })),
  )
  return (protocol, node) => {
    const here = taken.filter((each) => each.protocol === protocol && each.nodes.has(node))
    const reserved = new Set(setOf(byName.get(node)?.registeredResources ?? [], portSets[protocol]))
    return {
      texts: here.map(
        ({ port }) =>
          `host port ${port} of ${protocol} is ${reserved.has(port) ? 'reserved by the instance' : 'taken'}`,
      ),
      isReserved: here.some(({ port }) => reserved.has(port)),
    }
  }
}

const nodeNamesWhere = (draft: Draft, expr: Expr): ReadonlySet<string> =>
  new Set(getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node)))

/**
 * For a node, the texts of each memberOf constraint that does not hold there, in the order of the
 * constraints.
 */
const memberDetails = ({
  draft,
  workload,
  instances,
  groups,
  query: options,
}: DetailInput): ((node: string) => readonly (readonly string[])[]) => {
  const byName = new Map(instances.map((one) => [instanceName(one), one]))
  const holding = new Map<Query, ReadonlySet<string>>()
  const holds = (query: Query, node: string): boolean => {
    const known =
      holding.get(query) ??
      nodeNamesWhere(draft, lowerQuery(draft, query, groups, options, workload.groupNames))
    holding.set(query, known)
    return known.has(node)
  }
  const queries = constraintsOf(workload)
    .filter(({ type }) => type === 'memberOf')
    .map(({ expression = '' }) => parseQuery(expression, options))
  /** All parts of a conjunction that fail; another expression fails as a whole. */
  const failingIn = (query: Query, node: string): readonly Query[] => {
    if (holds(query, node)) return []
    return query._tag === 'And' ? query.of.flatMap((part) => failingIn(part, node)) : [query]
  }
  return (node) =>
    queries.flatMap((query) => {
      if (E.isLeft(query)) return [[]]
      const failing = failingIn(query.right, node)
      return failing.length === 0
        ? []
        : [failing.map((part) => `${printQuery(part)}${insteadText(part, byName.get(node))}`)]
    })
}

/** What the instance has of an attribute that a single expression tests. */
const insteadText = (query: Query, instance: ContainerInstance | undefined): string => {
  if (query._tag !== 'Simple' || !query.subject.startsWith('attribute:')) return ''
  const name = query.subject.slice('attribute:'.length)
  const has = instance?.attributes?.find((one) => one.name === name)
  if (has === undefined) return ' (it has none)'
  return has.value === undefined ? '' : ` (it is ${has.value})`
}
