/**
 * What the documents of the cluster query language leave open, each as an option. The defaults, and
 * why they are what they are, stand in the project's list of places where the platforms are silent.
 */
import type { ValueType } from '@stowage/kernel'

/** What the documents leave open about expressions; each field has a default in `queryOptions`. */
export interface QueryOptions {
  /** Whether a pattern has to match the whole value, or a part of it. */
  readonly anchoring: 'whole' | 'part'
  /**
   * What `!in` and `!~` say of an instance that lacks the attribute. `!=` is documented to fail.
   */
  readonly absent: 'fails' | 'passes'
  /**
   * Whether `!=`, `!in` and `!~` of `task:group` ask for no task of these groups, or for some task
   * of another.
   */
  readonly groupInequality: 'no task' | 'another task'
  /** As what `<`, `<=`, `>` and `>=` compare attributes and groups. */
  readonly attributeOrder: ValueType
  readonly agentVersionEquality: 'text' | 'version'
  readonly registeredAtEquality: 'text' | 'instant'
  /**
   * Which tasks `task:group` and `runningTasksCount` look at: those that are wanted RUNNING, or
   * those of them that are known to run.
   */
  readonly tasksCounted: 'desired' | 'running'
  /** Where parentheses may stand inside a simple expression. */
  readonly parentheses: 'in quotes' | 'nowhere'
}

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
