/**
 * Defines the options of the cluster query language, with defaults: one for each point that its
 * documentation leaves open. `docs/decisions/0006-where-the-platforms-are-silent.md` gives the
 * reason for each default.
 */
import type { ValueType } from '@stowage/kernel'

/** What the documentation of expressions leaves open; `queryOptions` has the defaults. */
export interface QueryOptions {
  /** Whether a pattern must match the whole value or any part of it. */
  readonly anchoring: 'whole' | 'part'
  /**
   * Whether `!in` and `!~` hold for an instance that lacks the attribute. `!=` is documented to
   * fail.
   */
  readonly absent: 'fails' | 'passes'
  /**
   * Whether `!=`, `!in` and `!~` of `task:group` require that no task is in these groups, or that
   * some task is in another.
   */
  readonly groupInequality: 'no task' | 'another task'
  /** The type as which `<`, `<=`, `>` and `>=` compare attributes and groups. */
  readonly attributeOrder: ValueType
  /** Whether `==` and `!=` compare agent versions as text or as versions. */
  readonly agentVersionEquality: 'text' | 'version'
  /** Whether `==` and `!=` compare dates as text or as points in time. */
  readonly registeredAtEquality: 'text' | 'instant'
  /**
   * The tasks that `task:group` and `runningTasksCount` count: all whose desired status is RUNNING,
   * or only those of them that are known to run.
   */
  readonly tasksCounted: 'desired' | 'running'
  /** Where a simple expression may contain parentheses. */
  readonly parentheses: 'in quotes' | 'nowhere'
}

/** The defaults. */
export const queryOptions: QueryOptions = {
  anchoring: 'whole',
  absent: 'fails',
  groupInequality: 'no task',
  attributeOrder: 'int64',
  agentVersionEquality: 'text',
  registeredAtEquality: 'instant',
  tasksCounted: 'desired',
  parentheses: 'in quotes',
}
