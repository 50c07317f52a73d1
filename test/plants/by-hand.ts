/**
 * Bugs of the kind that a person makes and a mutation tester does not: the wrong dimension, the wrong rounding, an id that
 * outlived its node, what a decision before has left behind.
 */
import type { Plant } from './plant.js'

type Bug = Omit<Plant, 'file'>

const inKernel = (file: string, ...bugs: readonly Bug[]): readonly Plant[] =>
  bugs.map((bug) => ({ file: `packages/kernel/src/${file}`, ...bug }))

const judge: readonly Plant[] = [
  ...inKernel(
    'judge/fit.ts',
    {
      find: 'columnsOf(parts, part.dimension)',
      replace: 'columnsOf(parts, 0)',
      why: 'every part is asked of the first dimension',
    },
    {
      find: 'part.amount > capacityAt(parts, part.dimension, row)',
      replace:
        'part.amount > capacityAt(parts, part.dimension, row) - loadAt(parts, part.dimension, row)',
      why: 'what is taken now is held to be taken for ever',
    },
    {
      find: 'if (capacity[row]! - load[row]! >= amount) kept++',
      replace: 'if (capacity[row]! === 0 || capacity[row]! - load[row]! >= amount) kept++',
      why: 'a node that has nothing of a dimension fits any demand',
    },
  ),
  ...inKernel(
    'judge/count.ts',
    {
      find: '(masks[classes[link - 1]!]! >> phase[link - 1]!) & 1',
      replace: '(masks[classes[link - 1]!]! >> 1) & 1',
      why: 'every replica is held to be running',
    },
    {
      find: '>> phase[link - 1]!',
      replace: '>> phase[link]!',
      why: 'the phase is that of the row beside',
    },
  ),
  ...inKernel(
    'judge/expr.ts',
    {
      find: 'return !holdsOf(expr.of, parts, row, subject)',
      replace: 'return !holds(expr.of, parts, row)',
      why: 'under a Not the node is asked where a mark is meant',
    },
    {
      find: 'const value = readInt64(parts.words.texts[word]!)',
      replace: 'const value = Number(parts.words.texts[word]!)',
      why: 'values are compared as doubles',
    },
    {
      find: 'expr.nodes.includes(nodeIdOf(parts, row))',
      replace: 'expr.nodes.some((node) => node % 67_108_864 === row)',
      why: 'the id of a node that left names whatever has its row now',
    },
  ),
  ...inKernel('judge/int64.ts', {
    find: '[0-9]+',
    replace: '(?:0|[1-9][0-9]*)',
    why: 'leading zeros are refused',
  }),
  ...inKernel('judge/judge.ts', {
    find: 'reasons: short.map((part) => part.reason)',
    replace: 'reasons: short.slice(0, 1).map((part) => part.reason)',
    why: 'only the first dimension that falls short is told',
  }),
  ...inKernel('judge/limit.ts', {
    find: 'count(row) + rule.self <= rule.most',
    replace: 'count(row) < rule.most',
    why: 'the new replica counts although it does not match',
  }),
  ...inKernel('judge/only.ts', {
    find: 'new Set(rowsOf(parts, rule.nodes))',
    replace: 'new Set(rule.nodes.map((node) => node % 67_108_864))',
    why: 'the id of a node that left names whatever has its row now',
  }),
]

