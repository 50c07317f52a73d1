/**
 * Builds the documents for tests of this package: the smallest that are accepted, to which a test
 * adds what it is about.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { readEcs, type EcsInput } from '../read/input.js'
import type { EcsPlan } from './plan.js'

export const container = (more: object = {}): object => ({
  name: 'main',
  cpu: 256,
  memory: 512,
  ...more,
})

export const task = (family: string, more: object = {}): object => ({
  family,
  containerDefinitions: [container()],
  ...more,
})

export const service = (serviceName: string, more: object = {}): object => ({
  serviceName,
  taskDefinition: serviceName,
  desiredCount: 1,
  ...more,
})

/** What a task definition needs for Fargate. */
export const forFargate = {
  ...{ cpu: '256', memory: '512', networkMode: 'awsvpc' },
  requiresCompatibilities: ['FARGATE'],
}

/** The network of a service or a call whose tasks are in awsvpc mode. */
export const inSubnets = (...subnets: readonly string[]) => ({
  networkConfiguration: { awsvpcConfiguration: { subnets } },
})

/** 2048 CPU units and 4096 MiB, in a zone. */
export const instance = (ec2InstanceId: string, zone = 'a', more: object = {}): object => ({
  ec2InstanceId,
  registeredResources: resources(2048, 4096),
  attributes: [{ name: 'ecs.availability-zone', value: zone }],
  ...more,
})

export const resources = (cpu: number, memory: number): readonly object[] => [
  { name: 'CPU', integerValue: cpu },
  { name: 'MEMORY', integerValue: memory },
]

export const documents = (values: readonly unknown[]): readonly SourceDocument[] =>
  values.map((value, i) => ({ from: `file ${i + 1}`, value }))

/** Reads what is known to be right. */
export const input = (...values: readonly unknown[]): EcsInput => {
  const read = readEcs(documents(values))
  if (E.isRight(read)) return read.right
  throw new Error(read.left.map(complaint).join('\n'))
}

/** What is wrong with documents, a line each; none when nothing is. */
export const complaints = (...values: readonly unknown[]): readonly string[] => {
  const read = readEcs(documents(values))
  return E.isLeft(read) ? read.left.map(complaint) : []
}

const complaint = ({ from, at, found, expected }: DocumentFault): string =>
  `${from}, ${pathOf(at)}: found ${found}, expected ${expected}`

/** The instances with what each holds, such as `i-1: web web`. */
export const held = ({ plan }: EcsPlan): readonly string[] =>
  plan.nodes.map(
    ({ name, holds }) =>
      `${name}: ${holds.flatMap((each) => Array<string>(each.count).fill(each.name)).join(' ')}`,
  )

/** What found no place, such as `2 web: 3 RESOURCE:CPU`. */
export const unplaced = ({ plan }: EcsPlan): readonly string[] =>
  plan.unplaced.map(
    ({ name, count, reasons }) =>
      `${count} ${name}: ${reasons.map((each) => `${each.nodes} ${each.reason}`).join(', ')}`,
  )
