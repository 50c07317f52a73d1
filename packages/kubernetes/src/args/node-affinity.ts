/**
 * Reads the args of the scheduler plugin NodeAffinity: the node affinity that a scheduler profile
 * adds to all of its pods. An invalid term is an error, as in kube-scheduler.
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
const RequiredSelector: Codec<NodeSelector> = closedRecord('an object', {
  nodeSelectorTerms: listOrEmpty(Term),
})
/**
 * kube-scheduler accepts any weight. We accept 1 to 100, as the API server does, and 0, which has
 * the same effect as no term.
 */
const PreferredTerm: Codec<PreferredSchedulingTerm> = closedRecord('an object', {
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
        [requiredTerms]: optional(RequiredSelector),
        [preferredTerms]: listOrEmpty(PreferredTerm),
      }),
    ),
  },
  wrongAddedAffinity,
  ({ addedAffinity }) => ({ addedAffinity }),
)
