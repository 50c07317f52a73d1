/**
 * Compares StatefulSets and DaemonSets with histories recorded from a control plane of Kubernetes
 * 1.37: after each step, the pods that exist, with template, node and readiness. The files are
 * `golden/control-plane/settle.*.jsonl.gz` of the folder that `STOWAGE_SHARED` names.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { byCodeUnit, nodeName } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import type { PodRecord } from '../memory/memory.js'
import { openWorld, reported, type World } from './world.fixture.js'

const folder = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/control-plane')
const fileOf = (name: string) => resolve(folder, `settle.${name}.jsonl.gz`)
const hasRecords = existsSync(fileOf('histories'))
const linesOf = <Line>(name: string): readonly Line[] =>
  hasRecords
    ? gunzipSync(readFileSync(fileOf(name)))
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line)
    : []

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly spec?: {
    readonly template?: { readonly spec: { readonly containers: readonly object[] } }
  }
}
interface Rule {
  readonly name?: string
  readonly image?: string
  readonly node?: string
  readonly then: string
}
interface Step {
  readonly rules?: readonly Rule[]
  readonly nodes?: Readonly<Record<string, string>>
  readonly apply?: readonly Manifest[]
  readonly delete?: readonly {
    readonly kind: string
    readonly name?: string
    readonly node?: string
    readonly propagation?: string
  }[]
}
interface History {
  readonly id: string
  readonly nodes: readonly Manifest[]
  readonly rules?: readonly Rule[]
  readonly steps: readonly Step[]
}
interface RecordedPod {
  readonly name?: string
  readonly node?: string
  readonly revision: string
  readonly ready?: boolean
}
interface Settled {
  readonly id: string
  readonly steps: readonly { readonly pods: readonly RecordedPod[] }[]
}

const namespaceOf = (manifest: Manifest) => ({
  ...manifest,
  metadata: { ...manifest.metadata, namespace: 'shop' },
})

/** Every pod has a probe, so that the rules of a history decide whether it is ready. */
const withProbe = (manifest: Manifest) => {
  const template = manifest.spec!.template!
  const containers = template.spec.containers.map((one) => ({
    ...{ ...one, readinessProbe: { tcpSocket: { port: 1 } } },
  }))
  const probed = { ...template, spec: { ...template.spec, containers } }
  return { ...namespaceOf(manifest), spec: { ...manifest.spec, template: probed } }
}

/** A world with the kubelets of a history. */
class Lab {
  readonly world: World = openWorld({ delays: { start: 100, stop: 100 } })
  rules: readonly Rule[] = []
  readonly nodes = new Map<string, Manifest>()
  /** The image of each template, by its printed text. */
  readonly images = new Map<string, string>()

  isReady = (pod: PodRecord): boolean => {
    const name = pod.name.slice('shop/'.length)
    const node = nodeName(this.world.state().cluster, pod.node)
    const rule = this.rules.find(
      (one) =>
        (one.name ?? name) === name &&
        (one.node ?? node) === node &&
        (one.image ?? this.images.get(pod.slot!.text)) === this.images.get(pod.slot!.text),
    )
    return rule === undefined || rule.then === 'Ready'
  }

  putNode = (node: Manifest): void => {
    const isKnown = this.nodes.has(node.metadata.name)
    this.nodes.set(node.metadata.name, node)
    const fact = { name: node.metadata.name, node }
    this.world.happen({ _tag: isKnown ? 'NodeChanged' : 'NodeJoined', ...fact })
  }

  apply = (manifest: Manifest): void => {
    const { kind, metadata } = manifest
    if (kind === 'Node') {
      const before = this.nodes.get(metadata.name) ?? [...this.nodes.values()][0]!
      this.putNode({ ...before, ...manifest, spec: manifest.spec ?? {} })
      return
    }
    this.world.happen(reported(`${kind} shop/${metadata.name}`, withProbe(manifest)))
    const [container] = manifest.spec!.template!.spec.containers as readonly { image: string }[]
    const record = this.world.memory().slotted.get(`${kind} shop/${metadata.name}`)!
    this.images.set(record.template.text, container!.image)
  }

