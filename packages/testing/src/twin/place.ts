/**
 * The slow twin of `place`: by priority, then as given; one replica after the other, each seeing
 * those before it.
 */
import type { AnswerPicture, ExplanationPicture } from '../picture/answer.js'
import { withReplica } from '../picture/picture.js'
import type { Picture } from '../picture/settled.js'
import type { ClassRecipe } from '../recipe/recipe.js'
import { explainTwin } from './explain.js'

/** A request with its class told. */
export interface Wish {
  readonly class: ClassRecipe
  readonly count: number
  readonly only?: readonly string[] | undefined
}

/** What came of the wishes, in their order, and what the cluster is then. */
export interface PlacedTwin {
  readonly answers: readonly AnswerPicture[]
  readonly after: Picture
}

/**
 * `replicas` gives the ids of the replicas in the order in which they are placed, for ties that are
 * seeded.
 */
export const placeTwin = (
  before: Picture,
  wishes: readonly Wish[],
  replicas: readonly number[],
): PlacedTwin => {
  const answers = new Map<number, AnswerPicture>()
  let after = before
  let used = 0
  for (const index of byPriority(wishes)) {
    const granted = grant(after, wishes[index]!, replicas.slice(used))
    answers.set(index, granted.answer)
    after = granted.after
    used += granted.answer.placed.length
  }
  return { answers: wishes.map((_, index) => answers.get(index)!), after }
}

/** The positions of the wishes: each comes before the first that is less urgent. */
export const byPriority = (wishes: readonly Pick<Wish, 'class'>[]): readonly number[] => {
  const urgencies = [...new Set(wishes.map((wish) => wish.class.priority))].sort((a, b) => b - a)
  return urgencies.flatMap((urgency) =>
    wishes.flatMap((wish, index) => (wish.class.priority === urgency ? [index] : [])),
  )
}

const grant = (
  before: Picture,
  wish: Wish,
  replicas: readonly number[],
): { readonly answer: AnswerPicture; readonly after: Picture } => {
  const placed: string[] = []
  let after = before
  while (placed.length < wish.count) {
    const replica = replicas[placed.length] ?? 0
    const explanation = explainTwin(after, { class: wish.class, only: wish.only, replica })
    if (explanation.chosen === undefined) {
      const unplaced = unplacedTwin(explanation, wish.count - placed.length)
      return { answer: { placed, unplaced }, after }
    }
    placed.push(explanation.chosen)
    after = withReplica(after, explanation.chosen, { class: wish.class, phase: 'assumed' })
  }
  return { answer: { placed, unplaced: undefined }, after }
}

/** How many nodes gave each reason in their first refusal, by the number of the reason. */
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
      firsts.filter((said) => said.includes(reason)).length,
    ]),
  }
}
