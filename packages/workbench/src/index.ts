/**
 * Stowage for a shell: texts in, answers out, as values, as JSON and as tables. A shell reads the
 * texts, asks one question, and lays the sections out. Pure: no clock, no disk, no host.
 *
 * 1. `readMachines`: the new machines and the catalogue of instance types.
 * 2. `readQuestion`: the documents, for every platform that they are of.
 * 3. `planWorkloads`, `explainWorkload` or `compareWorlds` (with `readPrices`): the answer.
 * 4. `planSections` or `plansJson`, and so on: the answer as tables or as JSON.
 *
 * Each of 1 to 3 gives a `Left` of faults for bad input: where, what was found, what was expected.
 */
export { compareWorlds, type Comparisons } from './compare/comparison.js'
export { readMachines, type Machines, type MachinesInput } from './machines/fleet.js'
export { readPrices, type PriceList } from './machines/price-list.js'
export type { FargateQuotas } from './platform/platform.js'
export { allocatableFormulas } from './platform/platforms.js'
export { explainWorkload, type Explanations } from './question/explain.js'
export { planWorkloads, type Plans } from './question/plan.js'
export { queryInstances } from './question/query.js'
export { readQuestion, type Question, type QuestionInput } from './question/question.js'
export type { SourceText, TextSet } from './text/documents.js'
export type { Faults } from './text/fault.js'
export type { Block, Section, Table } from './view/block.js'
export { comparisonsJson } from './view/comparison-json.js'
export { comparisonSections } from './view/comparison-sections.js'
export { explanationsJson } from './view/explanation-json.js'
export { explanationSections } from './view/explanation-sections.js'
export { instancesJson, instanceSections } from './view/instances.js'
export { plansJson } from './view/plan-json.js'
export { planSections } from './view/plan-sections.js'
export { printable } from './view/printable.js'
