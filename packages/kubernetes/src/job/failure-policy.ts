/**
 * Evaluates the pod failure policy of a Job on a failed pod: the first rule that matches decides.
 * Without a matching rule, the failure counts toward the limit of the Job.
 *
 * Source: Kubernetes documentation, "Jobs" (pod failure policy), and the recorded answers of
 * Kubernetes 1.37.
 */

/** What a rule does: it fails the Job, or the index, or the failure counts, or it does not. */
export type FailureAction = 'FailJob' | 'FailIndex' | 'Count' | 'Ignore'

/** A rule; it has either `onExitCodes` or `onPodConditions`. */
export interface FailureRule {
  readonly action: FailureAction
  readonly onExitCodes?:
    | {
        readonly containerName?: string | undefined
        readonly operator: string
        readonly values: readonly number[]
      }
    | undefined
  readonly onPodConditions?: readonly FailureCondition[] | undefined
}

/** A condition of a pod. */
export interface FailureCondition {
  readonly type: string
  readonly status: string
  /** Why, where that was said. */
  readonly reason?: string | undefined
  readonly message?: string | undefined
}

/** A pod that failed: its containers, init containers last, and its conditions. */
export interface FailedPod {
  readonly containers: readonly {
    readonly name: string
    /** `undefined` for a container that did not end. */
    readonly exitCode: number | undefined
  }[]
  readonly conditions: readonly FailureCondition[]
}

/** A rule that matches a pod. */
export interface FailureMatch {
  readonly rule: FailureRule
  /** The position of the rule. */
  readonly at: number
  /** What it matches, in the words of the condition that a failed Job gets. */
  readonly text: (pod: string) => string
}

/** The first rule that matches; `undefined` when none does. */
export const failureMatchOf = (
  rules: readonly FailureRule[],
  pod: FailedPod,
): FailureMatch | undefined => {
  for (const [at, rule] of rules.entries()) {
    const text = textOfMatch(rule, pod)
    if (text !== undefined) return { rule, at, text }
  }
  return undefined
}

/** The action of the first rule that matches; `undefined` when none does. */
export const failureActionOf = (
  rules: readonly FailureRule[],
  pod: FailedPod,
): FailureAction | undefined => failureMatchOf(rules, pod)?.rule.action

/** Whether a failure with this action counts toward the limit of the Job. */
export const countsAsFailure = (action: FailureAction | undefined): boolean => action !== 'Ignore'

const textOfMatch = (
  { onExitCodes, onPodConditions = [] }: FailureRule,
  { containers, conditions }: FailedPod,
): FailureMatch['text'] | undefined => {
  if (onExitCodes === undefined) {
    const condition = conditions.find((one) =>
      onPodConditions.some(({ type, status }) => type === one.type && status === one.status),
    )
    return condition && ((pod) => `Pod ${pod} has condition ${condition.type}`)
  }
  const { containerName, operator, values } = onExitCodes
  const container = containers.find(
    ({ name, exitCode = 0 }) =>
      exitCode !== 0 &&
      (containerName === undefined || containerName === name) &&
      values.includes(exitCode) === (operator === 'In'),
  )
  return (
    container &&
    ((pod) =>
      `Container ${container.name} for pod ${pod} failed with exit code ${container.exitCode}`)
  )
}