  rest = (): void => {
    for (let i = 0; i < 100; i++) {
      this.world.wait(100)
      for (const pod of [...this.world.memory().pods.values()]) {
        const isReady = this.isReady(pod)
        if (pod.phase !== 'Running' || pod.isLeaving || isReady === (pod.readyAt !== undefined))
          continue
        this.world.happen(reported(`Pod ${pod.name}`, { ready: isReady }))
      }
    }
  }

  play = (step: Step): void => {
    if (step.rules !== undefined) this.rules = step.rules
    this.rest()
    for (const [name, what] of Object.entries(step.nodes ?? {})) {
      const node = this.nodes.get(name)!
      this.putNode({
        ...node,
        spec: { ...node.spec, unschedulable: what === 'Cordoned' },
      } as Manifest)
    }
    for (const { kind, name, node } of step.delete ?? []) {
      if (kind !== 'Pod') this.world.happen(reported(`${kind} shop/${name!}`, null))
      else
        for (const pod of [...this.world.memory().pods.values()])
          if (node === undefined || nodeName(this.world.state().cluster, pod.node) === node)
            this.world.happen(reported(`Pod ${pod.name}`, null))
    }
    for (const manifest of step.apply ?? []) this.apply(manifest)
    this.rest()
  }
}

/** What is compared of a pod; `revisions` maps templates to recorded revisions as they are seen. */
const picture = (lab: Lab): readonly (readonly [slot: string, text: string, ready: boolean])[] =>
  [...lab.world.memory().pods.values()]
    .map((pod) => {
      const isDaemon = pod.slot!.workload.startsWith('DaemonSet ')
      const slot = isDaemon
        ? nodeName(lab.world.state().cluster, pod.node)
        : pod.name.slice('shop/'.length)
      return [slot, pod.slot!.text, pod.readyAt !== undefined] as const
    })
    .sort(([a], [b]) => byCodeUnit(a, b))

const settled = new Map(linesOf<Settled>('settled').map((line) => [line.id, line]))
const histories = linesOf<History>('histories').filter(
  ({ id, steps }) =>
    /^(statefulset-(ordered|parallel)|daemonset)-/.test(id) &&
    // What is orphaned is not looked at here.
    steps.every((step) => (step.delete ?? []).every((one) => one.propagation !== 'Orphan')),
)

describe.skipIf(!hasRecords)(`recorded (skipped without ${folder}: set STOWAGE_SHARED)`, () => {
  it('there are some', () => {
    expect(histories.length).toBeGreaterThanOrEqual(6)
  })

  it.each(histories.map((history) => [history.id, history] as const))('%s', (id, history) => {
    const lab = new Lab()
    for (const node of history.nodes) lab.putNode(node)
    lab.rules = history.rules ?? []
    const revisions = new Map<string, string>()
    for (const [i, step] of history.steps.entries()) {
      lab.play(step)
      const pods = settled.get(id)!.steps[i]!.pods
      const theirs = [...pods].sort((a, b) =>
        byCodeUnit(a.name ?? a.node ?? '', b.name ?? b.node ?? ''),
      )
      const ours = picture(lab)
      expect(ours.map(([slot, , ready]) => ({ step: i, slot, ready }))).toEqual(
        theirs.map(({ name, node, ready = false }) => ({ step: i, slot: name ?? node, ready })),
      )
      for (const [at, [, text]] of ours.entries()) {
        const { revision } = theirs[at]!
        expect({ step: i, revision: revisions.get(text) ?? revision }).toEqual({
          step: i,
          revision,
        })
        revisions.set(text, revision)
      }
      expect(new Set(revisions.values()).size).toBe(revisions.size)
    }
  })
})
