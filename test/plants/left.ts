/** The mutants that no test can tell from what is meant, or that are left for another reason, each with that reason. */
import type { Change } from './mutant.js'

export interface Left extends Change {
  readonly reason: string
}

const inKernel = (file: string, ...changes: readonly Omit<Left, 'file'>[]): readonly Left[] =>
  changes.map((change) => ({ file: `packages/kernel/src/${file}`, ...change }))

export const left: readonly Left[] = [
  ...inKernel('judge/count.ts', {
    within: 'counting',
    was: 'for (let link = first[row]!; link > 0; link = next[link - 1]!)',
    became: 'for (let link = first[row]!; link >= 0; link = next[link - 1]!)',
    reason: 'Past the end of the list there is no class and no next, so nothing more is counted.',
  }),
  ...inKernel(
    'judge/int64.ts',
    {
      within: 'readInt64',
      was: "const value = BigInt(text.startsWith('+') ? text.slice(1) : text)",
      became: "const value = BigInt(text.endsWith('+') ? text.slice(1) : text)",
      reason: 'BigInt reads a plus itself.',
    },
    {
      within: 'readInt64',
      was: "const value = BigInt(text.startsWith('+') ? text.slice(1) : text)",
      became: "const value = BigInt(text.startsWith('+') ? text : text)",
      reason: 'BigInt reads a plus itself.',
    },
  ),
  ...inKernel(
    'score/balance.ts',
    {
      within: 'scoreBalanceChange',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'fill',
      was: 'shares[count++] = share < 1 ? share : 1',
      became: 'shares[count++] = share <= 1 ? share : 1',
      reason: 'At 1 both are 1.',
    },
  ),
  ...inKernel(
    'score/load.ts',
    {
      within: 'scoreShare',
      was: 'for (const part of raw.parts) lacking += add(part, parts, candidates, out)',
      became: 'for (const part of raw.parts) lacking -= add(part, parts, candidates, out)',
      reason: 'It is asked only whether any are lacking, and all count the same way.',
    },
    {
      within: 'scoreShare',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreShare',
      was: 'const weight = lacking === 0 ? all : weightAt(raw.parts, parts, rows[i]!)',
      became: 'const weight = false ? all : weightAt(raw.parts, parts, rows[i]!)',
      reason: 'A shortcut: summed node by node the weights are the same.',
    },
    {
      within: 'addFree',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason:
        'It writes one further, past the candidates, which means nothing there. At most a shortcut is missed.',
    },
    {
      within: 'addFree',
      was: 'else if (whole === 0) lacking++',
      became: 'else if (true) lacking++',
      reason: 'A shortcut is missed: the weights are then summed node by node, to the same.',
    },
    {
      within: 'addFree',
      was: 'else if (whole === 0) lacking++',
      became: 'else if (whole === 0) lacking--',
      reason: 'It is asked only whether any are lacking, and all count the same way.',
    },
    {
      within: 'addTaken',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason:
        'It writes one further, past the candidates, which means nothing there. At most a shortcut is missed.',
    },
    {
      within: 'addTaken',
      was: 'if (whole === 0) lacking++',
      became: 'if (whole === 0) lacking--',
      reason: 'It is asked only whether any are lacking, and all count the same way.',
    },
    {
      within: 'addTaken',
      was: 'else sums[i]! += weight * Math.floor(((taken < whole ? taken : whole) * 100) / whole)',
      became:
        'else sums[i]! += weight * Math.floor(((taken <= whole ? taken : whole) * 100) / whole)',
      reason: 'Where both are equal, either will do.',
    },
    {
      within: 'scoreRemaining',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
  ),
  ...inKernel(
    'score/score.ts',
    {
      within: 'chained',
      was: 'for (let i = 0; i < count; i++) weighted[i] = 0 - scores[i]!',
      became: 'for (let i = 0; i <= count; i++) weighted[i] = 0 - scores[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'weighed',
      was: "if (normaliser === 'none' && weight === 1) return { plugin, raw: scores, weighted: scores }",
      became: 'if (false) return { plugin, raw: scores, weighted: scores }',
      reason: 'A shortcut: a copy that is not normalised and weighs 1 is the same.',
    },
    {
      within: 'weighed',
      was: 'for (let i = 0; i < count; i++) weighted[i] = scores[i]!',
      became: 'for (let i = 0; i <= count; i++) weighted[i] = scores[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'weighed',
      was: 'for (let i = 0; i < count; i++) weighted[i]! *= weight',
      became: 'for (let i = 0; i <= count; i++) weighted[i]! *= weight',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'totals',
      was: 'for (const { weighted } of columns) for (let i = 0; i < count; i++) sums[i]! += weighted[i]!',
      became:
        'for (const { weighted } of columns) for (let i = 0; i <= count; i++) sums[i]! += weighted[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'totals',
      was: 'if (columns.length === 1) return columns[0]!.weighted',
      became: 'if (false) return columns[0]!.weighted',
      reason: 'A shortcut: the sum of one column is that column.',
    },
  ),
  ...inKernel('score/static.ts', {
    within: 'staticScore',
    was: 'if (raw.marks.length === 0) return sum',
    became: 'if (false) return sum',
    reason: 'A shortcut: no case of a mark adds nothing.',
  }),
]
