/**
 * Converts the answer to `explain` to sections and to JSON, one per workload, in one of three
 * forms:
 *
 * 1. On machines, a section has the outcome, the platform's own message, a table with a row per
 *    machine, and the changes after which the replica would fit.
 * 2. On Fargate, it has the size, or why Fargate refuses the workload.
 * 3. Otherwise it has a note in one sentence.
 */
import type { WordedExplanation, WordedRefusal } from '@stowage/kernel'
import type { NodeExplanation } from '../platform/explanation.js'
import { countAll } from '../platform/plan.js'
import type { Platform } from '../platform/platform.js'
import type { Explanations, WorkloadExplanation } from '../question/explain.js'
import { answerVersion } from '../schema/part.js'
import { countText } from '../text/count.js'
import { cpuText, holdText, memoryText } from '../block/amount.js'
import { lines, type Cell, type Section, type Table } from '../block/block.js'
import { fargateBlock } from './fargate-block.js'
import { vendedJson } from './plan-json.js'
import type { PlanView } from './plan-view.js'
import { printable } from '../block/printable.js'
import { remedyBlocks } from './remedies.js'

/** A section per workload. */
export const explanationSections = (
  { explanations }: Explanations,
  view: PlanView = {},
): readonly Section[] => explanations.map((one) => explanationSection(one, view))

const explanationSection = (explanation: WorkloadExplanation, view: PlanView): Section => {
  switch (explanation._tag) {
    case 'Explained':
      return decisionSection(explanation)
    case 'OnFargate':
      return [fargateBlock(explanation, view)]
    case 'Note':
      return [lines(printable(`${explanation.platform.title}: ${explanation.text}`))]
  }
}

type Decision = NodeExplanation & { readonly platform: Platform }
type ExplainedNode = WordedExplanation['nodes'][number]

const decisionSection = (decision: Decision): Section => {
  const { platform, message } = decision
  return [
    lines(printable(`${platform.title}: ${outcomeText(decision)}`)),
    ...(message === undefined ? [] : [lines(printable(message))]),
    scoresTable(decision),
    ...remedyBlocks(decision),
  ]
}

const outcomeText = (decision: Decision): string => {
  const { platform, name, replica, title, on, explanation } = decision
  const subject = `${runsText(decision)}${title ?? `${platform.replica[0]} ${replica} of ${name}`}`
  const { chosen, runnerUp } = explanation
  const goes = chosen === undefined ? 'finds no place' : `goes to ${chosen}`
  const next = runnerUp === undefined ? '' : `; the runner-up is ${runnerUp}`
  if (on === undefined) return `${subject} ${goes}${next}`
  const where = on.isKnown ? on.node : `${on.node}, which is not among the documents`
  const leaving = on.leaving ? ', and leaving' : ''
  const now = chosen === undefined ? 'find no place' : `go to ${chosen}`
  return `${subject} is on ${where}${leaving}; were it to be placed now, it would ${now}${next}`
}

/** `2 pods of shop/web run (n1 x2); `, before one of them is explained. */
const runsText = ({ platform, name, runs }: Decision): string => {
  if (runs === undefined) return ''
  const all = countText(countAll(runs), platform.replica)
  const verb = countAll(runs) === 1 ? 'runs' : 'run'
  return `${all} of ${name} ${verb} (${runs.map(holdText).join(', ')}); `
}

/** A row per machine: a column per scoring plugin, their total where it decides, the verdict. */
const scoresTable = (decision: Decision): Table => {
  const { platform, explanation } = decision
  const { nodes } = explanation
  const plugins = [...new Set(nodes.flatMap(({ scores }) => scores.map(({ plugin }) => plugin)))]
  const hasTotal = platform.sums && plugins.length > 0
  return {
    _tag: 'Table',
    head: [
      platform.machine[0].toUpperCase(),
      ...plugins,
      ...(hasTotal ? ['TOTAL'] : []),
      'VERDICT',
    ],
    rows: nodes.map((node) => [
      node.name,
      ...plugins.map((plugin) => scoreText(node, plugin, platform)),
      ...(hasTotal ? [totalText(node)] : []),
      verdictCell(node, decision),
    ]),
  }
}

/**
 * `512 CPU`, an amount; else `85`, or `85 -> 170` when normalising or a weight has changed it. A
 * change of sign alone is not shown: lexicographic chains negate scores to reverse their order.
 */
const scoreText = ({ scores }: ExplainedNode, plugin: string, platform: Platform): string =>
  scores
    .filter((score) => score.plugin === plugin)
    .map(({ raw, weighted }) => {
      if (raw === undefined) return 'ignored'
      const amount = platform.scoreAmount(plugin)
      if (amount !== undefined) return amount === 'cpu' ? cpuText(raw, platform) : memoryText(raw)
      return Math.abs(raw) === Math.abs(weighted) ? String(raw) : `${raw} -> ${weighted}`
    })
    .join(', ')

const totalText = ({ scores }: ExplainedNode): string =>
  scores.length === 0 ? '' : String(scores.reduce((sum, { weighted }) => sum + weighted, 0))

const verdictCell = (node: ExplainedNode, decision: Decision): Cell => {
  const text = verdictText(node, decision)
  if (node.first !== undefined) return { text, tone: 'bad' }
  return node.name === decision.explanation.chosen ? { text, tone: 'good' } : text
}

const verdictText = (node: ExplainedNode, decision: Decision): string => {
  const verdict =
    node.first === undefined
      ? placeText(node, decision.explanation)
      : refusalsText(node, decision.platform)
  return decision.on?.node === node.name ? `it is here; ${verdict}` : verdict
}

const placeText = (
  { name }: ExplainedNode,
  { best, chosen, runnerUp }: WordedExplanation,
): string => {
  if (name === chosen) return 'chosen'
  if (name === runnerUp) return best.includes(name) ? 'runner-up, as good' : 'runner-up'
  return best.includes(name) ? 'as good' : 'fits'
}

/** A line per refusal. */
const refusalsText = ({ all }: ExplainedNode, { refusalMark }: Platform): string => {
  const refusalText = ({ plugin, reasons, removable, details = [] }: WordedRefusal): string => {
    const by = plugin === '' ? '' : `${plugin}: `
    const what = details.length === 0 ? '' : `: ${details.join(', ')}`
    return `${by}${reasons.join(', ')}${refusalMark(removable)}${what}`
  }
  return all
    .map(refusalText)
    .map((text, i) => (i === 0 ? text : `also ${text}`))
    .join('\n')
}

/** `{ version, explanations }`, one for each workload. */
export const explanationsJson = ({ explanations }: Explanations): object => ({
  version: answerVersion,
  explanations: explanations.map(explanationJson),
})

const explanationJson = (one: WorkloadExplanation): object => {
  const subject = { vocabulary: one.platform.id, name: one.name }
  switch (one._tag) {
    case 'Note':
      return { ...subject, note: one.text, placed: one.placed }
    case 'Explained':
      return {
        ...subject,
        replica: one.replica,
        on: one.on,
        runs: one.runs,
        message: one.message,
        ...one.explanation,
        preemption: one.nominations,
        remedies: one.remedies,
        more: one.more,
        verdict: one.verdict,
      }
    case 'OnFargate':
      return {
        ...subject,
        fargate: one.vended.map(vendedJson),
        launched: one.launched,
        fargateProfileName: one.profile,
        refused: one.refused,
        warnings: one.warnings,
      }
  }
}
