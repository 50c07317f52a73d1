/**
 * Compares decisions by index with decisions by the book (the plain scan of all nodes), in long
 * random histories of clusters:
 *
 * 1. Each decision is made both ways on the same state, and differences are reported.
 * 2. Between decisions the cluster changes: replicas stop, change or are bound by hand, nodes
 *    leave, join or change, masks change, classes arrive, and unused classes are dropped.
 * 3. Trials are kept or rolled back, and the history sometimes returns to an earlier cluster.
 */
import {
  allowIndexes,
  batch,
  bind,
  getOrThrow,
  define,
  internDimension,
  empty,
  findNode,
  forget,
  giveColumn,
  giveMask,
  join,
  leave,
  internMask,
  nodeIds,
  place,
  reclass,
  redescribe,
  setPhase,
  evict,
  tableIds,
  take,
  trial,
  type ClassId,
  type Cluster,
  type Draft,
  type NodeId,
  type Phase,
  type ReplicaId,
} from '@stowage/kernel'
import {
  anyClass,
  lowerClass,
  lowerNode,
  nodeOf,
  type ClassRecipe,
  type NodeRecipe,
} from '@stowage/testing'
import {
  anyEchoingClass,
  anyPackedClass,
  anyRoomyClass,
} from '../../packages/testing/src/arbitrary/class.js'
import { anyColumnName, anyMaskName } from '../../packages/testing/src/arbitrary/text.js'
import fc from 'fast-check'
import * as O from 'fp-ts/lib/Option.js'
import { stateOf } from '../../packages/kernel/src/cluster/cluster.js'
import { scratchOf } from '../../packages/kernel/src/cluster/draft.js'
import { nodeIdOf } from '../../packages/kernel/src/cluster/read.js'
import { getClassSpec } from '../../packages/kernel/src/place/get-class-spec.js'
import { decide } from '../../packages/kernel/src/place/by-the-book.js'
import { sequence } from '../../bench/world.js'

/** One cluster's life: so many nodes and classes, and so many decisions. */
export interface Life {
  readonly nodes: number
  readonly classes: number
  readonly decisions: number
}

export interface Soaked {
  readonly decisions: number
  /** How many of them were made by index. */
  readonly indexed: number
  /** What was decided otherwise than by the book, the first few. */
  readonly differences: readonly string[]
}

/** Decides where one replica goes, and puts it there: `place`, or a broken one. */
export type Placing = typeof place

const phases: readonly Phase[] = ['assumed', 'running', 'leaving']
const anyNodeRecipe = nodeOf({ capacity: fc.integer({ min: 0, max: 300 }) })
const anySoakedClass = fc.oneof(
  { weight: 3, arbitrary: anyClass },
  { weight: 1, arbitrary: anyPackedClass },
  { weight: 1, arbitrary: anyRoomyClass },
  { weight: 1, arbitrary: anyEchoingClass },
)
const drawn = <Value>(of: fc.Arbitrary<Value>, seed: number, count: number): readonly Value[] =>
  fc.sample(of, { seed, numRuns: count })

/** A cluster at work. */
interface Work {
  readonly random: (below: number) => number
  readonly recipes: readonly NodeRecipe[]
  readonly classes: ClassId[]
  readonly replicas: ReplicaId[]
  readonly placing: Placing
  /** What was decided otherwise than by the book. */
  readonly differences: string[]
  decisions: number
  indexed: number
}

/** In a batch. */
interface AtWork extends Work {
  readonly draft: Draft
}

type Remembered = Pick<Work, 'replicas' | 'classes'>

const nameOf = (i: number): string => `n${String(i).padStart(6, '0')}`

/** In half of the clusters one key is each node's own, as a host's name is. */
const recipeOf = (drawn: readonly NodeRecipe[], i: number, key: string | undefined): NodeRecipe => {
  const { attributes, ...rest } = drawn[i % drawn.length]!
  const others = attributes.filter(([own]) => own !== key)
  const own = key === undefined ? [] : [[key, `host-${i}`] as const]
  return { ...rest, name: nameOf(i), attributes: [...others, ...own] }
}

