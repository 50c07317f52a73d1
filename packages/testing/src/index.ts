/**
 * Exports property tests with fast-check, for the Stowage kernel and for schedulers built on it:
 * (1) generators of random clusters, (2) invariants, (3) twins (slow, obvious reference
 * implementations), and (4) properties that compare the kernel with its twins.
 */
export { choiceAgrees, rawScoreAgrees } from './agreement/choice.js'
export { filterAgrees } from './agreement/filter.js'
export { placeAgrees } from './agreement/place.js'
export { placeBy } from './agreement/place-by.js'
export { playAgrees } from './agreement/play.js'
export { isRefuted } from './agreement/refuted.js'
export { anyClass, anyFittingClass } from './arbitrary/class.js'
export { anyFilter } from './arbitrary/filter.js'
export { anyHistory } from './arbitrary/history.js'
export { nodeOf, nodesOf } from './arbitrary/node.js'
export { anyChoice, anyRawScore } from './arbitrary/score.js'
export { anyTally } from './arbitrary/tally.js'
export { anyRequests, anyWorld, worldOf } from './arbitrary/world.js'
export { nothingOverfull } from './invariant/capacity.js'
export { listsAgree } from './invariant/lists.js'
export { loadsAddUp } from './invariant/loads.js'
export { lowerRequests } from './lower/request.js'
export { build, lowerClass, lowerNode } from './lower/world.js'
export type { ExplanationPicture } from './picture/answer.js'
export { loadOf } from './picture/canonical.js'
export { picture } from './picture/picture.js'
export { moves } from './play/moves.js'
export type { ClusterHistory } from './play/operation.js'
export { valueOf } from './recipe/pairs.js'
export { plainClass, plainNode } from './recipe/plain.js'
export type {
  ChoiceRecipe,
  ClassRecipe,
  FilterRecipe,
  NodeRecipe,
  RawScoreRecipe,
  RequestRecipe,
  WorldRecipe,
} from './recipe/recipe.js'
export { fixedCount, type CountMemory } from './steps/fixed-count.js'
export type { StepScenario } from './steps/scenario.js'
export { worldsHold, type StepSubject } from './steps/worlds-hold.js'
export { explainTwin } from './twin/explain.js'
export { placeTwin } from './twin/place.js'
