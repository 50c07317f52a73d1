/**
 * Builds CloudFormation templates for tests: a minimal template with one service, to which each
 * test adds the part that it tests.
 */
import type { DocumentFault } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { readEcs, type EcsInput } from '../read/input.js'
import type { TemplateParameters } from './parameter.js'
import { templateOf, type Template } from './template.js'

export const container = (more: object = {}): object => ({
  ...{ Name: 'main', Cpu: 256, Memory: 512 },
  ...more,
})

export const taskDefinition = (more: object = {}): object => ({
  Type: 'AWS::ECS::TaskDefinition',
  Properties: { Family: 'web', ContainerDefinitions: [container()], ...more },
})

export const service = (more: object = {}): object => ({
  Type: 'AWS::ECS::Service',
  Properties: { ServiceName: 'web', TaskDefinition: { Ref: 'Task' }, DesiredCount: 2, ...more },
})

/** `Task` and `Web`, and the sections and resources that a test adds. */
export const template = (resources: object = {}, sections: object = {}): object => ({
  ...sections,
  Resources: { Task: taskDefinition(), Web: service(), ...resources },
})

const given = (values: Readonly<Record<string, string>>): TemplateParameters => ({
  from: '--parameter',
  values: new Map(Object.entries(values)),
})

export const read = (value: unknown, values: Readonly<Record<string, string>> = {}) =>
  readEcs([{ from: 'a/web.yaml', value }], given(values))

/** Reads what is known to be right. */
export const input = (value: unknown, values: Readonly<Record<string, string>> = {}): EcsInput => {
  const found = read(value, values)
  if (E.isRight(found)) return found.right
  throw new Error(found.left.map(complaint).join('\n'))
}

/** What is wrong, a line each; none when nothing is. */
export const complaints = (
  value: unknown,
  values: Readonly<Record<string, string>> = {},
): readonly string[] => {
  const found = read(value, values)
  return E.isLeft(found) ? found.left.map(complaint) : []
}

const complaint = ({ from, at, found, expected }: DocumentFault): string =>
  `${from}, ${pathOf(at)}: found ${found}, expected ${expected}`

/** The sections of a template without more than these. */
export const sectionsOf = (value: object): Template => templateOf({ from: 'a/web.yaml', value })