export const soak = (life: Life, seed: number, placing: Placing = place): Soaked => {
  const next = sequence(seed)
  const random = (below: number): number => Math.floor(next() * below)
  const kinds = drawn(anyNodeRecipe, seed, Math.min(life.nodes, 1 + random(40)))
  const keys = kinds.flatMap(({ attributes }) => attributes.map(([key]) => key))
  const key = random(2) === 0 ? keys[0] : undefined
  const recipes = Array.from({ length: life.nodes }, (_, i) => recipeOf(kinds, i, key))
  const recipesOfClasses = drawn(anySoakedClass, seed, life.classes)
  const [opened, classes] = batch(allowIndexes(empty), (draft) => {
    // In some clusters what classes ask for is past the dimensions that can be read at once.
    for (let i = random(2) * random(9); i > 0; i--) internDimension(draft, `unused-${i}`)
    for (const recipe of recipes) getOrThrow(join(draft, lowerNode(draft, recipe)))
    return recipesOfClasses.map((recipe) => defined(draft, recipe))
  })
  const start = { random, recipes, classes, replicas: [], placing, differences: [] }
  const work: Work = { ...start, decisions: 0, indexed: 0 }
  let cluster = opened
  while (work.decisions < life.decisions) cluster = goOn(work, cluster, life.decisions / 8)
  const { decisions, indexed } = work
  const differences = work.differences.map((difference) => `${difference}, seed ${seed}`)
  return { decisions, indexed, differences: differences.slice(0, 5) }
}

/** So many decisions in one batch, after which the cluster may be again what it was before. */
const goOn = (work: Work, cluster: Cluster, decisions: number): Cluster => {
  const { random, classes } = work
  const isTaken = random(2) === 0
  const [before, until] = [rememberedOf(work), work.decisions + decisions]
  const [after] = batch(isTaken ? take(cluster) : cluster, (draft) => {
    const inDraft = { ...work, draft }
    while (inDraft.decisions < until) {
      const classId = classes[random(classes.length)]!
      for (let run = 1 + random(6); run > 0; run--) decideOne(inDraft, classId)
      for (let run = random(6); run > 0; run--) changeOne(inDraft)
    }
    work.decisions = inDraft.decisions
    work.indexed = inDraft.indexed
  })
  if (isTaken || random(3) > 0) return after
  putBack(work, before)
  return cluster
}

/** What of the work goes with a value of the cluster. */
const rememberedOf = ({ replicas, classes }: Work): Remembered => ({
  replicas: replicas.slice(),
  classes: classes.slice(),
})

const putBack = ({ replicas, classes }: Work, before: Remembered): void => {
  replicas.splice(0, replicas.length, ...before.replicas)
  classes.splice(0, classes.length, ...before.classes)
}

const defined = (draft: Draft, recipe: ClassRecipe): ClassId =>
  getOrThrow(define(draft, lowerClass(draft, recipe)))

const decideOne = (work: AtWork, classId: ClassId): void => {
  const { draft, replicas, placing, differences } = work
  const parts = stateOf(draft)
  const row = decide(parts, getClassSpec(parts, classId), undefined, scratchOf(draft))
  const expected = row === undefined ? undefined : nodeIdOf(parts, row)
  const { answers, decidedBy } = placing(draft, [{ class: classId, count: 1 }], {
    decideBy: 'index',
  })
  const placement = answers[0]?.placed[0]
  if (placement !== undefined) replicas.push(placement.replica)
  work.decisions++
  if (decidedBy === 'index') work.indexed++
  if (placement?.node !== expected)
    differences.push(
      `decision ${work.decisions}: class ${classId} to ${placement?.node}, not ${expected}`,
    )
}

