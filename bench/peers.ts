/**
 * Compares the speed of kube-scheduler with that of Stowage on the same nodes and pods, one after
 * the other in one run. Then gives some of Stowage's decisions to kube-scheduler, which says
 * whether each chosen node had its highest score at that moment. Needs Go, and says so where Go is
 * missing.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Ours } from './ours.js'

interface Case {
  readonly name: string
  readonly nodes: number
  readonly flags: readonly string[]
  readonly pods: number
  /** Upstream is slower, and so is asked about the first pods only. */
  readonly sampling: number
  readonly exact: number
  /** How many times as fast as either, by the design. */
  readonly target: { readonly sampling: number; readonly exact?: number; readonly memory?: number }
}

const cases: readonly Case[] = [
  {
    name: 'plain',
    nodes: 5_000,
    flags: [],
    pods: 100_000,
    sampling: 5_000,
    exact: 1_000,
    target: { sampling: 300, exact: 2_000 },
  },
  {
    name: 'rich',
    nodes: 5_000,
    flags: ['-rich'],
    pods: 100_000,
    sampling: 3_000,
    exact: 200,
    target: { sampling: 200 },
  },
  {
    name: 'spread',
    nodes: 5_000,
    flags: ['-spread'],
    pods: 100_000,
    sampling: 3_000,
    exact: 500,
    target: { sampling: 300 },
  },
  {
    name: 'plain',
    nodes: 100_000,
    flags: [],
    pods: 300_000,
    sampling: 1_000,
    exact: 50,
    target: { sampling: 2_000, exact: 30_000, memory: 20 },
  },
]

interface Theirs {
  readonly pods: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakBytes: number
}

const run = (program: string, args: readonly string[], input?: string): string => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? stderr}`)
  return stdout
}

const paceOf = ({ pods, seconds, cpuSeconds }: Omit<Theirs, 'peakBytes'>) => ({
  pods,
  'per second': Math.round(pods / seconds),
  'per second of all processors': Math.round(pods / cpuSeconds),
})

/** A figure beside its target. */
const verdict = (what: string, times: number, target: number | undefined): string =>
  target === undefined
    ? `${what} ${times.toFixed(0)}`
    : `${what} ${times.toFixed(0)} (target ${target}: ${times >= target ? 'met' : 'missed'})`

const sampleSize = 200

const compare = (oracle: string, ours: string, one: Case): void => {
  const { name, nodes, flags, pods, sampling, exact, target } = one
  const sized = ['-nodes', `${nodes}`, '-pods', `${pods}`]
  const world = run(oracle, ['world', ...sized, ...flags])
  const upstream = (count: number, percentage: number): Theirs =>
    JSON.parse(
      run(oracle, ['bench', '-pods', `${count}`, '-percentage', `${percentage}`], world),
    ) as Theirs
  const [sampled, whole] = [upstream(sampling, 0), upstream(exact, 100)]
  const mine = JSON.parse(run(process.execPath, [ours], world)) as Ours
  const ourPace = paceOf({ ...mine, pods })
  const times = (their: Theirs): number => ourPace['per second'] / paceOf(their)['per second']
  console.log(`${name}, ${nodes} nodes, 20 shapes`)
  console.table({
    'upstream, sampling, two workers': paceOf(sampled),
    'upstream, exact, two workers': paceOf(whole),
    'stowage, exact, one thread': ourPace,
  })
  console.log(
    [
      verdict('times its sampling', times(sampled), target.sampling),
      verdict('times its exact', times(whole), target.exact),
      verdict('memory, 1 in', sampled.peakBytes / mine.peakBytes, target.memory),
      `by index ${mine.indexed} of ${pods}`,
    ].join('; '),
  )
  console.log(picksOf(oracle, world, mine))
}

/** Some of the picks, evenly over the first few thousand. */
const picksOf = (oracle: string, world: string, { picks }: Ours): string => {
  const { objects, order } = JSON.parse(world) as {
    readonly objects: readonly unknown[]
    readonly order: readonly number[]
  }
  const among = Math.min(order.length, 4_000)
  const questions = Array.from({ length: sampleSize }, (_, i) =>
    Math.floor((i * among) / sampleSize),
  )
  const judged = {
    objects,
    order: order.slice(0, among),
    picks: picks.slice(0, among),
    asked: questions,
  }
  const { wrong } = JSON.parse(run(oracle, ['picks'], JSON.stringify(judged))) as {
    readonly wrong: readonly number[]
  }
  if (wrong.length > 0) throw new Error(`not among upstream's best: the picks ${wrong.join(', ')}`)
  return `picks in upstream's best set: ${questions.length} of ${questions.length}\n`
}

const isThere = (program: string): boolean =>
  spawnSync(program, ['version'], { encoding: 'utf8' }).status === 0

/**
 * `ours` is the bundle that places a world; `oracle` the folder of the upstream scheduler. `only`
 * are cases such as `rich-5000`.
 */
export const peers = (oracle: string, ours: string, only: readonly string[]): void => {
  if (!isThere('go')) {
    console.log('Go is not installed: there is nobody to compare with.')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'stowage-peers-'))
  try {
    const built = join(folder, 'kubeoracle')
    const { status, stderr } = spawnSync('go', ['build', '-o', built, '.'], {
      cwd: oracle,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    for (const one of cases)
      if (only.length === 0 || only.includes(`${one.name}-${one.nodes}`)) compare(built, ours, one)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
