/**
 * Builds the Node documents of an offer (a kind of node that can be opened): a machine of its
 * instance type in its zone, with the labels and taints of its NodePool or node group, its
 * capacity, and the resources that its kubelet leaves to pods.
 */
import { decodeValue, isObject, own, type SourceDocument } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import type { MachineTaint } from '@stowage/fargate'
import { measuresFrom, measureTexts, subtractMeasures } from '../node-pool/measure.js'
import { nodesOfType } from '../plan/fleet.js'
import type { NodeOffer } from '../plan/provision.js'
import { Amounts } from '../words/amounts.js'
import { nodeResources } from './node-resources.js'
import type { SupplyOffer } from './terms.js'

/** Names of probes are numbered from here, where no machine of a fleet is. */
const probesBefore = 1_000_000_000

/** The probe of an offer, by its position. */
export const probeDocuments = (offer: SupplyOffer, at: number): readonly SourceDocument[] =>
  offeredDocuments(offer, probesBefore + at)

/** The probe by name, the names of new nodes, and the price. */
export const nodeOffer = ({ type, price, countMax }: SupplyOffer, at: number): NodeOffer => ({
  ...{ probe: `${type.name}-${probesBefore + at + 1}`, prefix: type.name, price },
  ...(countMax === undefined ? {} : { countMax }),
})

/** A node whose name ends with the number after this one. */
export const offeredDocuments = (
  { type, zone, labels, taints, kubelet, owner }: SupplyOffer,
  before: number,
): readonly SourceDocument[] => {
  const documents = nodesOfType(type, 1, [zone], 0, {
    numbering: { before, total: 1 },
    labels,
    taints: taints as readonly MachineTaint[],
  })
  if (owner === undefined) return documents
  const { capacity, overhead } = nodeResources(type, kubelet)
  const [all, overheadMeasures] = [capacity, overhead].map((texts) =>
    measuresFrom(getOrThrow(decodeValue(Amounts, texts))),
  )
  const status = { capacity, allocatable: measureTexts(subtractMeasures(all!, overheadMeasures!)) }
  return documents.map(({ from, value }) => ({
    from,
    value: isObject(value) && own(value, 'kind') === 'Node' ? { ...value, status } : value,
  }))
}
