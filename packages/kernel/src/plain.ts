/**
 * Exports the kernel for callers without fp-ts. Its functions are those of `index.ts`, but return
 * (1) a `Result` instead of an Either and (2) a value or `undefined` instead of an Option.
 * Clusters, drafts (the mutable clusters inside `batch`) and ids are the same in both files, so a
 * caller can mix them.
 */
export { batch } from './cluster/batch.js'
export { empty, take, type Cluster, type Draft, type View } from './cluster/cluster.js'
export { trial } from './cluster/draft.js'
export { internColumn, internDimension, internMask, internWord } from './cluster/intern.js'
export { isGone, nodeLoad, nodeName, nodeIds, replicasOn, type Replica } from './cluster/read.js'
export { tableIds, type TableIds } from './change/table-ids.js'
export { encode } from './encode/encode.js'
export { allowIndexes } from './index/allow-indexes.js'
export { accepts } from './judge/pattern.js'
export { compareAs } from './judge/compare-as.js'
export { explain } from './place/explain.js'
export { openNodeJudge } from './place/node-judge.js'
export { place } from './place/place.js'
export { namesAfter, plan } from './place/plan.js'
export { remedies } from './place/remedies.js'
export { wordExplanation, wordPlan, wordReplay } from './place/word.js'
export { decode } from './plain/decode.js'
export {
  findClass,
  columnName,
  dimensionName,
  findNode,
  maskName,
  nodeSpec,
  nodesWhere,
  wordText,
} from './plain/find.js'
export { replay } from './plain/replay.js'
export { getOrThrow, type Result } from './plain/result.js'
export { forget, reclass, redescribe } from './plain/change.js'
export { bind, define, giveColumn, giveMask, join, leave, setPhase, evict } from './plain/write.js'
export {
  readLogHeader,
  replayLog,
  step,
  type AnyController,
  type Controller,
  type LowerNode,
  type StepOptions,
} from './plain/step.js'
export { churn } from './plain/churn.js'
export { binPacking } from './pack/bin-packing.js'
export { provision } from './plain/provision.js'
export type { Offering, SupplyOptions } from './provision/offering.js'
export type { SupplyPlan } from './provision/supply-plan.js'
export type { FleetPool, Pool, PoolShare, Supply, VendingPool } from './provision/pool.js'
export { splitShares } from './provision/split-shares.js'
export type {
  Decision,
  Intent,
  ReportOutcome,
  NodeChange,
  PassView,
  PoolsView,
  ReplicaChange,
} from './time/decision.js'
export type { Owner, StepEffect, StepEvent } from './time/event.js'
export type { StepFault } from './time/fault.js'
export { withChanges, type MapChange } from './time/layered-map.js'
export { logEnd, logHeader, logStep, type LogHeader } from './log/log.js'
export type { Placer, StepResult, UnplacedReplicas } from './time/step-result.js'
export type { PlainNode } from './time/event.js'
export type { LogFault, LogReplay, ReplayedStep } from './log/log-replay.js'
export { stateHash } from './log/state-hash.js'
export { bookingOf, openOrdersOf, type OpenOrder, type ReplicaBooking } from './time/read-state.js'
export { startSteps, type StepState } from './time/state.js'
export type {
  Answer,
  Explanation,
  NodeExplanation,
  DecidedBy,
  PlaceResult,
  Placement,
  Refusal,
  UnmetRequest,
  PlaceRequest,
} from './rule/answer.js'
export type { ClassSpec } from './rule/class.js'
export {
  chainOf,
  classSpecOf,
  fit,
  limit,
  need,
  nodeSpecOf,
  onlyNodes,
  requireThat,
  skew,
  sumOf,
  tallyOf,
} from './rule/constructors.js'
export {
  amountMax,
  cpu,
  memory,
  slots,
  ticksPerVcpu,
  type Bytes,
  type CpuTicks,
  type Vector,
} from './rule/dimension.js'
export { everyNode, type Attributes, type ValueType, type Expr, type Tally } from './rule/expr.js'
export type { BadClass, Fault, Use } from './rule/fault.js'
export type { Filter } from './rule/filter.js'
export {
  pluginId,
  reasonId,
  type ClassId,
  type ColumnId,
  type DimensionId,
  type MaskId,
  type NodeId,
  type PluginId,
  type ReasonId,
  type ReplicaId,
  type WordId,
} from './rule/id.js'
export { instant, instantOfSeconds, isInstant, later, type Instant } from './rule/instant.js'
export { pathOf, renderValue, type MalformedValue } from './rule/malformed.js'
export type { NodeSpec } from './rule/node-spec.js'
export type { NamedRequest, Plan } from './rule/plan.js'
export { pattern, type Piece } from './rule/pattern.js'
export { patternMax, type Program } from './rule/program.js'
export type { RawScore } from './rule/raw.js'
export type { Remedies } from './rule/remedy.js'
export type { Choice, Score, Tie } from './rule/score.js'
export type { Domain, Match, Phase } from './rule/match.js'
export { byCodeUnit } from './rule/text-order.js'
export type {
  Vocabulary,
  WordedExplanation,
  WordedPlan,
  WordedRefusal,
  WordedReplay,
} from './rule/vocabulary.js'
