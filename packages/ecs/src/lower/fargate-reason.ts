/**
 * Defines two types of reasons why a task does not suit Fargate:
 *
 * 1. Refusal: the task needs something that Fargate cannot give.
 * 2. Objection: the task could run on Fargate, but its definition should be edited first.
 *
 * `raise/fargate.ts` converts both to sentences.
 *
 * Source: Amazon ECS Developer Guide, task definition differences for the Fargate launch type.
 */
import type { OperatingSystem, TaskSize } from '@stowage/fargate'
import type { RefusedField } from './fargate-field.js'

/** A need that Fargate cannot meet. */
export type FargateRefusal =
  | { readonly _tag: 'Daemon' }
  | { readonly _tag: 'Privileged'; readonly container: string }
  /** `device` is the type of a resource requirement, such as `GPU`. */
  | { readonly _tag: 'Device'; readonly container: string; readonly device: string }
  | {
      readonly _tag: 'HostPort'
      readonly container: string
      readonly hostPort: number
      readonly containerPort: number | undefined
    }
  /** Fields of one container, or of the task itself. */
  | {
      readonly _tag: 'Fields'
      readonly container: string | undefined
      readonly fields: readonly RefusedField[]
    }
  | { readonly _tag: 'NotASize'; readonly size: TaskSize; readonly nearest: readonly TaskSize[] }
  | { readonly _tag: 'TooLarge'; readonly size: TaskSize; readonly os: OperatingSystem }

/** A part of the definition that Fargate would refuse as written. */
export type FargateObjection =
  | { readonly _tag: 'NoTaskSize'; readonly missing: readonly ('cpu' | 'memory')[] }
  | { readonly _tag: 'NetworkMode' }
  | { readonly _tag: 'Compatibility' }
  | { readonly _tag: 'Constraints' }
  | { readonly _tag: 'Strategies' }
  | { readonly _tag: 'Reservation'; readonly containers: readonly string[] }
