/**
 * Defines the property that a choice (the rule that selects a node by scores) and its twin (slow
 * reference implementation) agree: in random clusters, both give every node the same scores and
 * find the same best nodes.
 */
import fc, { type Arbitrary, type IProperty } from 'fast-check'
import { anyNodeName } from '../arbitrary/text.js'
import { anyWorld } from '../arbitrary/world.js'
import { explainByName } from '../picture/answer.js'
import { picture } from '../picture/picture.js'
import { build } from '../lower/world.js'
import { findNodes } from '../lower/expr.js'
import { plainClass } from '../recipe/plain.js'
import type { ChoiceRecipe, RawScoreRecipe, ScoreRecipe, WorldRecipe } from '../recipe/recipe.js'
import { bestTwin, scoreNodes } from '../twin/choice.js'
import { assertSame } from './assert-same.js'

type Names = readonly string[] | undefined

/**
 * The property for choices. To plant a bug, pass `misread`: the kernel gets the misread choice and
 * the twin the original. All nodes are candidates, or only some.
 */
export const choiceAgrees = <Choice extends ChoiceRecipe>(
  anyChoice: Arbitrary<Choice>,
  misread: (choice: Choice) => ChoiceRecipe = (choice) => choice,
): IProperty<[WorldRecipe, Choice, Names]> =>
  fc.property(anyWorld, anyChoice, anyNames, (world, choice, names) =>
    agreeOn(world, choice, misread(choice), names),
  )

/** The property for raw scores, each as the only score of a choice. */
export const rawScoreAgrees = <Raw extends RawScoreRecipe>(
  anyRaw: Arbitrary<Raw>,
  misread: (raw: Raw) => RawScoreRecipe = (raw) => raw,
): IProperty<[WorldRecipe, Raw, Names]> =>
  fc.property(anyWorld, anyRaw, anyNames, (world, raw, names) =>
    agreeOn(world, choiceByRaw(raw), choiceByRaw(misread(raw)), names),
  )

const anyNames = fc.option(fc.array(anyNodeName, { maxLength: 5 }), { nil: undefined })

const agreeOn = (
  world: WorldRecipe,
  choice: ChoiceRecipe,
  misread: ChoiceRecipe,
  names: Names,
): void => {
  const lone = { ...plainClass, choice: misread }
  const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
  const explanation = explainByName(cluster, {
    class: classes[classes.length - 1]!,
    ...(names === undefined ? {} : { only: findNodes(cluster, names) }),
  })
  const all = picture(cluster)
  const passed = all.nodes.filter(({ name }) => names?.includes(name) ?? true)
  const contestants = scoreNodes(choice, passed, all)
  assertSame(
    { scores: explanation.nodes.map(({ scores }) => scores), best: explanation.best },
    {
      scores: contestants.map(({ scores }) => scores),
      best: bestTwin(contestants).map(({ node }) => node.name),
    },
  )
}

/** A choice with this score only. */
export const choiceByScore = (score: ScoreRecipe): ChoiceRecipe => ({
  _tag: 'Sum',
  scores: [score],
  tie: 'rank',
})

/** A choice with this raw score only, not normalised, with weight 1. */
export const choiceByRaw = (raw: RawScoreRecipe): ChoiceRecipe =>
  choiceByScore({ plugin: 0, raw, normaliser: 'none', weight: 1 })
