/**
 * Shows how far the answers of Stowage agree with recorded answers, such as those of
 * kube-scheduler, in up to three tables: (1) agreement by family of test cases; (2) agreement by
 * plugin; (3) the first differences, with both answers side by side.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Agreement, Conformance, Difference } from '@stowage/testing/conformance'
import { printable, type Section } from '@stowage/workbench'
import type { Block } from './block.js'

const differencesMax = 20

/** What the tables are of: what is counted by family, and the title of the second one, if any. */
type Titles = readonly [counted: string, title?: string, countedThere?: string]

/** The report of a comparison. */
export const conformanceSection = (
  { compared, families, plugins, differences, unanswered, strays, indeterminate }: Conformance,
  [counted, title, countedThere = '']: Titles = ['PODS', 'PLUGIN', 'VERDICTS'],
): Section => {
  const more = differences.length - differencesMax
  return [
    ...(compared === 0
      ? [line('Nothing was compared: no scenario has a recorded answer')]
      : [
          agreementTable('FAMILY', counted, families),
          ...(title === undefined ? [] : [agreementTable(title, countedThere, plugins)]),
        ]),
    ...(differences.length === 0 ? [] : [differencesTable(differences.slice(0, differencesMax))]),
    ...(more > 0 ? [line(`and ${more} more`)] : []),
    ...idLines('Recorded runs differ for', indeterminate ?? []),
    ...idLines('No answer is recorded for', unanswered),
    ...idLines('No scenario is there for the answers to', strays),
  ]
}

const line = (text: string): Block => ({ _tag: 'Lines', lines: [text] })

const idLines = (what: string, ids: readonly string[]): readonly Block[] =>
  ids.length === 0 ? [] : [line(printable(`${what} ${ids.length}: ${ids.join(', ')}`))]

const agreementTable = (
  title: string,
  counted: string,
  agreements: ReadonlyMap<string, Agreement>,
): Block => ({
  _tag: 'Table',
  head: [title, counted, 'AGREE'],
  rows: [...agreements]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name, { same, compared }]) => [
      name === '' ? '(no plugin)' : name,
      String(compared),
      same === compared ? 'all' : String(same),
    ]),
})

const differencesTable = (differences: readonly Difference[]): Block => ({
  _tag: 'Table',
  head: ['SCENARIO', 'POD', 'WHAT', 'RECORDED', 'OURS'],
  rows: differences.map(({ id, pod, plugin, what, theirs, ours }) => [
    id,
    pod,
    plugin === '' ? what : `${plugin}: ${what}`,
    valueText(theirs),
    valueText(ours),
  ]),
})

const valueText = (value: unknown): string => (value === undefined ? '' : JSON.stringify(value))
