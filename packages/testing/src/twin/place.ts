/**
 * Places requests by priority, then in the given sequence, one replica at a time. Each replica sees
 * the replicas placed before it. This is the slow reference implementation (twin) of the kernel's
 * `place`.
 */
import type { AnswerPicture, ExplanationPicture } from '../picture/answer.js'
import type { Picture } from '../picture/canonical.js'
import { withReplica } from '../picture/picture.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { explainTwin } from './explain.js'

/** A request with the recipe of its class; `only` restricts it to nodes by name. */
export interface TwinRequest {
  readonly class: ClassRecipe
  readonly count: number
  readonly only?: readonly string[] | undefined
}

/**
 * Places requests in a picture: the next picture, and one answer per request. `replicas` are the
 * ids of the new replicas in the order in which they are placed; seeded ties depend on them.
 */
export const placeTwin = (
  before: Picture,
  requests: readonly TwinRequest[],
  replicas: readonly number[],
): readonly [after: Picture, answers: readonly AnswerPicture[]] => {
  const answers = new Map<number, AnswerPicture>()
  let after = before
  let used = 0
  for (const index of priorityOrder(requests)) {
    const [next, answer] = placeRequestTwin(after, requests[index]!, replicas.slice(used))
    answers.set(index, answer)
    after = next
    used += answer.placed.length
  }
  return [after, requests.map((_, index) => answers.get(index)!)]
}

/** Positions of requests, the highest priority first; equal priorities keep their order. */
export const priorityOrder = (
  requests: readonly Pick<TwinRequest, 'class'>[],
): readonly number[] => {
  const priorities = requests.map((request) => request.class.priority)
  const levels = [...new Set(priorities)].sort((a, b) => b - a)
  return levels.flatMap((level) =>
    priorities.flatMap((priority, index) => (priority === level ? [index] : [])),
  )
}

const placeRequestTwin = (
  before: Picture,
  request: TwinRequest,
  replicas: readonly number[],
): readonly [after: Picture, answer: AnswerPicture] => {
  const placed: string[] = []
  let after = before
  while (placed.length < request.count) {
    const replica = replicas[placed.length] ?? 0
    const explanation = explainTwin(after, { class: request.class, only: request.only, replica })
    if (explanation.chosen === undefined) {
      const unplaced = unplacedTwin(explanation, request.count - placed.length)
      return [after, { placed, unplaced }]
    }
    placed.push(explanation.chosen)
    after = withReplica(after, explanation.chosen, { class: request.class, phase: 'assumed' })
  }
  return [after, { placed, unplaced: undefined }]
}

/** The number of nodes per reason of their first refusal, in the order of reasons. */
export const unplacedTwin = (
  { nodes }: ExplanationPicture,
  count: number,
): NonNullable<AnswerPicture['unplaced']> => {
  const firsts = nodes.map(({ refusals }) => refusals[0]?.reasons ?? [])
  const reasons = [...new Set(firsts.flat())].sort((a, b) => a - b)
  return {
    count,
    nodes: nodes.length,
    reasons: reasons.map((reason) => [
      reason,
      firsts.filter((first) => first.includes(reason)).length,
    ]),
  }
}