const score: readonly Plant[] = [
  ...inKernel(
    'score/balance.ts',
    {
      find: 'Math.sqrt(squares / count)',
      replace: 'Math.sqrt(squares / (count - 1))',
      why: 'the deviation is that of a sample',
    },
    {
      find: '50 + Math.floor((50 + change) / 2)',
      replace: '50 + Math.ceil((50 + change) / 2)',
      why: 'a half is rounded up',
    },
    {
      find: 'Math.floor((1 - deviation(shares, count)) * 100)',
      replace: 'Math.round((1 - deviation(shares, count)) * 100)',
      why: 'the balance is rounded to the nearest',
    },
    {
      find: 'if (whole === 0) continue',
      replace: 'if (whole === 0) { shares[count++] = 0; continue }',
      why: 'what the node has nothing of is held to be free',
    },
  ),
  ...inKernel(
    'score/best.ts',
    {
      find: 'positions[hash(tie.seeded, replica) % count]!',
      replace: 'positions[(hash(tie.seeded, replica) + 1) % count]!',
      why: 'a seeded tie goes to the next one',
    },
    {
      find: 'hash(tie.seeded, replica) %',
      replace: 'hash(tie.seeded, replica + 1) %',
      why: 'a seeded tie hashes the replica after this one',
    },
    {
      find: 'hash(tie.seeded, replica) % count',
      replace: 'hash(tie.seeded, replica % 67_108_864) % count',
      why: 'a seeded tie forgets how often the row was used before',
    },
    {
      find: '0xc2b2ae35',
      replace: '0xc2b2ae3d',
      why: 'another mix, that any seed gives a different choice by',
    },
    {
      find: "tie === 'rank' ? positions[0]!",
      replace: "tie === 'rank' ? positions[count - 1]!",
      why: 'the last in rank is taken',
    },
    {
      find: 'for (const column of others)',
      replace: 'for (const column of others.slice(0, 1))',
      why: 'the third column and those after it decide nothing',
    },
  ),
  ...inKernel(
    'score/counts.ts',
    {
      find: 'domainCounting(parts, tally)\n',
      replace:
        'domainCounting({ ...parts, roster: { ...parts.roster, ranked: rows.subarray(0, count) } }, tally)\n',
      why: 'only feasible nodes are counted',
    },
    {
      find: 'out.fill(0, 0, count)',
      replace: '',
      why: 'the sums begin with what a decision before has left',
    },
  ),
  ...inKernel(
    'score/load.ts',
    {
      find: 'weight * Math.floor((free * 100) / whole)',
      replace: 'Math.floor((weight * free * 100) / whole)',
      why: 'what is free is rounded once it is weighed',
    },
    {
      find: 'weight * Math.floor(((taken < whole ? taken : whole) * 100) / whole)',
      replace: 'Math.floor((weight * (taken < whole ? taken : whole) * 100) / whole)',
      why: 'what is taken is rounded once it is weighed',
    },
    {
      find: 'Math.floor(out[i]! / weight)',
      replace: 'Math.round(out[i]! / weight)',
      why: 'the mean is rounded to the nearest',
    },
    {
      find: 'out.fill(0, 0, count)\n  let lacking',
      replace: 'let lacking',
      why: 'the sums of shares begin with what a decision before has left',
    },
    {
      find: 'out.fill(0, 0, count)\n  for',
      replace: 'for',
      why: 'what remains begins with what a decision before has left',
    },
  ),
  ...inKernel(
    'score/normalise.ts',
    {
      find: 'Math.trunc((scores[i]! * 100) / max)',
      replace: 'Math.floor((scores[i]! * 100) / max)',
      why: 'negative shares are rounded away from 0',
    },
    {
      find: 'Math.trunc((scores[i]! * 100) / max)',
      replace: 'Math.round((scores[i]! * 100) / max)',
      why: 'shares are rounded to the nearest',
    },
    {
      find: '((scores[i]! - min) * 100) / (max - min)',
      replace: '((scores[i]! - min) * 100) / (max - min + 1)',
      why: 'the range has one too many',
    },
    {
      find: 'let max = 0',
      replace: 'let max = -Infinity',
      why: 'where every score is negative, the greatest of them is the whole',
    },
  ),
  ...inKernel(
    'score/score.ts',
    {
      find: 'normalise(normaliser, weighted, count)',
      replace: 'normalise(normaliser, weighted, weighted.length)',
      why: 'what lies past the candidates is normalised with them',
    },
    {
      find: 'sums.fill(0, 0, count)',
      replace: '',
      why: 'totals begin with what a decision before has left',
    },
    {
      find: 'weighted[i] = 0 - scores[i]!',
      replace: 'weighted[i] = 1 / (1 + scores[i]!)',
      why: 'the least is preferred, but a score below -1 turns the order',
    },
  ),
  ...inKernel('score/static.ts', {
    find: 'of parts.roster.marks[row]!)',
    replace: 'of parts.roster.marks[row]!.slice(0, 1))',
    why: 'only the first mark counts',
  }),
]

