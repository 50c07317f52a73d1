/**
 * Measures each figure for which the design sets a target (time, growth, memory) and prints it
 * beside the target: `npm run bench:targets`. Words on the command line select rows; `-- --full`
 * measures at full size those rows that are scaled down otherwise. Targets relative to the
 * Kubernetes scheduler are printed by `npm run bench:peers`.
 */
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  empty,
  join,
  memory,
  evict,
  take,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type DecidedBy,
  type ReplicaId,
} from '@stowage/kernel'
import { placedNames } from './placed.js'
import {
  barePodsOf,
  hasRolled,
  openFleet,
  passFleetQuietly,
  replaceByHand,
  rollDeployment,
} from './deployments.js'
import { changeMembers, openMembership } from './membership.js'
import { openRollouts, rollOut } from './rollouts.js'
import {
  changeBare,
  eventsOf,
  nextFacts,
  openBare,
  openOrchestrator,
  stepBeside,
  stepOnce,
  stepQuietly,
} from './steps.js'
import { openServices, passQuietly, rollByHand, rollServices } from './services.js'
import { crowd, shapes, type RuleSet } from './shapes.js'
import { openTurnover, stepsPerCall, turnOver } from './turnover.js'
import { go, openWork } from './work.js'
import { plainClass, seededWorld, sequence } from './world.js'

/** Whether rows that are a part of what they stand for are run at their full size. */
const isFull = process.argv.includes('--full')

interface Target {
  readonly work: string
  readonly unit: string
  /**
   * The figure may be at most `most`, or must be at least `least`; without either it has no target.
   */
  readonly most?: number
  readonly least?: number
  readonly figure: () => number
}

/** Of the processor, in nanoseconds, for one of so many. */
const perUnit = (units: number, body: () => void): number => {
  const began = process.cpuUsage()
  body()
  const { user, system } = process.cpuUsage(began)
  return ((user + system) * 1_000) / units
}

/** The middle one of so many figures. */
const median = (times: number, figure: () => number): number =>
  Array.from({ length: times }, figure).sort((a, b) => a - b)[Math.floor(times / 2)]!

const scan = (): number => {
  const { cluster, plain } = seededWorld(42, 5_000)
  const run = (): number => perUnit(50 * 5_000, () => void placedNames(cluster, plain, 50, 'scan'))
  for (let i = 0; i < 20; i++) run()
  return median(41, run)
}

/** What one step of a cluster at work costs. */
const worker = (
  nodes: number,
  rules: RuleSet,
  classes: number,
  { path, stops }: { readonly path?: DecidedBy; readonly stops: boolean },
) => {
  const work = openWork(shapes(crowd(nodes), rules, classes), 3)
  return (count: number): number => perUnit(count, () => void go(work, { path, stops }, count))
}

const indexBesideScan = (): number => {
  const byIndex = worker(100_000, 'plain', 20, { stops: true })
  const byTheBook = worker(100_000, 'plain', 20, { path: 'scan', stops: true })
  byIndex(5_000)
  byTheBook(20)
  const scanned = median(3, () => byTheBook(40))
  return scanned / median(5, () => byIndex(5_000))
}

/**
 * A node joins or leaves before each decision, over the same by a scan: what is built anew for the
 * nodes of one decision serves no other, so that a scan is what that takes at least.
 */
const membersBesideScan = (nodes: number): number => {
  const paceOf = (path: DecidedBy | undefined, count: number): (() => number) => {
    const members = openMembership(openWork(shapes(crowd(nodes), 'plain', 20), 3), path)
    const run = (): number => perUnit(2 * count, () => void changeMembers(members, count))
    run()
    return run
  }
  const [followed, scanned] = [paceOf(undefined, 1_000), paceOf('scan', 10)]
  return median(5, () => scanned() / followed())
}

const growth = (): number => {
  const [small, large] = [1_000, 100_000].map((nodes) => {
    const work = worker(nodes, 'plain', 1, { stops: false })
    work(2_000)
    return median(5, () => work(1_000))
  })
  return large! / small!
}

/** How many launches, and as many stops, a launch week has. */
const weekOfLaunches = 50_000_000

/**
 * A launch week with requests in typed arrays, in seconds: a fiftieth of it, as many times as long;
 * with `--full` all of it.
 */
const launchWeek = (): number => {
  const world = openTurnover(shapes(crowd(100_000), 'an ECS chain', 30), 3)
  turnOver(world, 5)
  const launches = isFull ? weekOfLaunches : weekOfLaunches / 50
  const each = perUnit(launches, () => turnOver(world, launches / stepsPerCall))
  return (each * weekOfLaunches) / 1e9
}

/** The same with a request, an answer and an Either for each launch and stop. */
const launchWeekOneByOne = (): number => {
  const work = worker(100_000, 'an ECS chain', 30, { stops: true })
  work(5_000)
  return (work(weekOfLaunches / 50) * weekOfLaunches) / 1e9
}

