/**
 * The arrows of the house: which room may import which room, which package which package. Every
 * check is pure, from the sources to what is wrong with them, so that a test can plant a violation.
 * Tests may import what they like.
 */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { isRelative, leadsTo, namedIn, packageOf, placeOf } from './imports.js'

/** The text of each file by its path from the root. */
export type Sources = ReadonlyMap<string, string>

/**
 * From the room that knows least to the room that sees every other; a room imports from those
 * before it.
 */
const kernelRooms = [
  'rule',
  'check',
  'cluster',
  'encode',
  'judge',
  'score',
  'index',
  'place',
  'provision',
  'step',
  'plain',
]

const everything = 'everything'
const mayImport: Readonly<Record<string, readonly string[] | typeof everything>> = {
  kernel: ['fp-ts'],
  fargate: ['@stowage/kernel', 'fp-ts'],
  ecs: ['@stowage/kernel', '@stowage/fargate', 'fp-ts', 'io-ts'],
  kubernetes: ['@stowage/kernel', '@stowage/fargate', 'fp-ts', 'io-ts'],
  testing: [
    '@stowage/kernel',
    '@stowage/fargate',
    '@stowage/ecs',
    '@stowage/kubernetes',
    'fp-ts',
    'fast-check',
  ],
  cli: everything,
}
const adapters = ['ecs', 'kubernetes']
const nameless = ['utils', 'util', 'common', 'helpers', 'helper', 'types']
const roomMax = 25

const isTest = (path: string): boolean => path.endsWith('.test.ts')
const barrels = ['index.ts', 'plain.ts', 'conformance.ts']
const isBarrel = (path: string): boolean =>
  placeOf(path)?.room === '' && barrels.includes(posix.basename(path))
/** What is published beside the barrels that are named `index`. */
const entries = ['@stowage/kernel/plain', '@stowage/testing/conformance']
const untested = (sources: Sources): readonly (readonly [path: string, text: string])[] =>
  [...sources].filter(([path]) => !isTest(path))

/** Each relative import of the files that are no tests, with both of its ends. */
const steps = (sources: Sources) =>
  untested(sources).flatMap(([path, text]) =>
    namedIn(text)
      .filter(isRelative)
      .map((name) => ({ path, to: leadsTo(path, name) })),
  )

/**
 * Inside the kernel a room imports only from itself and the rooms above it; the barrel sees all,
 * and nobody sees the barrel.
 */
const kernelArrows = (sources: Sources): readonly string[] =>
  steps(sources).flatMap(({ path, to }) => {
    const [from, into] = [placeOf(path), placeOf(to)]
    if (from?.package !== 'kernel' || into?.package !== 'kernel' || from.room === '') return []
    const downward = kernelRooms.indexOf(into.room) > kernelRooms.indexOf(from.room)
    return downward || into.room === '' ? [`${path} imports ${to}, which is below it`] : []
  })

/** In the kernel and the adapters a file stands in a room, and the kernel's rooms are those. */
const homeless = (sources: Sources): readonly string[] =>
  [...sources.keys()].flatMap((path) => {
    const place = placeOf(path)
    if (place === undefined || isBarrel(path)) return []
    if (place.package === 'kernel' && !kernelRooms.includes(place.room))
      return [`${path} stands in no room of the kernel`]
    return adapters.includes(place.package) && place.room === ''
      ? [`${path} stands in no room`]
      : []
  })

/**
 * A package imports its own files, and of the others those that design.md lists, by their names
 * alone.
 */
const packageArrows = (sources: Sources): readonly string[] =>
  untested(sources).flatMap(([path, text]) => {
    const own = placeOf(path)?.package ?? ''
    const allowed = mayImport[own] ?? []
    const permitted = (name: string): boolean =>
      allowed === everything || allowed.includes(packageOf(name, builtinModules))
    return namedIn(text)
      .filter((name) => !isRelative(name) && !permitted(name))
      .map((name) => `${path} imports ${name}, which ${own} may not`)
  })

/**
 * Another package is reached by its name: neither by a path below that name nor by a way out of
 * one's own folder.
 */
const deepPaths = (sources: Sources): readonly string[] =>
  [...sources].flatMap(([path, text]) => {
    const own = `packages/${placeOf(path)?.package ?? ''}/`
    const deep = (name: string): boolean =>
      isRelative(name)
        ? !isTest(path) && !leadsTo(path, name).startsWith(own)
        : /^@stowage\/[^/]+\//.test(name) && !entries.includes(name)
    return namedIn(text)
      .filter(deep)
      .map((name) => `${path} imports ${name}, which is not the barrel`)
  })

/** A barrel lists names. */
const openBarrels = (sources: Sources): readonly string[] =>
  [...sources]
    .filter(([, text]) => /^\s*export\s+\*/m.test(text))
    .map(([path]) => `${path} has \`export *\``)

/** Code without a room is a missing idea, and these names are no ideas. */
const namelessRooms = (sources: Sources): readonly string[] =>
  [...sources.keys()]
    .filter((path) => path.split('/').some((part) => nameless.includes(part.split('.')[0]!)))
    .map((path) => `${path} has a name that says nothing`)

/** A folder that has outgrown its number of files holds two ideas. */
const crowdedRooms = (sources: Sources): readonly string[] => {
  const rooms = untested(sources).map(([path]) => posix.dirname(path))
  return [...new Set(rooms)].flatMap((room) => {
    const count = rooms.filter((other) => other === room).length
    return count > roomMax ? [`${room} holds ${count} files, more than ${roomMax}`] : []
  })
}

/**
 * In an adapter the words know of neither direction, lowering knows nothing of raising, and raising
 * only why lowering refuses.
 */
const adapterArrows = (sources: Sources): readonly string[] =>
  steps(sources).flatMap(({ path, to }) => {
    const [from, into] = [placeOf(path), placeOf(to)]
    if (!adapters.includes(from?.package ?? '') || from?.package !== into?.package) return []
    const refused = {
      words: into?.room === 'lower' || into?.room === 'raise',
      lower: into?.room === 'raise',
      raise: into?.room === 'lower' && !into.file.includes('reason'),
    }
    return refused[from?.room as keyof typeof refused] ? [`${path} imports ${to}`] : []
  })

export const checks = {
  kernelArrows,
  homeless,
  packageArrows,
  deepPaths,
  openBarrels,
  namelessRooms,
  crowdedRooms,
  adapterArrows,
}
