/**
 * Tests which priority a pod gets: its own, that of its PriorityClass, that of the default class,
 * or 0.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'

const priorityClass = (name: string, value: number, globalDefault = false) => ({
  apiVersion: 'scheduling.k8s.io/v1',
  kind: 'PriorityClass',
  metadata: { name },
  value,
  globalDefault,
})
const read = (spec: object, ...classes: readonly object[]) => readPod({ spec }, ...classes)
/** A pod that an API server has stored. */
const readStored = (spec: object, ...classes: readonly object[]) =>
  readPod({ spec, status: { phase: 'Pending' } }, ...classes)
const readPod = (
  { spec, status }: { readonly spec: object; readonly status?: object },
  ...classes: readonly object[]
) => {
  const containers = [{ name: 'main' }]
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { containers, ...spec },
    ...(status === undefined ? {} : { status }),
  }
  const input = readKubernetes([...classes, pod].map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const priority = (spec: object, ...classes: readonly object[]): number => {
  const { pending, warnings } = read(spec, ...classes)
  expect(warnings).toEqual([])
  return pending[0]!.priority
}

describe('a priority', () => {
  it('is the pod’s own', () => {
    expect(priority({ priority: -5 })).toBe(-5)
    const { pending } = readStored(
      { priority: 7, priorityClassName: 'high' },
      priorityClass('high', 9),
    )
    expect(pending[0]).toMatchObject({ priority: 7 })
  })
  it('is that of a class', () => {
    expect(priority({ priorityClassName: 'high' }, priorityClass('high', 1000))).toBe(1000)
    expect(priority({ priorityClassName: 'system-cluster-critical' })).toBe(2_000_000_000)
    expect(priority({ priorityClassName: 'system-node-critical' })).toBe(2_000_001_000)
  })
  it('is the default’s, and the lowest were there several', () => {
    const stored = (one: ReturnType<typeof priorityClass>, uid: string) => ({
      ...one,
      metadata: { ...one.metadata, uid },
    })
    const defaults = [
      stored(priorityClass('b', 30, true), 'b'),
      stored(priorityClass('a', 20, true), 'a'),
    ]
    expect(priority({}, priorityClass('high', 1000), ...defaults)).toBe(20)
    expect(priority({ priorityClassName: '' }, ...defaults)).toBe(20)
    expect(priority({}, priorityClass('high', 1000))).toBe(0)
  })
})

describe('a class that is not there', () => {
  const message = 'no PriorityClass with name hihg was found'
  const assumed = (priority: number) => [
    {
      code: 'PriorityAssumed',
      from: expect.stringMatching(/yaml$/) as string,
      subject: 'Pod default/a',
      text: `${message}: its priority is not known, ${priority} is assumed`,
    },
  ]
  it('is a reason not to make the pod', () => {
    const { pending, warnings } = read({ priorityClassName: 'hihg' }, priorityClass('high', 9))
    expect(pending[0]!.refusal).toBe(`pods "a" is forbidden: ${message}`)
    expect(warnings).toEqual([])
  })
  it('is assumed to be 0 where no class is among the documents', () => {
    const { pending, warnings } = read({ priorityClassName: 'hihg' })
    expect(pending[0]).toMatchObject({ priority: 0 })
    expect(pending[0]!.refusal).toBeUndefined()
    expect(warnings).toEqual(assumed(0))
  })
  it('is assumed to be the default one of a pod that runs', () => {
    const { running, warnings } = readStored(
      { priorityClassName: 'hihg', nodeName: 'n' },
      priorityClass('high', 9, true),
    )
    expect(running[0]).toMatchObject({ priority: 9 })
    expect(warnings).toEqual(assumed(9))
  })
  it('is nothing to a pod whose priority is stored', () => {
    const { pending, warnings } = readStored(
      { priorityClassName: 'hihg', priority: 5 },
      priorityClass('high', 9),
    )
    expect(pending[0]!.refusal).toBeUndefined()
    expect(warnings).toEqual([])
  })
})

it('is a whole number of 32 bits', () => {
  const value = priorityClass('high', 2 ** 31)
  expect(readKubernetes([{ from: 'a.yaml', value }])).toEqual(
    E.left([
      { from: 'a.yaml', at: ['value'], found: '2147483648', expected: 'a whole number of 32 bits' },
    ]),
  )
})
