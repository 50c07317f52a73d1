/**
 * How far two schedulers agree: by family, by plugin, and the first things on which they do not,
 * side by side.
 */
import type { Agreed, Conformance, Difference } from '@stowage/testing/conformance'
import { printable, tableText } from './table.js'

const shownMax = 20

export const conformanceText = ({
  compared,
  families,
  plugins,
  differences,
  unanswered,
  unasked,
}: Conformance): string => {
  const more = differences.length - shownMax
  return [
    ...(compared === 0
      ? ['Nothing was compared: no scenario has a recorded answer']
      : [agreementText('FAMILY', 'PODS', families), agreementText('PLUGIN', 'VERDICTS', plugins)]),
    ...(differences.length === 0 ? [] : [differencesText(differences.slice(0, shownMax))]),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...listed('No answer is recorded for', unanswered),
    ...listed('No scenario is there for the answers to', unasked),
  ].join('\n\n')
}

const listed = (what: string, ids: readonly string[]): readonly string[] =>
  ids.length === 0 ? [] : [printable(`${what} ${ids.length}: ${ids.join(', ')}`)]

const agreementText = (
  title: string,
  counted: string,
  agreed: ReadonlyMap<string, Agreed>,
): string =>
  tableText(
    [title, counted, 'AGREE'],
    [...agreed]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { same, compared }]) => [
        name === '' ? '(no plugin)' : name,
        String(compared),
        same === compared ? 'all' : String(same),
      ]),
  )

const differencesText = (differences: readonly Difference[]): string =>
  tableText(
    ['SCENARIO', 'POD', 'WHAT', 'RECORDED', 'OURS'],
    differences.map(({ id, pod, plugin, what, theirs, ours }) => [
      id,
      pod,
      plugin === '' ? what : `${plugin}: ${what}`,
      valueText(theirs),
      valueText(ours),
    ]),
  )

const valueText = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))
