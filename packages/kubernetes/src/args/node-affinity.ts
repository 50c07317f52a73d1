/**
 * Reads the args of NodeAffinity: node affinity that a profile adds to all of its pods.
 * kube-scheduler refuses an invalid term here, although it only drops one in a pod.
 */
import type { PluginArgs } from '../plugin/profile.js'
import { list, optional, text, whole, type Decoder } from '../words/decode.js'
import type {
  NodeAffinity,
  NodeSelector,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  PreferredSchedulingTerm,
} from '../words/node-selector.js'
import { closed, or } from '../setting/closed.js'
import type { Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { wrongAddedTerm } from './requirement.js'

const Requirement: Decoder<NodeSelectorRequirement> = closed({
  key: or(text, ''),
  operator: or(text, ''),
  values: list(text),
})
const Term: Decoder<NodeSelectorTerm> = closed({
  matchExpressions: list(Requirement),
  matchFields: list(Requirement),
})
const Required: Decoder<NodeSelector> = closed({ nodeSelectorTerms: list(Term) })
/**
 * kube-scheduler accepts any weight. We accept 1 to 100, as the API server does, and 0, which has
 * the same effect as no term.
 */
const Preferred: Decoder<PreferredSchedulingTerm> = closed({
  weight: or(whole(0, 100, 'a weight from 0 to 100'), 0),
  preference: or(Term, { matchExpressions: [], matchFields: [] }),
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
      closed<NodeAffinity>({
        [requiredTerms]: optional(Required),
        [preferredTerms]: list(Preferred),
      }),
    ),
  },
  wrongAddedAffinity,
  ({ addedAffinity }) => ({ addedAffinity }),
)
