/**
 * Computes a lower bound on the CPU and memory of each node that a plan uses, from the documents
 * alone and without the code under test. Only plainly written requests, such as `500m`, count. A
 * plan is wrong if this bound exceeds the node's capacity.
 */

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const scale: Readonly<Record<string, number>> = {
  ...{ '': 1, m: 0.001, k: 1e3, M: 1e6, G: 1e9 },
  ...{ Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3 },
}

/** A plainly written amount; 0 for any other. */
const amountOf = (value: unknown): number => {
  const [, digits, unit = ''] =
    /^(\d{1,9}(?:\.\d{1,3})?)(m|k|M|G|Ki|Mi|Gi)?$/.exec(String(value)) ?? []
  return digits === undefined ? 0 : Number(digits) * scale[unit]!
}

interface Demand {
  readonly cpu: number
  readonly memory: number
}

const none: Demand = { cpu: 0, memory: 0 }

const sum = (demands: readonly Demand[]): Demand =>
  demands.reduce(
    (all, { cpu, memory }) => ({ cpu: all.cpu + cpu, memory: all.memory + memory }),
    none,
  )

/** What the containers of a pod ask for at least. */
const podDemand = (spec: unknown): Demand =>
  sum(
    listOf(fieldsOf(spec)['containers']).map((container) => {
      const requests = fieldsOf(fieldsOf(fieldsOf(container)['resources'])['requests'])
      return { cpu: amountOf(requests['cpu']), memory: amountOf(requests['memory']) }
    }),
  )

const leastOf = (one: Demand, other: Demand): Demand => ({
  cpu: Math.min(one.cpu, other.cpu),
  memory: Math.min(one.memory, other.memory),
})

/** The objects among documents, those of lists too. */
const objectsIn = (documents: readonly unknown[]): readonly Fields[] =>
  documents.flatMap((document) => {
    const fields = fieldsOf(document)
    return 'items' in fields ? objectsIn(listOf(fields['items'])) : [fields]
  })

const nameOf = ({ metadata }: Fields): string => {
  const { name, namespace } = fieldsOf(metadata)
  return `${typeof namespace === 'string' && namespace !== '' ? namespace : 'default'}/${String(name)}`
}

/** The nodes of a plan in JSON that hold more than they have, each in a sentence. */
export const overCapacity = (documents: readonly unknown[], plans: unknown): readonly string[] => {
  const objects = objectsIn(documents)
  const demands = new Map<string, Demand>()
  for (const object of objects) {
    const spec = fieldsOf(object['spec'])
    const own = spec['containers'] === undefined ? fieldsOf(spec['template'])['spec'] : spec
    const [name, demand] = [nameOf(object), podDemand(own)]
    const other = demands.get(name) ?? demand
    // Objects of several kinds may have one name, and an autoscaler or a budget has no pods.
    if (fieldsOf(own)['containers'] !== undefined) demands.set(name, leastOf(demand, other))
  }
  // A pod of an older template counts under the name of its topmost owner.
  for (const { metadata, spec } of objects)
    if (fieldsOf(metadata)['ownerReferences'] !== undefined)
      for (const [name, demand] of demands) demands.set(name, leastOf(demand, podDemand(spec)))
  // What runs already may take more than its node has, and is no answer.
  const isBusy = (node: string): boolean =>
    objects.some(({ spec }) => fieldsOf(spec)['nodeName'] === node)
  return listOf(fieldsOf(plans)['plans']).flatMap((plan) =>
    fieldsOf(plan)['vocabulary'] !== 'kubernetes'
      ? []
      : listOf(fieldsOf(plan)['nodes']).flatMap((node) =>
          isBusy(String(fieldsOf(node)['name'])) ? [] : excessOf(fieldsOf(node), demands),
        ),
  )
}

const excessOf = (node: Fields, demands: ReadonlyMap<string, Demand>): readonly string[] => {
  const held = sum(
    listOf(node['holds']).map((held) => {
      const { name, count } = fieldsOf(held)
      const { cpu, memory } = demands.get(String(name)) ?? none
      return { cpu: cpu * Number(count), memory: memory * Number(count) }
    }),
  )
  return listOf(node['gauges']).flatMap((gauge) => {
    const { resource, of } = fieldsOf(gauge)
    const taken = resource === 'cpu' ? held.cpu * 1000 : resource === 'memory' ? held.memory : 0
    return taken > Number(of) * (1 + 1e-9)
      ? [`${String(node['name'])} has ${String(of)} ${String(resource)} and holds ${taken}`]
      : []
  })
}
