/**
 * Checks imports: which room (folder of a package) may import which other room, and which package
 * may import which other package. Each check is a function from the sources to a list of
 * violations, so that a test can plant a violation. Tests and fixtures may import anything.
 */
import { builtinModules } from 'node:module'
import { posix } from 'node:path'
import { cyclesOf, type Graph } from './cycles.js'
import { isRelative, leadsTo, namedIn, packageOf, placeOf } from './imports.js'
import { isBarrel, isTest, untested, type Sources } from './sources.js'

/**
 * The rooms of each package, from the one that knows least to the one that sees every other. A room
 * imports from the rooms before it, never from one after it.
 */
export const rooms: Readonly<Record<string, readonly string[]>> = {
  kernel: [
    'rule',
    'check',
    'cluster',
    'encode',
    'judge',
    'score',
    'index',
    'change',
    'place',
    'pack',
    'provision',
    'time',
    'fold',
    'supply',
    'step',
    'log',
    'plain',
  ],
  documents: ['value', 'document', 'codec', 'decode', 'name'],
  fargate: ['ec2', 'platform', 'size', 'quota', 'launch', 'machine'],
  ecs: [
    'words',
    'provider',
    'schema',
    'pattern',
    'query',
    'template',
    'workload',
    'lower',
    'raise',
    'check',
    'supply',
    'cluster',
    'encode',
    'api',
    'scaling',
    'agent',
    'service',
    'deployment',
    'memory',
    'moves',
    'capacity',
    'controller',
    'service-api',
    'service-scaling',
    'read',
    'plan',
  ],
  kubernetes: [
    'schema',
    'words',
    'autoscale',
    'cel',
    'allocator',
    'demand',
    'preempt',
    'setting',
    'cron-job',
    'surroundings',
    'wire',
    'pod-security',
    'validation',
    'object-rule',
    'admission',
    'plugin',
    'template',
    'workload',
    'apply',
    'args',
    'lower',
    'deployment',
    'stateful-set',
    'daemon-set',
    'job',
    'disruption',
    'node-lifecycle',
    'raise',
    'config',
    'volume',
    'claim',
    'device',
    'queue',
    'read',
    'registry',
    'fargate-profile',
    'scheduler',
    'memory',
    'cluster-autoscaler',
    'node-pool',
    'karpenter',
    'consolidation',
    'controller',
    'api',
    'placer',
    'autoscaler',
    'plan',
    'drain',
    'release',
    'supply',
    'state',
    'fargate',
  ],
  simulator: ['chance', 'world', 'run'],
  optimizer: ['table', 'price', 'master', 'columns', 'round', 'solver'],
  testing: [
    'recipe',
    'lower',
    'raise',
    'picture',
    'play',
    'arbitrary',
    'twin',
    'model',
    'invariant',
    'agreement',
    'steps',
    'conformance',
    'admission',
    'settle',
    'autoscale',
    'cases',
    'karpenter',
    'damage',
  ],
  cli: ['read', 'show', 'page', 'usage', 'command'],
  playground: ['share', 'planner', 'offline', 'draw', 'state', 'view'],
  workbench: [
    'text',
    'machines',
    'platform',
    'change',
    'bill',
    'question',
    'compare',
    'difference',
    'rollout',
    'schema',
    'block',
    'autoscale',
    'view',
  ],
}

const everything = 'everything'
const mayImport: Readonly<Record<string, readonly string[] | typeof everything>> = {
  kernel: ['fp-ts'],
  documents: ['@stowage/kernel', 'fp-ts', 'io-ts'],
  fargate: ['@stowage/kernel', 'fp-ts'],
  ecs: ['@stowage/kernel', '@stowage/documents', '@stowage/fargate', 'fp-ts', 'io-ts'],
  kubernetes: ['@stowage/kernel', '@stowage/documents', '@stowage/fargate', 'fp-ts', 'io-ts'],
  workbench: [
    '@stowage/kernel',
    '@stowage/documents',
    '@stowage/fargate',
    '@stowage/ecs',
    '@stowage/kubernetes',
    '@stowage/simulator',
    'fp-ts',
    'io-ts',
    'jsonc-parser',
    'yaml',
  ],
  simulator: ['@stowage/kernel', 'fp-ts'],
  optimizer: ['@stowage/kernel'],
  testing: [
    '@stowage/kernel',
    '@stowage/simulator',
    '@stowage/documents',
    '@stowage/fargate',
    '@stowage/ecs',
    '@stowage/kubernetes',
    'fp-ts',
    'fast-check',
    'yaml',
  ],
  cli: everything,
  playground: ['@stowage/workbench', 'preact'],
}
const nameless = ['utils', 'util', 'common', 'helpers', 'helper', 'types']
const roomMax = 25

/** What is published beside the barrels that are named `index`. */
const entries = ['@stowage/kernel/plain', '@stowage/testing/conformance']

/** Each relative import of the files that are no tests, with both of its ends. */
const steps = (sources: Sources) =>
  untested(sources).flatMap(([path, text]) =>
    namedIn(text)
      .filter(isRelative)
      .map((name) => ({ path, to: leadsTo(path, name) })),
  )
/** A room imports only from itself and the rooms before it; no room imports a barrel. */
const roomArrows = (sources: Sources): readonly string[] =>
  steps(sources).flatMap(({ path, to }) => {
    const [from, into] = [placeOf(path), placeOf(to)]
    const order = rooms[from?.package ?? '']
    if (order === undefined || from?.package !== into?.package || from?.room === '') return []
    const isAfter = order.indexOf(into?.room ?? '') > order.indexOf(from?.room ?? '')
    return isAfter || into?.room === '' ? [`${path} imports ${to}, which comes after it`] : []
  })

/** A file stands in a room of its package's list; the barrels stand beside the rooms. */
const homeless = (sources: Sources): readonly string[] =>
  [...sources.keys()].flatMap((path) => {
    const place = placeOf(path)
    const order = rooms[place?.package ?? '']
    if (place === undefined || order === undefined || isBarrel(path)) return []
    return order.includes(place.room) ? [] : [`${path} stands in no room of ${place.package}`]
  })

const graphOf = (edges: readonly (readonly [from: string, to: string])[]): Graph => {
  const graph = new Map<string, Set<string>>()
  for (const [from, to] of edges) graph.set(from, (graph.get(from) ?? new Set()).add(to))
  return graph
}
const worded = (cycle: readonly string[]): string => `a cycle of ${cycle.join(', ')}`

/** No two folders import each other, directly or through others; importing a type counts. */
const folderCycles = (sources: Sources): readonly string[] => {
  const edges = steps(sources).map(
    ({ path, to }) => [posix.dirname(path), posix.dirname(to)] as const,
  )
  const isRoom = (folder: string): boolean => !folder.endsWith('/src')
  return cyclesOf(
    graphOf(edges.filter(([from, to]) => from !== to && isRoom(from) && isRoom(to))),
  ).map(worded)
}

/** No two files import each other, directly or through others; importing a type counts. */
const fileCycles = (sources: Sources): readonly string[] =>
  cyclesOf(graphOf(steps(sources).map(({ path, to }) => [path, to] as const))).map(worded)

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
export const arrows = {
  roomArrows,
  homeless,
  folderCycles,
  fileCycles,
  packageArrows,
  deepPaths,
  openBarrels,
  namelessRooms,
  crowdedRooms,
}
