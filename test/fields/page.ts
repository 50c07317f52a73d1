/**
 * Generates the page `docs/fields.md`: tables with a row for each type of a platform's documents.
 * The row states which fields are read, which cause a warning, and which have no effect.
 */
import { fieldsRead, type FieldForms, type Reader, type TypeFields } from './specimen.js'

/** A kind of document: its type, its readers, and values without which a reader stops early. */
export interface DocumentKind {
  /** As the row is named: `Deployment`. */
  readonly name: string
  readonly type: string
  readonly readers: readonly {
    readonly read: Reader
    readonly fixed?: Readonly<Record<string, unknown>>
  }[]
}

/** A platform's kinds, with the fields of all types in them. */
export interface DocumentKinds {
  readonly kinds: readonly DocumentKind[]
  readonly fieldsOf: TypeFields
  /** The forms of fields that have been found so far. */
  readonly forms: FieldForms
  /** The types whose fields a plan warns of when they are set, with those fields. */
  readonly warnings: ReadonlyMap<string, readonly string[]>
}

/** What becomes of the fields of one type, where a document has it. */
interface TypeRow {
  readonly type: string
  /** Where a document has it first: `Deployment.spec.template`. */
  readonly at: string
  readonly read: readonly string[]
  readonly unread: readonly string[]
}

/** The rows of each kind: to let its readers look everything up takes a while. */
const rowsOfKind = new WeakMap<DocumentKind, readonly TypeRow[]>()

/** The rows of a kind: its own type, and every type in it of which a field is read. */
const rowsOf = (kind: DocumentKind, platform: DocumentKinds): readonly TypeRow[] => {
  const known = rowsOfKind.get(kind) ?? newRows(kind, platform)
  rowsOfKind.set(kind, known)
  return known
}

const newRows = (
  { name, type, readers }: DocumentKind,
  { fieldsOf, forms }: DocumentKinds,
): readonly TypeRow[] => {
  const paths = new Set(
    readers.flatMap(({ read, fixed }) => [...fieldsRead(type, fieldsOf, read, fixed, forms)]),
  )
  const rowAt = (of: string, at: string): readonly TypeRow[] => {
    const fields = [...fieldsOf(of)]
    const isRead = (field: string): boolean => paths.has(`${at}${field}`)
    const read = fields.filter(([field]) => isRead(field))
    if (read.length === 0) return []
    const own: TypeRow = {
      type: of,
      at: `${name}.${at}`.slice(0, -1),
      read: read.map(([field]) => field),
      unread: fields.map(([field]) => field).filter((field) => !isRead(field)),
    }
    const inner = read.flatMap(([field, holds]) =>
      holds === undefined ? [] : rowAt(holds, `${at}${field}.`),
    )
    return [own, ...inner]
  }
  return rowAt(type, '')
}

const keyOf = ({ type, read }: TypeRow): string => `${type} ${read.join()}`

/** All rows, each type once for each set of fields that is read of it. */
export const fieldRows = (platform: DocumentKinds): readonly TypeRow[] => {
  const rows = new Map<string, TypeRow>()
  for (const row of platform.kinds.flatMap((kind) => rowsOf(kind, platform)))
    if (!rows.has(keyOf(row))) rows.set(keyOf(row), row)
  return [...rows.values()]
}

const listed = (names: readonly string[]): string =>
  names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(', ')

/** The table of a platform, in Markdown as the formatter leaves it. */
const fieldTable = (platform: DocumentKinds): string => {
  const rows = fieldRows(platform)
  const names = new Set(platform.kinds.map(({ name }) => name))
  const isShared = ({ type }: TypeRow): boolean =>
    rows.filter((one) => one.type === type).length > 1
  const cells = rows.map((row) => {
    const warned = platform.warnings.get(row.type) ?? []
    const others = (fields: readonly string[]) => fields.filter((field) => !warned.includes(field))
    const name = names.has(row.at) || isShared(row) ? `\`${row.at}\`` : row.type
    return [name, listed(others(row.read)), listed(warned), listed(others(row.unread))]
  })
  return [['type', 'read', 'warned of', 'not read'], ['---', '---', '---', '---'], ...cells]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

/** The page with the table of each platform under its heading. */
export const fieldsPage = (platforms: Readonly<Record<string, DocumentKinds>>): string =>
  [
    intro,
    ...Object.entries(platforms).map(
      ([heading, kinds]) => `## ${heading}\n\n<!-- prettier-ignore -->\n${fieldTable(kinds)}\n`,
    ),
  ].join('\n')

const intro = `# Fields

**Which field of which document is read, and which is not.** The tables are generated: every reader
gets a document that has all fields of its type, and what it looks up is listed (\`test/fields\`). A row is a type as the platform names it, or the path of the field that
holds it where two fields of one type are read differently.

- **read**: the field takes part in the answer, or in its text.
- **warned of**: the field affects where something goes on a real cluster and is not honoured, or not everywhere; a document that
  sets it gets the warning \`FieldNotHonoured\`.
- **not read**: the field has no effect on where anything goes. It is known nevertheless: its form is checked as the platform checks it, and
  templates of pods are compared with all of their fields. What lies in a field that is not read is not listed.

A field that a type does not have is a warning with the nearest name (\`UnknownField\`). Properties of CloudFormation are read as the
fields of the API that they set; see [the page on templates](cloudformation.md).
`
