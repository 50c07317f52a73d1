/** For tests of the kernel and of what is built on it: recipes, arbitraries, pictures, invariants, slow twins, agreements. */
export { agree } from './agreement/agree.js'
export { byRaw, byScore, choiceAgrees } from './agreement/choice.js'
export { filterAgrees } from './agreement/filter.js'
export { placeAgrees } from './agreement/place.js'
export { playAgrees } from './agreement/play.js'
export { anyClass, anyEasyClass, anyFittingClass, anyRankedClass } from './arbitrary/class.js'
export { anyExpr, anyToleration } from './arbitrary/expr.js'
export { anyFilter, anyFit, anyLimit, anyOnly, anyRequire } from './arbitrary/filter.js'
export { anyHistory, anyOperation, anyOperations, historyOf } from './arbitrary/history.js'
export { anyAttributes, anyNode, anyNodes } from './arbitrary/node.js'
export { anyChoice, anyCounts, anyLoad, anyRaw, anyScore, anyStatic } from './arbitrary/score.js'
export { anyMatch, anyNodeTally, anyTally } from './arbitrary/tally.js'
export {
  anyDimension,
  anyFact,
  anyKey,
  anyNodeName,
  anyNumber,
  anyPhase,
  anyValue,
} from './arbitrary/text.js'
export { anyCapacity, anyDemand, anyDemands } from './arbitrary/vector.js'
export {
  anyCluster,
  anyReplica,
  anyRequest,
  anyRequests,
  anyWorld,
  worldOf,
} from './arbitrary/world.js'
export { nothingOverfull } from './invariant/capacity.js'
export { listsAgree } from './invariant/lists.js'
export { loadsAddUp } from './invariant/loads.js'
export {
  explained,
  pictureOfAnswer,
  pictureOfExplanation,
  type AnswerPicture,
  type ExplanationPicture,
  type NodeExplanationPicture,
  type RefusalPicture,
  type ScorePicture,
} from './picture/answer.js'
export { picture, pictureOfClass, withReplica } from './picture/picture.js'
export { loadOf, type NodePicture, type Picture, type ReplicaPicture } from './picture/settled.js'
export { moves, type Moves } from './play/moves.js'
export type { BatchRecipe, History, Operation } from './play/operation.js'
export { allReplicas, perform, requested, type Cast, type Outcome } from './play/perform.js'
export { placingBy, type Decide } from './play/placing-by.js'
export { play, sightOf, type Moment, type Sight } from './play/play.js'
export { refuted } from './play/refuted.js'
export { build, defineRecipe, lowerClass, lowerNode, type Built } from './recipe/lower.js'
export { lowerExpr, lowerFilter, lowerNames, lowerRaw, lowerVector } from './recipe/lower-rule.js'
export { amountOf, valueOf } from './recipe/pairs.js'
export { plainClass, plainNode } from './recipe/plain.js'
export { recipeOf, recipeOfNode, vectorOf } from './recipe/recipe-of.js'
export { namesOf } from './recipe/told-rule.js'
export type {
  ChoiceRecipe,
  ClassRecipe,
  CountsRecipe,
  ExprRecipe,
  FilterRecipe,
  FitRecipe,
  LimitRecipe,
  LoadRecipe,
  MatchRecipe,
  NodeRecipe,
  OnlyRecipe,
  RawRecipe,
  ReplicaRecipe,
  RequestRecipe,
  RequireRecipe,
  ScoreRecipe,
  StaticRecipe,
  TallyRecipe,
  Told,
  VectorRecipe,
  WorldRecipe,
} from './recipe/recipe.js'
export { bestTwin, contest, type Contestant } from './twin/choice.js'
export { explainTwin, type Asked } from './twin/explain.js'
export { exprTwin } from './twin/expr.js'
export { filterTwin } from './twin/filter.js'
export { normaliseTwin } from './twin/normalise.js'
export { performAllTwin, performTwin } from './twin/perform.js'
export { byPriority, placeTwin, unplacedTwin, type PlacedTwin, type Wish } from './twin/place.js'
export { rawTwin } from './twin/score.js'
export { pictureOfStage, stageOf, type Stage, type Standing } from './twin/stage.js'
export { matchTwin, tallyTwin } from './twin/tally.js'
export { tieTwin } from './twin/tie.js'