const place: readonly Plant[] = [
  ...inKernel(
    'place/by-the-book.ts',
    {
      find: 'new Set(rowsOf(parts, only))',
      replace: 'new Set(only.map((node) => node % 67_108_864))',
      why: 'the id of a node that left names whatever has its row now',
    },
    {
      find: 'parts.replicas.generation[row] ?? 0',
      replace: '0',
      why: 'the next replica has the id of one that is gone',
    },
  ),
  ...inKernel(
    'place/place.ts',
    {
      find: '|| a - b',
      replace: '|| b - a',
      why: 'of equal priority, the last that is given goes first',
    },
    {
      find: 'count - placed.length)',
      replace: 'count)',
      why: 'those that found a place are told as unplaced too',
    },
  ),
  ...inKernel(
    'place/refusals.ts',
    {
      find: 'new Set(refusals(row)[0]?.reasons)',
      replace: 'new Set(refusals(row).flatMap(({ reasons }) => reasons))',
      why: 'a node gives the reasons of all its refusals',
    },
    {
      find: 'new Set(refusals(row)[0]?.reasons)',
      replace: '(refusals(row)[0]?.reasons ?? [])',
      why: 'a node that gives a reason twice is two nodes',
    },
  ),
  ...inKernel('place/plan.ts', {
    find: 'byCodeUnit(a, b)',
    replace: 'a.localeCompare(b)',
    why: 'what a node holds is in the order of a language',
  }),
  ...inKernel('place/replay.ts', {
    find: 'order.slice(0, order.indexOf(index)).map((i) => requests[i]!)',
    replace: 'requests.slice(0, index)',
    why: 'what was given before is replayed, not what went before',
  }),
]

const cluster: readonly Plant[] = [
  ...inKernel('rule/text-order.ts', {
    find: 'a < b ? -1 : a > b ? 1 : 0',
    replace: 'a.localeCompare(b)',
    why: 'texts are in the order of a language',
  }),
  ...inKernel(
    'cluster/roster.ts',
    {
      find: '&& roster.generations[rowOf(node)] === generationOf(node)',
      replace: '',
      why: 'the id of a node that left names whatever has its row now',
    },
    {
      find: 'column[row] = 0\n  roster.ranked = undefined',
      replace: 'column[row] = 0',
      why: 'a node that left keeps its rank',
    },
    {
      find: 'for (const column of roster.capacity) column[row] = 0',
      replace: '',
      why: 'a node has what the one had that left its row',
    },
  ),
  ...inKernel('cluster/loads.ts', {
    find: 'loads.load.map((column) => column.slice())',
    replace: 'loads.load.slice()',
    why: 'the old value shares its columns with the new one',
  }),
  ...inKernel(
    'cluster/replicas.ts',
    {
      find: 'if (next > 0) replicas.previous[next - 1] = previous',
      replace: '',
      why: 'the next replica in the list still names the one that is gone',
    },
    {
      find: 'replicas.generation[row]!++',
      replace: '',
      why: 'a replica has the id of the one that had its row',
    },
  ),
  ...inKernel('cluster/draft.ts', {
    find: 'open.owned = noPart\n  let kept',
    replace: 'let kept',
    why: 'a trial writes to what must be put back',
  }),
]

export const byHand: readonly Plant[] = [...judge, ...score, ...place, ...cluster]
