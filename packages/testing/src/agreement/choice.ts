/**
 * Choices agree with their twins: on every world, among all of its nodes or some, every node has
 * the same scores, and the same nodes are best.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyNodeName } from '../arbitrary/text.js'
import { anyWorld } from '../arbitrary/world.js'
import { explained } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../recipe/lower.js'
import { lowerNames } from '../recipe/lower-expr.js'
import { plainClass } from '../recipe/plain.js'
import type { ChoiceRecipe, RawRecipe, ScoreRecipe, WorldRecipe } from '../recipe/recipe.js'
import { bestTwin, contest } from '../twin/choice.js'
import { agree } from './agree.js'

type Names = readonly string[] | undefined

/**
 * The property for some choices. A planted bug is a way to misread one: the kernel is given what
 * was misread.
 */
export const choiceAgrees = <Choice extends ChoiceRecipe>(
  anyChoice: Arbitrary<Choice>,
  misread: (choice: Choice) => ChoiceRecipe = (choice) => choice,
): IProperty<[WorldRecipe, Choice, Names]> =>
  fc.property(anyWorld, anyChoice, anyNames, (world, choice, names) =>
    agreeOn(world, choice, misread(choice), names),
  )

/** The property for some raw scores, by each of which alone is chosen. */
export const rawAgrees = <Raw extends RawRecipe>(
  anyRaw: Arbitrary<Raw>,
  misread: (raw: Raw) => RawRecipe = (raw) => raw,
): IProperty<[WorldRecipe, Raw, Names]> =>
  fc.property(anyWorld, anyRaw, anyNames, (world, raw, names) =>
    agreeOn(world, byRaw(raw), byRaw(misread(raw)), names),
  )

const anyNames = fc.option(fc.array(anyNodeName, { maxLength: 5 }), { nil: undefined })

const agreeOn = (
  world: WorldRecipe,
  choice: ChoiceRecipe,
  read: ChoiceRecipe,
  names: Names,
): void => {
  const lone = { ...plainClass, choice: read }
  const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
  const said = explained(cluster, {
    class: classes[classes.length - 1]!,
    ...(names === undefined ? {} : { only: lowerNames(cluster, names) }),
  })
  const all = picture(cluster)
  const passed = all.nodes.filter(({ name }) => names?.includes(name) ?? true)
  const contestants = contest(choice, passed, all)
  agree(
    { scores: said.nodes.map(({ scores }) => scores), best: said.best },
    {
      scores: contestants.map(({ scores }) => scores),
      best: bestTwin(contestants).map(({ node }) => node.name),
    },
  )
}

/** A choice by one score alone. */
export const byScore = (score: ScoreRecipe): ChoiceRecipe => ({
  _tag: 'Sum',
  scores: [score],
  tie: 'rank',
})

/** A choice by one raw score as it is. */
export const byRaw = (raw: RawRecipe): ChoiceRecipe =>
  byScore({ plugin: 0, raw, normaliser: 'none', weight: 1 })
