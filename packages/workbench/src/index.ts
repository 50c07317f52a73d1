/**
 * Exports the workbench: pure functions that read Kubernetes and ECS documents as texts, answer
 * questions about them, and convert the answers to tables or JSON. User interfaces, such as the
 * command line and the web page, add only input and output. A plan takes four steps:
 *
 * 1. `readMachines` reads the new machines and the catalogue (a table of EC2 instance types).
 * 2. `readQuestion` parses the documents and passes them to the platforms that recognise them.
 * 3. `planWorkloads`, `explainWorkload`, `measureCapacity` or `compareWorlds` computes the answer.
 * 4. `planSections` or `answerSections` converts the answer to tables, `plansJson` or `answerJson`
 *    to JSON.
 *
 * Steps 1 to 3 return a `Left` with all errors if the input is bad. A user interface that loads one
 * platform at a time calls `planStages` in place of steps 1 and 2.
 */
export { autoscaleWorkloads, type AutoscaleInput } from './autoscale/question.js'
export { applyChange, type AppliedChange } from './change/change.js'
export { compareWorlds } from './compare/comparison.js'
export { diffPlans, type OtherSide } from './difference/difference.js'
export { readMachines } from './machines/texts.js'
export { readPrices, type PriceList } from './machines/price-list.js'
export type { FargateQuotas } from './platform/platform.js'
export { ecs } from './platform/ecs.js'
export { kubernetes } from './platform/kubernetes.js'
export { allocatableFormulas } from './platform/platforms.js'
export { measureCapacity } from './question/capacity.js'
export { consolidateMachines } from './question/consolidate.js'
export { drainMachines } from './question/drain.js'
export { explainWorkload, type Explanations } from './question/explain.js'
export { planWorkloads } from './question/plan.js'
export type { Plans } from './question/plans.js'
export { queryInstances } from './question/query.js'
export { planStages } from './question/plan-stages.js'
export type { Question, QuestionInput } from './question/question.js'
export { readQuestion, zonesOfQuestion } from './question/texts.js'
export { provisionMachines } from './question/provision.js'
export { listTypes } from './question/machine-types.js'
export { documentsOf, type TextSet } from './text/documents.js'
export type { SourceText } from './text/json-documents.js'
export type { Faults } from './text/fault.js'
export { defaultDurations, durationText, readDuration, readDurations } from './rollout/durations.js'
export { rollOutChange } from './rollout/question.js'
export { replayRun } from './rollout/replay.js'
export { answerSchemas } from './schema/answers.js'
export { drawing } from './block/drawing.js'
export { answerJson, answerParts, answerSections } from './view/answer.js'
export type { Section } from './block/block.js'
export { plansJson } from './view/plan-json.js'
export { planPictures } from './view/plan-picture.js'
export { planSections } from './view/plan-sections.js'
export { printable } from './block/printable.js'
export { records } from './view/records.js'
