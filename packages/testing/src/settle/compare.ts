/**
 * Compares what the simulated controllers did in a history (a list of steps done to a cluster) with
 * what a real control plane did when the history was recorded. After each step, it compares the
 * answers to requests, the objects with their statuses, the pods and the nodes.
 *
 * A control plane leaves some things to chance, so a history may be recorded several times. Our run
 * must equal one of the recorded runs from the first step to the last.
 */
import type { Agreement, Conformance, Difference } from '../conformance/conformance.js'
import { canonicalJson } from './canonical-json.js'
import type { SettledLine, SettledStep, SettleLine, SettleRequest } from './line.js'

/** Compares our answers with recorded ones; `answering` gives ours. */
export const settleConformance = (
  lines: readonly SettleLine[],
  recorded: readonly SettledLine[],
  answering: (line: SettleLine) => SettledLine,
): Conformance => {
  const byId = runsById(recorded)
  const families = new Map<string, Agreement>()
  const differences: Difference[] = []
  for (const line of lines) {
    const runs = byId.get(line.id)
    if (runs === undefined) continue
    const family = line.id.replace(/-\d+-\d+$/, '')
    const ours = answering(line).steps
    const found = fewest(
      runs.map(({ steps }) => steps.flatMap((step, i) => differencesIn(step, ours[i], i))),
    )
    for (const one of found) differences.push({ ...one, id: line.id, family, same: false })
    const { same, compared } = families.get(family) ?? { same: 0, compared: 0 }
    families.set(family, { same: same + (found.length === 0 ? 1 : 0), compared: compared + 1 })
  }
  const ids = new Set(lines.map(({ id }) => id))
  const unanswered = lines.filter(({ id }) => !byId.has(id)).map(({ id }) => id)
  return {
    ...{ compared: lines.length - unanswered.length, families, plugins: new Map(), differences },
    ...{ unanswered, strays: [...byId.keys()].filter((id) => !ids.has(id)) },
    indeterminate: [...byId].flatMap(([id, runs]) =>
      ids.has(id) && new Set(runs.map(textOfRun)).size > 1 ? [id] : [],
    ),
  }
}

const runsById = (
  recorded: readonly SettledLine[],
): ReadonlyMap<string, readonly SettledLine[]> => {
  const byId = new Map<string, readonly SettledLine[]>()
  for (const run of recorded) byId.set(run.id, [...(byId.get(run.id) ?? []), run])
  return byId
}

const textOfRun = ({ steps }: SettledLine): string => canonicalJson(steps.map(partsOf))

/** The shortest list; of equally long ones the first. */
const fewest = <Item>(lists: readonly (readonly Item[])[]): readonly Item[] =>
  lists.reduce((least, list) => (list.length < least.length ? list : least))

type StepDifference = Omit<Difference, 'id' | 'family' | 'same'>

const differencesIn = (
  theirs: SettledStep,
  ours: SettledStep | undefined,
  step: number,
): readonly StepDifference[] => {
  const [a, b] = [partsOf(theirs), ours === undefined ? {} : partsOf(ours)]
  return Object.keys(a).flatMap((what) => {
    const [one, other] = [a[what]!, b[what] ?? []]
    if (canonicalJson(one) === canonicalJson(other)) return []
    return [{ pod: `step ${step}`, plugin: '', what, ...onlyIn(one, other) }]
  })
}

/** What one list has and the other has not, on both sides. */
const onlyIn = (
  one: readonly string[],
  other: readonly string[],
): { readonly theirs: string; readonly ours: string } => ({
  theirs: one.filter((text) => !other.includes(text)).join(' '),
  ours: other.filter((text) => !one.includes(text)).join(' '),
})

/** The parts of a step; the order of pods and of objects says nothing. */
const partsOf = ({
  requests = [],
  restless = false,
  objects,
  pods,
  nodes = [],
}: SettledStep): Readonly<Record<string, readonly string[]>> => ({
  requests: requests.map((request) => canonicalJson(answerIn(request))),
  restless: restless ? ['never at rest'] : [],
  objects: objects.map(canonicalJson).sort(),
  pods: pods.map(canonicalJson).sort(),
  nodes: nodes.map(canonicalJson).sort(),
})

/** Of a refusal the code counts: admission is compared by itself, and warnings are not given. */
const answerIn = ({ verb, kind, name, refused }: SettleRequest): object => ({
  ...{ verb, kind, name, refused: refused?.code },
})
