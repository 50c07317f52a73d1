/** Choices agree with their twins: on every world, every node has the same scores, and the same nodes are best. */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyWorld } from '../arbitrary/world.js'
import { explained } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../recipe/lower.js'
import { plainClass } from '../recipe/plain.js'
import type { ChoiceRecipe, RawRecipe, ScoreRecipe, WorldRecipe } from '../recipe/recipe.js'
import { bestTwin, contest } from '../twin/choice.js'
import { agree } from './agree.js'

/** The property for some choices. A planted bug is a way to misread one: the kernel is given what was misread. */
export const choiceAgrees = <Choice extends ChoiceRecipe>(
  anyChoice: Arbitrary<Choice>,
  misread: (choice: Choice) => ChoiceRecipe = (choice) => choice,
): IProperty<[WorldRecipe, Choice]> =>
  fc.property(anyWorld, anyChoice, (world, choice) => {
    const lone = { ...plainClass, choice: misread(choice) }
    const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
    const said = explained(cluster, { class: classes[classes.length - 1]! })
    const all = picture(cluster)
    const contestants = contest(choice, all.nodes, all)
    agree(
      { scores: said.nodes.map(({ scores }) => scores), best: said.best },
      {
        scores: contestants.map(({ scores }) => scores),
        best: bestTwin(contestants).map(({ node }) => node.name),
      },
    )
  })

/** A choice by one score alone. */
export const byScore = (score: ScoreRecipe): ChoiceRecipe => ({
  _tag: 'Sum',
  scores: [score],
  tie: 'rank',
})

/** A choice by one raw score as it is. */
export const byRaw = (raw: RawRecipe): ChoiceRecipe =>
  byScore({ plugin: 0, raw, normaliser: 'none', weight: 1 })
