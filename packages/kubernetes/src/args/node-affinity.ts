/**
 * NodeAffinity: what a profile asks of nodes for all of its pods. Here, unlike in a pod, a term
 * that is invalid is refused.
 */
import {
  closedRecord,
  listOrEmpty,
  optional,
  text,
  whole,
  withDefault,
  type Codec,
} from '@stowage/documents'
import type { PluginArgs } from '../plugin/profile.js'
import type {
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PreferredSchedulingTerm,
} from '../words/node-selector.js'
import type { Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { wrongAddedTerm } from './requirement.js'

const Requirement: Codec<NodeSelectorRequirement> = closedRecord('an object', {
  key: withDefault(text, ''),
  operator: withDefault(text, ''),
  values: listOrEmpty(text),
})
const Term: Codec<NodeSelectorTerm> = closedRecord('an object', {
  matchExpressions: listOrEmpty(Requirement),
  matchFields: listOrEmpty(Requirement),
})
const Required: Codec<NodeSelector> = closedRecord('an object', {
  nodeSelectorTerms: listOrEmpty(Term),
})
/**
 * The scheduler takes any weight; these are the API server's bounds, and 0, which is as if it were
 * not there.
 */
const Preferred: Codec<PreferredSchedulingTerm> = closedRecord('an object', {
  weight: withDefault(whole('a weight from 0 to 100', 0, 100), 0),
  preference: withDefault(Term, { matchExpressions: [], matchFields: [] }),
})

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution'

interface NodeAffinityWords {
  readonly addedAffinity: NodeAffinity | undefined
}

const wrongAddedAffinity = ({ addedAffinity }: NodeAffinityWords): readonly Wrong[] => [
  ...(addedAffinity?.[requiredTerms]?.nodeSelectorTerms ?? []).flatMap((term, i) => {
    const path = `addedAffinity.${requiredTerms}.nodeSelectorTerms[${i}]`
    return wrongAddedTerm(term, ['addedAffinity', requiredTerms, 'nodeSelectorTerms', i], path)
  }),
  ...(addedAffinity?.[preferredTerms] ?? []).flatMap(({ weight, preference }, i) => {
    const path = `addedAffinity.${preferredTerms}[${i}]`
    const at = ['addedAffinity', preferredTerms, i, 'preference']
    return weight === 0 ? [] : wrongAddedTerm(preference, at, path)
  }),
]

type NodeAffinityArgs = PluginArgs['nodeAffinity']
export const readNodeAffinityArgs: ArgsReader<NodeAffinityArgs> = reader<
  NodeAffinityWords,
  NodeAffinityArgs
>(
  'NodeAffinityArgs',
  {
    addedAffinity: optional(
      closedRecord<NodeAffinity>('an object', {
        [requiredTerms]: optional(Required),
        [preferredTerms]: listOrEmpty(Preferred),
      }),
    ),
  },
  wrongAddedAffinity,
  ({ addedAffinity }) => ({ addedAffinity }),
)
