/**
 * Times one placement in three rows: by index, by scan (a look at every node), and by whichever of
 * the two the kernel chooses. The suites vary in the rule set, such as anti-affinity, and in the
 * number of classes, up to 1,000. In suites "with stops", each placement also stops an old replica.
 * In the others, all replicas are removed between two runs, which is not timed.
 */
import type { DecidedBy } from '@stowage/kernel'
import { crowd, ruleSets, shapes, type RuleSet } from './shapes.js'
import type { Row, Suite } from './suite.js'
import { clear, go, openWork } from './work.js'

/** Fewer where a scan takes long. */
const decisionsAt = (size: number): number => (size < 100_000 ? 200 : 20)

const suiteOf = (rules: RuleSet, classes: number, stops: boolean): Suite => ({
  name: `${rules}, ${classes} classes, ${stops ? 'with stops' : 'placements only'}`,
  sizes: { smoke: [64], full: [100, 1_000, 10_000, 100_000] },
  unit: 'ns per decision',
  time: 200,
  cases: (size) => {
    const decisions = decisionsAt(size)
    const opened = (seed: number) => openWork(shapes(crowd(size), rules, classes), seed)
    const answers = ([undefined, 'index', 'scan'] as const).map((path) =>
      go(opened(13), { path, stops }, decisions),
    )
    const row = (name: string, path: DecidedBy | undefined): Row => {
      const work = opened(17)
      return {
        name,
        run: () => go(work, { path, stops }, decisions),
        ...(stops ? {} : { before: () => clear(work) }),
        answers,
      }
    }
    const rows = [row('whichever pays', undefined), row('index', 'index'), row('scan', 'scan')]
    return { perRun: decisions, rows }
  },
})

export const indexSuites: readonly Suite[] = ruleSets.flatMap((rules) =>
  [1, 20, 1_000].flatMap((classes) => [false, true].map((stops) => suiteOf(rules, classes, stops))),
)
