/**
 * An explanation as text: what came of it, the platform's own message, a row per node, with its
 * verdict, all else that refuses it, and its scores, and what would have to change.
 */
import type { WordedExplanation, WordedRefusal } from '@stowage/kernel'
import type { OnMachines } from './explanation.js'
import { remediesText } from './remedies-text.js'
import { printable, tableText } from './table.js'

type Node = WordedExplanation['nodes'][number]

export const explanationText = (one: OnMachines): string => {
  const { vocabulary, explanation, message } = one
  const { nodes } = explanation
  const plugins = [...new Set(nodes.flatMap(({ scores }) => scores.map(({ plugin }) => plugin)))]
  const total = vocabulary.sums && plugins.length > 0
  const heads = [vocabulary.machine[0].toUpperCase(), ...plugins, ...(total ? ['TOTAL'] : [])]
  return [
    printable(`${vocabulary.title}: ${headline(one)}`),
    ...(message === undefined ? [] : [printable(message)]),
    tableText(
      [...heads, 'VERDICT'],
      nodes.map((node) => [
        node.name,
        ...plugins.map((plugin) => scoreText(node, plugin)),
        ...(total ? [totalText(node)] : []),
        verdictText(node, one),
      ]),
    ),
    ...remediesText(one),
  ].join('\n\n')
}

const headline = ({ vocabulary, name, replica, title, on, explanation }: OnMachines): string => {
  const subject = title ?? `${vocabulary.replica[0]} ${replica} of ${name}`
  const { chosen, runnerUp } = explanation
  const goes = chosen === undefined ? 'finds no place' : `goes to ${chosen}`
  const next = runnerUp === undefined ? '' : `; the runner-up is ${runnerUp}`
  if (on === undefined) return `${subject} ${goes}${next}`
  const where = on.isKnown ? on.node : `${on.node}, which is not among the documents`
  const leaving = on.leaving ? ', and leaving' : ''
  const now = chosen === undefined ? 'find no place' : `go to ${chosen}`
  return `${subject} is on ${where}${leaving}; were it to be placed now, it would ${now}${next}`
}

/**
 * `85`, or `85 -> 170` where a normaliser or a weight made something else of it. In a chain only
 * the sign is turned.
 */
const scoreText = ({ scores }: Node, plugin: string): string =>
  scores
    .filter((score) => score.plugin === plugin)
    .map(({ raw, weighted }) => {
      if (raw === undefined) return 'ignored'
      return Math.abs(raw) === Math.abs(weighted) ? String(raw) : `${raw} -> ${weighted}`
    })
    .join(', ')

const totalText = ({ scores }: Node): string =>
  scores.length === 0 ? '' : String(scores.reduce((sum, { weighted }) => sum + weighted, 0))

const verdictText = (node: Node, one: OnMachines): string => {
  const said = node.first === undefined ? placeText(node, one.explanation) : refusalsText(node, one)
  return one.on?.node === node.name ? `it is here; ${said}` : said
}

const placeText = ({ name }: Node, { best, chosen, runnerUp }: WordedExplanation): string => {
  if (name === chosen) return 'chosen'
  if (name === runnerUp) return best.includes(name) ? 'runner-up, as good' : 'runner-up'
  return best.includes(name) ? 'as good' : 'fits'
}

const refusalsText = ({ all }: Node, { vocabulary }: OnMachines): string => {
  const refusalText = ({ plugin, reasons, removable }: WordedRefusal): string => {
    const by = plugin === '' ? '' : `${plugin}: `
    return `${by}${reasons.join(', ')}${vocabulary.refusalMark(removable)}`
  }
  const [first, ...others] = all.map(refusalText)
  return others.length === 0 ? first! : [first!, ...others.map((text) => `also ${text}`)].join('\n')
}