const small = (draft: Draft): ClassId =>
  getOrThrow(
    define(draft, {
      ...plainClass,
      occupies: [
        [cpu, 1],
        [memory, 1],
      ],
    }),
  )

const worldOf = (nodes: number, replicas: number): readonly [Cluster, NodeId[], ClassId] => {
  const [cluster, [ids, classId]] = batch(allowIndexes(empty), (draft) => {
    const made = small(draft)
    const joined = Array.from({ length: nodes }, (_, i) =>
      getOrThrow(
        join(draft, {
          name: `n${i}`,
          capacity: [
            [cpu, 1e9],
            [memory, 1e9],
          ],
          attributes: [],
          marks: [],
        }),
      ),
    )
    for (let i = 0; i < replicas; i++) getOrThrow(bind(draft, made, joined[i % nodes]!, 'running'))
    return [joined, made] as const
  })
  return [cluster, ids, classId]
}

/** Beside the same sums on bare columns. */
const event = (): number => {
  const [opened, ids, classId] = worldOf(5_000, 150_000)
  let cluster = opened
  const random = sequence(5)
  const placed: ReplicaId[] = []
  const at = (): number => Math.floor(random() * 5_000)
  const events = (batches: number): number =>
    perUnit(batches * 1_000, () => {
      for (let i = 0; i < batches; i++)
        [cluster] = batch(take(cluster), (draft) => {
          for (let j = 0; j < 500; j++)
            placed.push(getOrThrow(bind(draft, classId, ids[at()]!, 'running')))
          for (const replica of placed.splice(0)) getOrThrow(evict(draft, replica))
        })
    })
  const columns = [new Float64Array(5_000), new Float64Array(5_000)]
  const links = { node: new Int32Array(1_000), count: 0 }
  const bare = (batches: number): number =>
    perUnit(batches * 1_000, () => {
      for (let i = 0; i < batches; i++) {
        for (let j = 0; j < 500; j++) {
          const row = at()
          for (const column of columns) column[row]! += 1
          links.node[links.count++] = row
        }
        while (links.count > 0) {
          const row = links.node[--links.count]!
          for (const column of columns) column[row]! -= 1
        }
      }
    })
  events(200)
  bare(200)
  return median(9, () => events(200)) - median(9, () => bare(200))
}

const keepingStep = (): number => {
  const [cluster, ids, classId] = worldOf(5_000, 150_000)
  const step = (): number =>
    perUnit(50, () => {
      for (let i = 0; i < 50; i++)
        batch(cluster, (draft) => getOrThrow(bind(draft, classId, ids[i]!, 'running')))
    }) / 1e6
  step()
  return median(9, step)
}