/** Something other than placing, mostly a replica that goes. */
const changeOne = (work: AtWork): void => {
  const { random, replicas, draft, classes } = work
  const of = random(2_000)
  if (of < 1_400) stopOne(work)
  else if (of < 1_700 && replicas.length > 0)
    setPhase(draft, replicas[random(replicas.length)]!, phases[random(3)]!)
  else if (of < 1_720 && replicas.length > 0)
    reclass(draft, replicas[random(replicas.length)]!, classes[random(classes.length)]!)
  else if (of < 1_950)
    inBound(bind(draft, classes[random(classes.length)]!, nodeAt(work), phases[random(3)]!), work)
  else if (of < 1_985) tryOut(work)
  else if (of < 1_989) give(work)
  else if (of < 1_996) replaceClass(work)
  else if (of < 1_997) redescribeOne(work)
  else replaceNode(work)
}

/** A class is asked for no more, and a new one is, for the first time at once. */
const replaceClass = (work: AtWork): void => {
  const { draft, random, classes } = work
  const [recipe] = drawn(anySoakedClass, random(1_000_000), 1)
  const made = defined(draft, recipe!)
  classes[random(classes.length)] = made
  if (random(4) === 0) forgetUnused(work)
  decideOne(work, made)
}

/** Drops classes that are not asked for any more and words that nothing uses, as far as it may. */
const forgetUnused = ({ draft, classes }: AtWork): void => {
  for (const id of tableIds(draft).classes)
    if (!classes.includes(id)) forget(draft, { classes: [id] })
  for (const word of tableIds(draft).words) forget(draft, { words: [word] })
}

/** A node is described as another one is. */
const redescribeOne = (work: AtWork): void => {
  const { draft, random, recipes } = work
  const i = random(recipes.length)
  const like = recipes[random(recipes.length)]!
  redescribe(draft, nodeNamed(work, i), lowerNode(draft, { ...like, name: nameOf(i) }))
}

const inBound = (bound: ReturnType<typeof bind>, { replicas }: AtWork): void => {
  if (bound._tag === 'Right') replicas.push(bound.right)
}

const stopOne = ({ draft, random, replicas }: AtWork): void => {
  if (replicas.length === 0) return
  const at = random(replicas.length)
  evict(draft, replicas[at]!)
  replicas[at] = replicas[replicas.length - 1]!
  replicas.pop()
}

const nobody = -1 as NodeId

const nodeAt = (work: AtWork): NodeId => nodeNamed(work, work.random(work.recipes.length))

const nodeNamed = ({ draft }: AtWork, i: number): NodeId =>
  O.getOrElse(() => nobody)(findNode(draft, nameOf(i)))

const tryOut = (work: AtWork): void => {
  const { draft, random, classes } = work
  const before = rememberedOf(work)
  trial(draft, () => {
    for (let left = random(5); left > 0; left--) {
      if (random(8) === 0) give(work)
      if (random(4) === 0) replaceClass(work)
      if (random(20) === 0) replaceNode(work)
      if (random(20) === 0) redescribeOne(work)
      decideOne(work, classes[random(classes.length)]!)
      stopOne(work)
    }
    const isKept = random(2) === 0
    if (!isKept) putBack(work, before)
    return [isKept, undefined]
  })
}

const give = (work: AtWork): void => {
  const { draft, random } = work
  const some = Array.from({ length: random(20) }, () => nodeAt(work)).filter(
    (node) => node !== nobody,
  )
  const seed = random(1_000_000)
  if (random(2) === 0) giveMask(draft, internMask(draft, drawn(anyMaskName, seed, 1)[0]!), some)
  else {
    const numbers = some.map((node) => [node, random(9) - 3] as const)
    const known = stateOf(draft).inputs.columns.ids.get(drawn(anyColumnName, seed, 1)[0]!)
    if (known !== undefined) giveColumn(draft, known as Parameters<typeof giveColumn>[1], numbers)
  }
}

/** A node leaves, and another joins under its name, described otherwise now and then. */
const replaceNode = (work: AtWork): void => {
  const { draft, random, recipes } = work
  const i = random(recipes.length)
  const found = findNode(draft, nameOf(i))
  if (O.isSome(found)) leave(draft, found.value)
  if (random(8) === 0 && nodeIds(draft).length > 1) return
  const like = recipes[random(recipes.length)]!
  join(draft, lowerNode(draft, { ...like, name: nameOf(i) }))
}
