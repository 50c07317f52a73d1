/**
 * NodeAffinity: what a profile asks of nodes for all of its pods. Here, unlike in a pod, a term
 * that is invalid is refused.
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
import { wrongTerm } from './requirement.js'

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
 * The scheduler takes any weight; these are the API server's bounds, and 0, which is as if it were
 * not there.
 */
const Preferred: Decoder<PreferredSchedulingTerm> = closed({
  weight: or(whole(0, 100, 'a weight from 0 to 100'), 0),
  preference: or(Term, { matchExpressions: [], matchFields: [] }),
})

const requiredTerms = 'requiredDuringSchedulingIgnoredDuringExecution'
const preferredTerms = 'preferredDuringSchedulingIgnoredDuringExecution'

interface Words {
  readonly addedAffinity: NodeAffinity | undefined
}

const wrongIn = ({ addedAffinity }: Words): readonly Wrong[] => [
  ...(addedAffinity?.[requiredTerms]?.nodeSelectorTerms ?? []).flatMap((term, i) => {
    const path = `addedAffinity.${requiredTerms}.nodeSelectorTerms[${i}]`
    return wrongTerm(term, ['addedAffinity', requiredTerms, 'nodeSelectorTerms', i], path)
  }),
  ...(addedAffinity?.[preferredTerms] ?? []).flatMap(({ weight, preference }, i) => {
    const path = `addedAffinity.${preferredTerms}[${i}]`
    const at = ['addedAffinity', preferredTerms, i, 'preference']
    return weight === 0 ? [] : wrongTerm(preference, at, path)
  }),
]

type Args = PluginArgs['nodeAffinity']
export const readNodeAffinityArgs: ArgsReader<Args> = reader<Words, Args>(
  'NodeAffinityArgs',
  {
    addedAffinity: optional(
      closed<NodeAffinity>({
        [requiredTerms]: optional(Required),
        [preferredTerms]: list(Preferred),
      }),
    ),
  },
  wrongIn,
  ({ addedAffinity }) => ({ addedAffinity }),
)
