/**
 * An explanation as text: a row per node, with its verdict, all else that refuses it, and its scores.
 */
import type { WordedExplanation, WordedRefusal } from '@stowage/kernel'
import type { OnMachines } from './explanation.js'
import { remediesText } from './remedies-text.js'
import { printable, tableText } from './table.js'

type Node = WordedExplanation['nodes'][number]

export const explanationText = (one: OnMachines): string => {
  const { vocabulary, name, replica, explanation } = one
  const { nodes, chosen, runnerUp } = explanation
  const plugins = [...new Set(nodes.flatMap(({ scores }) => scores.map(({ plugin }) => plugin)))]
  const said = chosen === undefined ? 'finds no place' : `goes to ${chosen}`
  const next = runnerUp === undefined ? '' : `; the runner-up is ${runnerUp}`
  return [
    printable(`${vocabulary.title}: ${vocabulary.replica[0]} ${replica} of ${name} ${said}${next}`),
    tableText(
      [vocabulary.machine[0].toUpperCase(), ...plugins, 'VERDICT'],
      nodes.map((node) => [
        node.name,
        ...plugins.map((plugin) => scoreText(node, plugin)),
        verdictText(node, explanation),
      ]),
    ),
    ...remediesText(one),
  ].join('\n\n')
}

/** `85`, or `85 -> 170` where a normaliser or a weight made something else of it. In a chain only the sign is turned. */
const scoreText = ({ scores }: Node, plugin: string): string =>
  scores
    .filter((score) => score.plugin === plugin)
    .map(({ raw, weighted }) => {
      if (raw === undefined) return 'ignored'
      return Math.abs(raw) === Math.abs(weighted) ? String(raw) : `${raw} -> ${weighted}`
    })
    .join(', ')

const verdictText = (node: Node, { best, chosen, runnerUp }: WordedExplanation): string => {
  if (node.first !== undefined) return refusalsText(node)
  if (node.name === chosen) return 'chosen'
  if (node.name === runnerUp) return best.includes(node.name) ? 'runner-up, as good' : 'runner-up'
  return best.includes(node.name) ? 'as good' : 'fits'
}

const refusalsText = ({ all }: Node): string => {
  const [first, ...others] = all.map(refusalText)
  return others.length === 0 ? first! : [first!, ...others.map((text) => `also ${text}`)].join('\n')
}

const refusalText = ({ plugin, reasons, removable }: WordedRefusal): string => {
  const by = plugin === '' ? '' : `${plugin}: `
  return `${by}${reasons.join(', ')}${removable ? ' (fewer replicas here could help)' : ''}`
}
