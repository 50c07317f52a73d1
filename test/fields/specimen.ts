/**
 * Finds the fields of a document that a reader (such as a codec) reads: passes the reader a
 * specimen, a proxy that has every field of its type and records which fields are looked up.
 */

/** The fields of a type by name; a field without a type of its own holds a single value. */
export type TypeFields = (type: string) => ReadonlyMap<string, string | undefined>

/** A reader of documents, such as a codec; whatever it returns is not used. */
export type Reader = (document: unknown) => unknown

/** How a field of a type is written: as one object, as a list or as a map whose keys are data. */
type Form = 'object' | 'list' | 'map'

const forms: readonly Form[] = ['object', 'list', 'map']

/**
 * Single values. A reader may look at one field only where another one has a certain value, so
 * every specimen is read once with each of these in all of its fields.
 */
const singles: readonly unknown[] = [
  ...[undefined, '', '1', '1Gi', 1, true, ['1'], { a: '1' }, [], {}],
  ...[
    'In',
    'Exists',
    'Container',
    'Pod',
    'PersistentVolumeClaim',
    'Scopes',
    '2026-01-01T00:00:00Z',
  ],
]

/** A specimen of a type, and the paths of its fields that have been looked up. */
interface Specimen {
  readonly document: unknown
  readonly paths: ReadonlySet<string>
}

const specimenOf = (
  type: string,
  fieldsOf: TypeFields,
  formOf: ReadonlyMap<string, Form>,
  single: unknown,
  fixed: Readonly<Record<string, unknown>>,
): Specimen => {
  const paths = new Set<string>()
  const inside = (within: string, prefix: string): object => {
    const fields = fieldsOf(within)
    return new Proxy(
      {},
      {
        // A copy of all fields is no look at any of them.
        ownKeys: () => [],
        has: (_, key) => fields.has(String(key)),
        getOwnPropertyDescriptor: (_, key) =>
          fields.has(String(key)) ? { configurable: true, enumerable: true } : undefined,
        get: (_, key) => {
          if (!fields.has(String(key))) return undefined
          const path = `${prefix}${String(key)}`
          paths.add(path)
          if (Object.hasOwn(fixed, path)) return fixed[path]
          const inner = fields.get(String(key))
          if (inner === undefined) return single
          const item = inside(inner, `${path}.`)
          const form = formOf.get(`${within}.${String(key)}`) ?? 'object'
          return form === 'list' ? [item] : form === 'map' ? { a: item } : item
        },
      },
    )
  }
  return { document: inside(type, ''), paths }
}

/** The forms of fields that have been found: `Container.ports` is a list. */
export type FieldForms = Map<string, Form>

/**
 * The paths of the fields of a type that a reader looks up, such as
 * `spec.containers.resources.requests`; what is in a list has the path of the list. The form of a
 * field that has a type is the one in which the reader sees most of what is in it; `known` keeps it
 * for other readers. `fixed` are the values at paths without which a reader would not look further.
 */
export const fieldsRead = (
  type: string,
  fieldsOf: TypeFields,
  read: Reader,
  fixed: Readonly<Record<string, unknown>> = {},
  known: FieldForms = new Map(),
): ReadonlySet<string> => {
  const formOf = new Map(known)
  const lookups = (): ReadonlySet<string> =>
    new Set(
      singles.flatMap((single) => {
        const { document, paths } = specimenOf(type, fieldsOf, formOf, single, fixed)
        read(document)
        return [...paths]
      }),
    )
  for (;;) {
    const paths = lookups()
    const open = shallowest(
      [...paths]
        .map((path) => ({ path, ...fieldAt(type, fieldsOf, path) }))
        .filter(({ name, type }) => type !== undefined && !formOf.has(name)),
    )
    if (open.length === 0) return paths
    const trials = forms.map((form) => {
      for (const { name } of open) formOf.set(name, form)
      return { form, paths: [...lookups()] }
    })
    for (const { name, path } of open) {
      const best = trials
        .map(({ form, paths }) => ({ form, count: countBelow(path, paths) }))
        .reduce((most, one) => (one.count > most.count ? one : most))
      formOf.set(name, best.form)
      // A reader that sees nothing in a field does not tell how it is written.
      if (best.count > 0) known.set(name, best.form)
    }
  }
}

/** Those that lie in no other one of them: the form of a field hides or shows what is in it. */
const shallowest = <One extends { readonly path: string }>(all: readonly One[]): readonly One[] =>
  all.filter(({ path }) => !all.some((one) => path.startsWith(`${one.path}.`)))

const countBelow = (path: string, paths: readonly string[]): number =>
  paths.filter((one) => one.startsWith(`${path}.`)).length

/** The field at a path: its name with that of the type around it, and the type of what it holds. */
const fieldAt = (type: string, fieldsOf: TypeFields, path: string): Field =>
  path.split('.').reduce<Field>(
    ({ type: within = '' }, name) => ({
      name: `${within}.${name}`,
      type: fieldsOf(within).get(name),
    }),
    { name: '', type },
  )

interface Field {
  readonly name: string
  readonly type: string | undefined
}
