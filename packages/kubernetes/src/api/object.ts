/** Defines the type of an object as an API server would return it: kind, name, owner and status. */
import { byCodeUnit } from '@stowage/kernel'

/** An object. */
export interface ApiObject {
  readonly kind: string
  readonly namespace: string
  /** Without the namespace. */
  readonly name: string
  /** Kind and name of its controller. */
  readonly owner?: string
  /** All its owners; of a claim alone. */
  readonly owners?: readonly string[]
  /** Whether it was deleted and is still there; of a claim alone. */
  readonly isLeaving?: boolean
  /** That of a template: of a Deployment, a ReplicaSet or a ControllerRevision. */
  readonly revision?: number
  /** `spec.replicas`. */
  readonly replicas?: number
  /** Without times and `observedGeneration`; conditions in the order of their types. */
  readonly status?: Readonly<Record<string, unknown>>
}

/** A condition of a status. */
export interface ApiCondition {
  readonly type: string
  readonly status: string
  readonly reason: string
  readonly message: string
}

/** The conditions in the order of their types. */
export const inTypeOrder = (conditions: readonly ApiCondition[]): readonly ApiCondition[] =>
  [...conditions].sort((one, other) => byCodeUnit(one.type, other.type))

/** The numbers that a status leaves out when they are 0. */
export const withoutZeros = (
  numbers: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(numbers).filter(([, number]) => number !== 0))

/** The name of an object without its namespace. */
export const bareName = (name: string): string => name.slice(name.indexOf('/') + 1)
