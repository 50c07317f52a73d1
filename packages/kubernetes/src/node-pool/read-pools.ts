/**
 * Reads the NodePools from the input documents. Two pools with the same name are an error.
 * Requirements of a pool that contradict each other are an error, too: no value meets both
 * `zone In [a]` and `zone NotIn [a]`.
 */
import { duplicates, type DocumentFault, type SourceDocument } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { readCustomObjects, type LocatedObject } from './custom-object.js'
import {
  intersection,
  keyRequirement,
  requireIn,
  requirementText,
  setOperatorOf,
  type KeyRequirement,
} from './requirement.js'
import { NodePool } from './words.js'

/** The NodePools in the order of the documents. */
export const readNodePools = (
  documents: readonly SourceDocument[],
): E.Either<readonly DocumentFault[], readonly NodePool[]> =>
  pipe(
    readCustomObjects(documents, {
      ...{ group: 'karpenter.sh', version: 'v1', kind: 'NodePool', codec: NodePool },
    }),
    E.chain((pools) => {
      const faults = [...repeatedPools(pools), ...pools.flatMap(contradictions)]
      return faults.length > 0 ? E.left(faults) : E.right(pools.map(({ value }) => value))
    }),
  )

type LocatedPool = LocatedObject<NodePool>

const repeatedPools = (pools: readonly LocatedPool[]): readonly DocumentFault[] =>
  duplicates(pools, ({ value }) => value.metadata.name).map(({ item, first }) => ({
    ...{ from: item.from, at: [...item.at, 'metadata', 'name'] },
    found: renderValue(item.value.metadata.name),
    expected: `every NodePool once: it is also in ${first.from}`,
  }))

/** A requirement that leaves no value together with one before it, or with a label. */
const contradictions = ({ value: pool, from, at }: LocatedPool): readonly DocumentFault[] => {
  const { metadata, spec } = pool.spec.template
  const before = new Map<string, KeyRequirement>(
    [...(metadata?.labels ?? [])].map(([key, label]) => [key, requireIn(key, [label])]),
  )
  return spec.requirements.flatMap((written, i): readonly DocumentFault[] => {
    const own = keyRequirement(written)
    const other = before.get(own.key)
    const both = other === undefined ? own : intersection(own, other)
    before.set(own.key, both)
    if (
      !isUnmeetable(both) ||
      (other === undefined ? written.operator === 'DoesNotExist' : isUnmeetable(own))
    )
      return []
    if (other !== undefined && isUnmeetable(other)) return []
    const found = requirementText(own)
    return [
      {
        ...{ from, at: [...at, 'spec', 'template', 'spec', 'requirements', i] },
        found: other === undefined ? found : `${found} beside ${requirementText(other)}`,
        expected: `requirements on ${own.key} that some value meets together`,
      },
    ]
  })
}

const isUnmeetable = (requirement: KeyRequirement): boolean =>
  setOperatorOf(requirement) === 'DoesNotExist'
