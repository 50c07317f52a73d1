/**
 * Lays an answer out in the format of `--output`: text for people (`table`, `wide`, `markdown`),
 * the whole answer as data (`json`, `yaml`), or its rows for a spreadsheet (`csv`).
 */
import type { Section } from '@stowage/workbench'
import type { Table } from './block.js'
import { csvText } from './csv.js'
import type { Format } from './format.js'
import { markdownText } from './markdown.js'
import { jsonText } from './printable-lines.js'
import { sectionsText } from './section-text.js'
import type { Terminal } from './terminal.js'
import { yamlText } from './yaml.js'

/** An answer that can be laid out in every format; what is not asked for is not computed. */
export interface View {
  readonly format: Format
  readonly json: () => object
  readonly sections: () => readonly Section[]
  /** One flat table; without it, CSV has the tables of the sections. */
  readonly records: (() => Table) | undefined
}

/** The view of an answer, as `--output` asks for it. */
export const viewText = <Answer>(
  format: Format,
  answer: Answer,
  json: (answer: Answer) => object,
  sections: (answer: Answer, view: { readonly isWide: boolean }) => readonly Section[],
  records?: (answer: Answer) => Table,
): View => ({
  format,
  json: () => json(answer),
  sections: () => sections(answer, { isWide: format === 'wide' }),
  records: records === undefined ? undefined : () => records(answer),
})

/** The text, without its last line break. */
export const layOut = (view: View, terminal: Terminal): string => {
  switch (view.format) {
    case 'table':
      return sectionsText(view.sections(), terminal)
    case 'wide':
      return sectionsText(view.sections(), { ...terminal, columns: Infinity })
    case 'json':
      return jsonText(view.json(), 2)
    case 'yaml':
      return yamlText(view.json())
    case 'csv':
      return tablesIn(view).map(csvText).join('\r\n\r\n')
    case 'markdown':
      return markdownText(view.sections())
  }
}

const tablesIn = ({ records, sections }: View): readonly Table[] =>
  records === undefined
    ? sections().flatMap((section) => section.flatMap((block) => (isTable(block) ? [block] : [])))
    : [records()]

const isTable = (block: Section[number]): block is Table => block._tag === 'Table'

/**
 * How many warnings the answer has: those in each list of that name, wherever it stands, without
 * notes, which say what was done and nothing to mend.
 */
export const warningsIn = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [name, field]) =>
      sum +
      (name === 'warnings' && Array.isArray(field)
        ? field.filter((one) => !isNote(one)).length
        : warningsIn(field)),
    0,
  )
}

const isNote = (warning: unknown): boolean =>
  typeof warning === 'object' &&
  warning !== null &&
  'code' in warning &&
  (warning.code === 'ManifestApplied' || warning.code === 'ReplicasSurplus')