const collect = (): number => {
  setFlagsFromString('--expose_gc')
  const gc = runInNewContext('gc') as () => void
  // What held an array is collected first, and the array the next time.
  gc()
  gc()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** What a cluster of so many holds, in bytes. */
const bytesOf = (nodes: number, replicas: number): number => {
  const before = collect()
  const held = worldOf(nodes, replicas)[0]
  const after = collect()
  if (held.version === 0) throw new Error('the cluster was let go')
  return after - before
}

/**
 * What the fleet, its tasks and all indexes of it hold after some of these launches, in megabytes.
 */
const launchWeekHolds = (): number => {
  // The last crowd is kept, and would be there before.
  crowd(1)
  const before = collect()
  const work = openWork(shapes(crowd(100_000), 'an ECS chain', 30), 3)
  go(work, { path: undefined, stops: true }, 100_000)
  const after = collect()
  if (work.cluster.version === 0) throw new Error('the cluster was let go')
  return (after - before) / 1e6
}

/**
 * A hundred services, each rolled out a thousand times, over the same after a hundred times. The
 * first hundred also warm up what the runtime keeps of the code.
 */
const rolloutsHold = (): number => {
  const rollouts = openRollouts({ nodes: 200, services: 100, replicas: 10 })
  rollOut(rollouts, 100)
  const early = collect()
  rollOut(rollouts, 900)
  return collect() / early
}

const bytesOfMany = (): number => bytesOf(100_000, 1_000_000) / 1e6
const bytesOfNode = (): number => bytesOf(100_000, 0) / 100_000
const bytesOfReplica = (): number => (bytesOf(100_000, 1_000_000) - bytesOf(100_000, 0)) / 1_000_000

const bytesToPlace = (): number => {
  const { buildSync } = createRequire(resolve('package.json'))(
    'esbuild',
  ) as typeof import('esbuild')
  const contents = "export { place } from '@stowage/kernel'"
  const { outputFiles } = buildSync({
    stdin: { contents, resolveDir: resolve('packages/kernel') },
    alias: { '@stowage/kernel': resolve('packages/kernel/src/index.ts') },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  })
  return gzipSync(outputFiles[0]!.contents).length / 1_000
}

/** A step with 1,000 facts, over the same changes of the cluster by hand. */
const stepOverBare = (): number => {
  const orchestrator = openOrchestrator(5_000, 1_000, 150)
  const bare = openBare(5_000, 150_000)
  const byStep = (): number => {
    const events = eventsOf(orchestrator, nextFacts(orchestrator, 500))
    return perUnit(1, () => stepOnce(orchestrator, events))
  }
  const byHand = (): number => {
    const facts = nextFacts(bare, 500)
    return perUnit(1, () => changeBare(bare, facts))
  }
  for (let i = 0; i < 20; i++) {
    byStep()
    byHand()
  }
  return median(41, () => byStep() / byHand())
}

/** A step in which nothing happens, of so many services, in nanoseconds. */
const quietStep = (services: number): number => {
  const orchestrator = openOrchestrator(100, services, 1)
  const run = (): number =>
    perUnit(1_000, () => {
      for (let i = 0; i < 1_000; i++) stepQuietly(orchestrator)
    })
  for (let i = 0; i < 5; i++) run()
  return median(11, run)
}

/** A step that leaves the state before it usable. */
const stepBesideOld = (): number => {
  const orchestrator = openOrchestrator(5_000, 1_000, 150)
  const run = (): number =>
    perUnit(10, () => {
      for (let i = 0; i < 10; i++) stepBeside(orchestrator)
    })
  for (let i = 0; i < 5; i++) run()
  return median(21, run) / 1e6
}

/** Services with a hundred thousand tasks on five thousand instances. */
const fleetOf = (services: number) => ({ nodes: 5_000, services, tasks: 20 })

/** A pass in which nothing happens to the services, in nanoseconds. */
const quietServices = (): number => {
  const world = openServices(fleetOf(5_000))
  const run = (): number =>
    perUnit(100, () => {
      for (let i = 0; i < 100; i++) passQuietly(world)
    })
  for (let i = 0; i < 5; i++) run()
  return median(11, run)
}

/** The update of one service, from its revision to the other, in nanoseconds. */
const updateOne = (services: number): number => {
  const fleet = fleetOf(services)
  const world = openServices(fleet)
  let revision = 1
  const run = (): number => {
    revision = 3 - revision
    return perUnit(1, () => rollServices(world, revision, fleet, 1))
  }
  for (let i = 0; i < 10; i++) run()
  return median(31, run)
}

/** A new revision of all services, over placing and stopping as many tasks by hand. */
const rollOverBare = (): number => {
  const fleet = fleetOf(5_000)
  const byHand = perUnit(
    1,
    (
      (world) => () =>
        void rollByHand(world)
    )(openServices(fleet)),
  )
  const world = openServices(fleet)
  return perUnit(1, () => rollServices(world, 2, fleet)) / byHand
}

/** A pass in which nothing happens, of 1,000 Deployments with so many pods, in nanoseconds. */
const quietPass = (pods: number): number => {
  const fleet = openFleet(2_000, 1_000, pods, 50)
  const run = (): number =>
    perUnit(1_000, () => {
      for (let i = 0; i < 1_000; i++) passFleetQuietly(fleet)
    })
  for (let i = 0; i < 5; i++) run()
  return median(11, run)
}

/** A rolling update of 1,000 pods among so many, over the same pods placed and stopped by hand. */
const deploymentOverBare = (): number => {
  const open = () => openFleet(2_000, 1_000, 50_000, 1_000)
  const [fleet, other] = [open(), open()]
  const bare = barePodsOf(other)
  let parts = 1
  const byStep = (): number => perUnit(1, () => (parts = rollDeployment(fleet)))
  const byHand = (): number => perUnit(1, () => replaceByHand(other, bare, parts))
  for (let i = 0; i < 2; i++) {
    byStep()
    byHand()
  }
  if (!hasRolled(fleet)) throw new Error('the rolling update is not complete')
  return median(5, () => byStep() / byHand())
}

/** A rolling update of 1,000 pods among so many, in nanoseconds. */
const rollAmong = (pods: number): number => {
  const fleet = openFleet(2_000, 1_000, pods, 1_000)
  for (let i = 0; i < 2; i++) rollDeployment(fleet)
  return median(5, () => perUnit(1, () => rollDeployment(fleet)))
}

const targets: readonly Target[] = [
  { work: 'the scan, one plain class, 5,000 nodes', unit: 'ns per node', most: 15, figure: scan },
  {
    work: 'one decision and one stop by index against the scan, 100,000 nodes, 20 classes',
    unit: 'times',
    least: 300,
    figure: indexBesideScan,
  },
  {
    work: 'joins and leaves, each before a decision, by index against the scan, 5,000 nodes, 20 classes',
    unit: 'times',
    least: 50,
    figure: () => membersBesideScan(5_000),
  },
  {
    work: 'joins and leaves, each before a decision, by index against the scan, 100,000 nodes, 20 classes',
    unit: 'times',
    least: 50,
    figure: () => membersBesideScan(100_000),
  },
  {
    work: 'placements only, one class: at 100,000 nodes over 1,000',
    unit: 'times',
    most: 3,
    figure: growth,
  },
  {
    work: 'a launch week, 100,000 nodes, ECS zone spread then binpack',
    unit: 's of CPU',
    most: 60,
    figure: launchWeek,
  },
  {
    work: 'the same with a request and an answer for each (from a fiftieth of it)',
    unit: 's of CPU',
    figure: launchWeekOneByOne,
  },
  {
    work: 'what it holds: the fleet, its tasks and their indexes',
    unit: 'MB',
    most: 400,
    figure: launchWeekHolds,
  },
  {
    work: 'one event on a taken state, in batches of 1,000, over bare mutation',
    unit: 'ns',
    most: 30,
    figure: event,
  },
  {
    work: 'one step that keeps the old value, 5,000 nodes, 150,000 replicas',
    unit: 'ms',
    most: 0.3,
    figure: keepingStep,
  },
  {
    work: '100,000 nodes and 1,000,000 replicas, above the empty process',
    unit: 'MB',
    most: 100,
    figure: bytesOfMany,
  },
  {
    work: 'what 1,000 rollouts of 100 services leave, all that the process holds, over 100 rollouts',
    unit: 'times',
    most: 1.05,
    figure: rolloutsHold,
  },
  {
    work: 'a step with 1,000 facts, 5,000 nodes, 150,000 replicas, over place and stop by hand',
    unit: 'times',
    most: 2,
    figure: stepOverBare,
  },
  {
    work: 'a quiet step of 1,000 services',
    unit: 'µs',
    most: 20,
    figure: () => quietStep(1_000) / 1_000,
  },
  {
    work: 'a quiet step: 10,000 services over 1,000',
    unit: 'times',
    most: 1.2,
    figure: () => quietStep(10_000) / quietStep(1_000),
  },
  {
    work: 'a step with one stop that keeps the old state, 5,000 nodes, 150,000 replicas',
    unit: 'ms',
    most: 0.3,
    figure: stepBesideOld,
  },
  {
    work: 'a quiet pass of 5,000 Amazon ECS services, 100,000 tasks on 5,000 instances',
    unit: 'µs',
    most: 100,
    figure: () => quietServices() / 1_000,
  },
  {
    work: 'the update of one Amazon ECS service: among 5,000 over among 500',
    unit: 'times',
    most: 1.2,
    figure: () => updateOne(5_000) / updateOne(500),
  },
  {
    work: 'a new revision of 100,000 Amazon ECS tasks, over place and stop by hand',
    unit: 'times',
    most: 10,
    figure: rollOverBare,
  },
  {
    work: 'a quiet pass of 1,000 Deployments, 50,000 pods, 2,000 nodes',
    unit: 'µs',
    most: 100,
    figure: () => quietPass(50_000) / 1_000,
  },
  {
    work: 'a rolling update of 1,000 pods among 50,000, all steps, over place and stop by hand',
    unit: 'times',
    most: 2,
    figure: deploymentOverBare,
  },
  {
    work: 'a rolling update of 1,000 pods: among 50,000 over among 5,000',
    unit: 'times',
    most: 1.2,
    figure: () => rollAmong(50_000) / rollAmong(5_000),
  },
  { work: 'one node', unit: 'bytes', figure: bytesOfNode },
  { work: 'one replica', unit: 'bytes', figure: bytesOfReplica },
  {
    work: 'import { place }, minified and compressed',
    unit: 'kB',
    most: 15,
    figure: bytesToPlace,
  },
]

const verdictOn = (
  found: number,
  most: number | undefined,
  least: number | undefined,
): { readonly target: string; readonly verdict: string } => {
  if (most !== undefined)
    return { target: `at most ${most}`, verdict: found <= most ? 'met' : 'missed' }
  if (least !== undefined)
    return { target: `at least ${least}`, verdict: found >= least ? 'met' : 'missed' }
  return { target: '', verdict: '' }
}

const words = process.argv.slice(3).filter((word) => !word.startsWith('--'))
const chosen = targets.filter(
  ({ work }) => words.length === 0 || words.some((word) => work.includes(word)),
)
console.table(
  chosen.map(({ work, unit, most, least, figure }) => {
    const found = figure()
    return {
      work,
      figure: `${Number(found.toPrecision(3))} ${unit}`,
      ...verdictOn(found, most, least),
    }
  }),
)
