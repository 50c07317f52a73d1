/**
 * For tests of the kernel and of what is built on it: recipes, arbitraries, pictures, invariants,
 * slow twins, agreements.
 */
export { agree } from './agreement/agree.js'
export { byRaw, byScore, choiceAgrees, rawAgrees } from './agreement/choice.js'
export { filterAgrees } from './agreement/filter.js'
export { placeAgrees } from './agreement/place.js'
export { playAgrees } from './agreement/play.js'
export {
  anyClass,
  anyEasyClass,
  anyEchoingClass,
  anyFittingClass,
  anyPackedClass,
  anyRankedClass,
  anyRoomyClass,
} from './arbitrary/class.js'
export { anyEligibility, anyToleration } from './arbitrary/eligibility.js'
export { anyCount, anyExpr } from './arbitrary/expr.js'
export {
  anyFilter,
  anyFit,
  anyLimit,
  anyNeed,
  anyOnly,
  anyRequire,
  anySkew,
} from './arbitrary/filter.js'
export { anyHistory, anyOperation, anyOperations, historyOf } from './arbitrary/history.js'
export {
  anyAttributes,
  anyNode,
  anyNodes,
  attributesOf,
  nodeOf,
  nodesOf,
  type NodeVocabulary,
} from './arbitrary/node.js'
export { anyCompare, anyPattern } from './arbitrary/leaf.js'
export { anyMatch } from './arbitrary/match.js'
export { anyProgram } from './arbitrary/pattern.js'
export {
  anyChoice,
  anyCounts,
  anyGiven,
  anyLoad,
  anyLoadPoints,
  anyRaw,
  anyScore,
  anySpread,
  anyStatic,
} from './arbitrary/score.js'
export { anyDomain, anyNodeTally, anyTally } from './arbitrary/tally.js'
export {
  anyColumnName,
  anyDimension,
  anyFact,
  anyInstant,
  anyInteger,
  anyKey,
  anyMaskName,
  anyNodeName,
  anyNumber,
  anyPhase,
  anyValue,
  anyVersion,
} from './arbitrary/text.js'
export { anyCapacity, anyDemand, anyDemands } from './arbitrary/vector.js'
export {
  anyCluster,
  anyColumn,
  anyMask,
  anyReplica,
  anyRequest,
  anyRequests,
  anyWorld,
  worldOf,
  type WorldVocabulary,
} from './arbitrary/world.js'
export { placesIn, replaced, valueAt } from './damage/damage.js'
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
export {
  loadOf,
  type GivenPicture,
  type NodePicture,
  type Picture,
  type ReplicaPicture,
} from './picture/settled.js'
export type { OnNode, Tried, Turn } from './picture/turn.js'
export { moves, type Moves } from './play/moves.js'
export type { BatchRecipe, History, Operation } from './play/operation.js'
export { allReplicas, perform, requested, type Cast, type Outcome } from './play/perform.js'
export { placingBy, type Decide } from './play/placing-by.js'
export { play, sightOf, type Moment, type Sight } from './play/play.js'
export { refuted, type Refuting } from './play/refuted.js'
export { build, defineRecipe, lowerClass, lowerNode, type Built } from './recipe/lower.js'
export { lowerExpr, lowerNames, lowerTally } from './recipe/lower-expr.js'
export { lowerFilter, lowerRaw, lowerVector } from './recipe/lower-rule.js'
export { amountOf, valueOf } from './recipe/pairs.js'
export { plainClass, plainNode } from './recipe/plain.js'
export { renamedClass, renamedRequest, renamedWorld, type Rename } from './recipe/rename.js'
export { recipeOf, recipeOfNode, vectorOf } from './recipe/recipe-of.js'
export { namesOf } from './recipe/told-expr.js'
export type {
  ChoiceRecipe,
  ClassRecipe,
  ColumnRecipe,
  CountsRecipe,
  DomainRecipe,
  ExprRecipe,
  FilterRecipe,
  FitRecipe,
  GivenRecipe,
  LimitRecipe,
  LoadPointsRecipe,
  LoadRecipe,
  MaskRecipe,
  MatchRecipe,
  NeedRecipe,
  NodeRecipe,
  OnlyRecipe,
  RawRecipe,
  ReplicaRecipe,
  RequestRecipe,
  RequireRecipe,
  ScoreRecipe,
  SkewRecipe,
  SpreadRecipe,
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
export { logarithmTwin } from './twin/log.js'
export { normaliseTwin } from './twin/normalise.js'
export { orderTwin } from './twin/order.js'
export { acceptsTwin } from './twin/pattern.js'
export { performAllTwin, performTwin } from './twin/perform.js'
export { byPriority, placeTwin, unplacedTwin, type PlacedTwin, type Wish } from './twin/place.js'
export { rawsTwin } from './twin/score.js'
export { pictureOfStage, stageOf, type Stage, type Standing } from './twin/stage.js'
export { domainsTwin, matchTwin, tallyTwin } from './twin/tally.js'
export { tieTwin } from './twin/tie.js'
