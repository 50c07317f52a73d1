/**
 * Places pods with Stowage in a process of its own, to be compared with kube-scheduler. Reads a
 * cluster of Kubernetes objects from standard input, as `kubeoracle world` prints it. Prints one
 * line of JSON: how long the placement took, and the node of each pod. Equal pods share one class,
 * and each pod is placed by a call of its own.
 */
import { readFileSync } from 'node:fs'
import {
  batch,
  define,
  getOrThrow,
  instant,
  nodeName,
  place,
  take,
  type ClassId,
} from '@stowage/kernel'
import { openScheduler, podClassSpec, readObjects } from '@stowage/kubernetes'

interface World {
  readonly objects: readonly unknown[]
  readonly order: readonly number[]
}

export interface Ours {
  readonly placed: number
  readonly seconds: number
  readonly cpuSeconds: number
  /** How many pods were placed without looking at every node. */
  readonly indexed: number
  readonly peakBytes: number
  /** Node names, empty for a pod that found no place. */
  readonly picks: readonly string[]
}

const { objects, order } = JSON.parse(readFileSync(0, 'utf8')) as World
const list = { apiVersion: 'v1', kind: 'List', items: objects }
const read = readObjects({ from: 'the world', value: list })
if (read.bad.length > 0) throw new Error(JSON.stringify(read.bad[0]))

const state = openScheduler(read.objects, instant(0))

const placedIn = (): Omit<Ours, 'peakBytes'> =>
  batch(take(state.cluster), (draft) => {
    const shapes = new Map<number, ClassId>()
    const classFor = (shape: number): ClassId => {
      const known = shapes.get(shape)
      if (known !== undefined) return known
      const pod = state.pods.get(`default/shape-${shape}`)
      if (pod === undefined) throw new Error(`there is no shape ${shape}`)
      const made = getOrThrow(define(draft, podClassSpec(state, draft, pod)))
      shapes.set(shape, made)
      return made
    }
    const [started, began] = [performance.now(), process.cpuUsage()]
    let indexed = 0
    const picks = order.map((shape) => {
      const { answers, decidedBy } = place(draft, [{ class: classFor(shape), count: 1 }])
      if (decidedBy === 'index') indexed++
      return answers[0]?.placed[0]?.node
    })
    const seconds = (performance.now() - started) / 1000
    const { user, system } = process.cpuUsage(began)
    return {
      placed: picks.filter((node) => node !== undefined).length,
      seconds,
      cpuSeconds: (user + system) / 1e6,
      indexed,
      picks: picks.map((node) => (node === undefined ? '' : nodeName(draft, node))),
    }
  })[1]

const result: Ours = { ...placedIn(), peakBytes: process.resourceUsage().maxRSS * 1024 }
console.log(JSON.stringify(result))
