/**
 * Lists bugs to plant in the code, written by hand, to see whether a test catches each. A mutation
 * tester does not make such bugs: a wrong dimension, a wrong rounding, an id that is used after its
 * node left, or state left behind by an earlier decision.
 */
import { change } from './change.js'
import type { Plant } from './plant.js'

type Bug = Omit<Plant, 'file'>

const inKernel = (file: string, ...bugs: readonly Bug[]): readonly Plant[] =>
  bugs.map((bug) => ({ file: `packages/kernel/src/${file}`, ...bug }))

const judge: readonly Plant[] = [
  ...inKernel(
    'judge/domain-counts.ts',
    {
      find: "absent === 'own' ? nodeDomain(row)",
      replace: "absent === 'own' ? sharedDomain",
      why: 'nodes without the key are in one domain, where each should be its own',
    },
    {
      find: "absent === 'shared' ? sharedDomain",
      replace: "absent === 'shared' ? nodeDomain(row)",
      why: 'each node without the key is its own domain, where all should be in one',
    },
    {
      find: 'const sharedDomain = -2',
      replace: 'const sharedDomain = 0',
      why: 'the nodes without the key are in the domain of the first word',
    },
    {
      find: 'if (domain !== undefined && isEligible(row))',
      replace: 'if (domain !== undefined)',
      why: 'nodes are counted that are not eligible',
    },
    {
      find: 'if (domain !== undefined && isEligible(row))',
      replace: 'if (domain !== undefined && isEligible(row) && onNode(row) > 0)',
      why: 'a domain in which nobody stands is none',
    },
    {
      find: 'isEligible(row) ? onNode(row) : 0',
      replace: 'onNode(row)',
      why: 'a node alone is counted although it is not eligible',
    },
    {
      find: "domain === 'node' && (key === undefined || absent !== 'shared')",
      replace: "domain === 'node'",
      why: 'of the nodes without the key, which are one domain, each is counted by itself',
    },
    {
      find: "if (domain !== 'node' && domain !== 'cluster')\n    return",
      replace: "if (typeof domain !== 'string' && domain > 0)\n    return",
      why: 'the first word of all is no attribute to spread over',
    },
  ),
  ...inKernel(
    'judge/count.ts',
    {
      find: '(masks[classAt(replicas, link - 1)]! >> phaseAt(replicas, link - 1)) & 1',
      replace: '(masks[classAt(replicas, link - 1)]! >> 1) & 1',
      why: 'every replica is held to be running',
    },
    {
      find: '>> phaseAt(replicas, link - 1)',
      replace: '>> phaseAt(replicas, Math.max(0, link - 2))',
      why: 'the phase is that of the row beside',
    },
    {
      find: 'return (row) => count(row) + (corrections.get(row) ?? 0)',
      replace: 'return count',
      why: 'what a removal changes by itself is not heard of',
    },
    {
      find: '(corrections.get(node) ?? 0) + change * more',
      replace: 'change * more',
      why: 'of all that came to a node and went, only the first in a trial is told',
    },
    {
      find: '(corrections.get(node) ?? 0) + change * more',
      replace: '(corrections.get(node) ?? 0) - change * more',
      why: 'what is stopped in a trial is added',
    },
    {
      find: '((removalMasks[of]! >> phase) & 1) - ((factMasks[of]! >> phase) & 1)',
      replace: '((removalMasks[of]! >> phase) & 1)',
      why: 'what is stopped in a trial and was counted is taken away twice',
    },
  ),
  ...inKernel(
    'judge/expr.ts',
    {
      find: 'return (mark) => holds(mark, noRow)',
      replace: 'return (mark) => holds(state.roster.attributes[0] ?? mark, noRow)',
      why: 'the node is asked where a mark is meant',
    },
    {
      find: 'new Set(nodeRows(state, expr.nodes))',
      replace: 'new Set(expr.nodes.map((node) => node % 67_108_864))',
      why: 'the id of a node that left names whatever has its row now',
    },
    {
      find: 'nodes.has(nodeIdOf(state, row))',
      replace: '[...nodes].some((node) => node % 67_108_864 === row)',
      why: 'whoever takes a row is in the masks of the node that had it',
    },
    {
      find: 'if (verdict !== undefined) return verdict',
      replace: 'if (verdicts.size > 0) return [...verdicts.values()][0]!',
      why: 'what was read of the first value is said of all',
    },
    {
      find: 'order !== undefined && isOrdered(order, expr.op, 0)',
      replace: 'isOrdered(order ?? 0, expr.op, 0)',
      why: 'what can not be read is as much as anything',
    },
    {
      find: 'count !== undefined && isOrdered(count, expr.op, expr.than)',
      replace: 'isOrdered(count ?? 0, expr.op, expr.than)',
      why: 'a node without the key counts nobody, where the tally does not speak of it',
    },
    {
      find: 'state.roster.marks[row]!.every(tolerates)',
      replace: 'state.roster.marks[row]!.slice(0, 1).every(tolerates)',
      why: 'only the first mark needs to be tolerated',
    },
  ),
  ...inKernel(
    'judge/fit.ts',
    {
      find: 'columnsOf(state, dimension)',
      replace: 'columnsOf(state, 0 as typeof dimension)',
      why: 'every part is asked of the first dimension',
    },
    {
      find: 'part.amount > capacityAt(state, part.dimension, row)',
      replace:
        'part.amount > capacityAt(state, part.dimension, row) - loadAt(state, part.dimension, row)',
      why: 'what is taken now is held to be taken for ever',
    },
    {
      find: 'if (capacity[row]! - load[row]! >= amount) remaining++',
      replace: 'if (capacity[row]! === 0 || capacity[row]! - load[row]! >= amount) remaining++',
      why: 'a node that has nothing of a dimension fits any demand',
    },
    {
      find: 'if (part.amount > 0) candidates.count',
      replace: 'candidates.count',
      why: 'a node that holds more than it has refuses a demand of nothing',
    },
  ),
  ...inKernel(
    'judge/judge.ts',
    {
      find: 'keepWhere(candidates, filterPredicate(filter, state))',
      replace:
        'keepWhere(candidates, filterPredicate(filter, { ...state, roster: { ...state.roster, ranking: { ...state.roster.ranking, rows: candidates.rows.slice(0, candidates.count) } } }))',
      why: 'those are counted, and have the fewest, that are still feasible, not those that are eligible',
    },
    {
      find: 'reasons: shortParts.map((part) => part.reason)',
      replace: 'reasons: shortParts.slice(0, 1).map((part) => part.reason)',
      why: 'only the first dimension that falls short is told',
    },
    {
      find: 'removable && !shortParts.some((part) => exceeds(part, state, row))',
      replace: 'removable && shortParts.some((part) => !exceeds(part, state, row))',
      why: 'one dimension that removing helps is enough',
    },
  ),
  ...inKernel(
    'judge/limit.ts',
    {
      find: 'count + self <= max',
      replace: 'count < max',
      why: 'the new replica counts although it does not match',
    },
    {
      find: "count === undefined ? tally.absent === 'skip'",
      replace: 'count === undefined ? true',
      why: 'a node without the key is allowed where it should be refused',
    },
  ),
  ...inKernel(
    'judge/need.ts',
    {
      find: 'return (row) =>\n    censuses.every(',
      replace: 'return (row) =>\n    censuses.slice(0, 1).every(',
      why: 'the first domain alone is asked for',
    },
    {
      find: 'need.firstMayStart && censuses.every(({ extremes }) => extremes().max <= 0)',
      replace: 'need.firstMayStart',
      why: 'the first may start although one that matches stands elsewhere',
    },
    {
      find: 'extremes().max <= 0',
      replace: 'extremes().min <= 0',
      why: 'the first may start where one domain has none that matches',
    },
    {
      find: 'count !== undefined && (canStart || count > 0)',
      replace: 'canStart || (count !== undefined && count > 0)',
      why: 'the first may start on a node that is in no such domain',
    },
    {
      find: "domain, absent: 'refuse'",
      replace: "domain, absent: 'shared'",
      why: 'the nodes without the attribute are a domain as good as others',
    },
  ),
  ...inKernel('judge/only.ts', {
    find: 'new Set(nodeRows(state, rule.nodes))',
    replace: 'new Set(rule.nodes.map((node) => node % 67_108_864))',
    why: 'the id of a node that left names whatever has its row now',
  }),
  ...inKernel(
    'judge/pattern.ts',
    {
      find: 'states = epsilonClosure(program, next, i + 1, points.length)',
      replace: 'states = epsilonClosure(program, [...next, 0], i + 1, points.length)',
      why: 'a pattern is searched for, instead of matched from the start',
    },
    {
      find: 'for (const [i, point] of points.entries()) {',
      replace:
        'for (const [i, point] of points.entries()) {\n    if (states.some((state) => program[state] === instruction.end)) return true',
      why: 'a text is accepted that only begins as the pattern says',
    },
    {
      find: 'open.push(state + program[state + 1]!, state + program[state + 2]!)',
      replace: 'open.push(state + program[state + 1]!)',
      why: 'of two ways only the first is taken',
    },
    {
      find: 'if (seen.has(state)) continue',
      replace: 'if (seen.size > 0) continue',
      why: 'of all ways one alone is followed',
    },
    {
      find: 'Array.from(text, (character) => character.codePointAt(0)!)',
      replace: 'Array.from({ length: text.length }, (_, i) => text.charCodeAt(i))',
      why: 'a pattern takes half of a character',
    },
    {
      find: 'if (position === end) open.push',
      replace: 'if (position === end - 1 || position === end) open.push',
      why: 'the end is where the last character begins',
    },
  ),
  ...inKernel(
    'judge/compare-as.ts',
    {
      find: '0*[0-9]{1,19}',
      replace: '(?:0|[1-9][0-9]{0,18})',
      why: 'leading zeros are refused',
    },
    {
      find: 'const value = BigInt(text',
      replace: 'const value = ((digits) => BigInt(Number(digits)))(text',
      why: 'whole numbers are compared as doubles',
    },
    {
      find: "text.split('.').map(BigInt)",
      replace: '[...text].map((digit) => BigInt(digit.charCodeAt(0)))',
      why: 'versions are compared as texts',
    },
    {
      find: 'Math.max(one.length, other.length)',
      replace: 'Math.min(one.length, other.length)',
      why: 'of two versions, the parts that only one has are not looked at',
    },
    {
      find: '(hour! * 60 + minute! - offset) * 60',
      replace: '(hour! * 60 + minute!) * 60',
      why: 'instants are compared by the clock of their own place',
    },
    {
      find: '(hour! * 60 + minute! - offset) * 60',
      replace: '(hour! * 60 + minute! + offset) * 60',
      why: 'an offset goes the other way',
    },
    {
      find: 'fraction.padEnd(9',
      replace: 'fraction.padStart(9',
      why: 'half a second is five nanoseconds',
    },
    {
      find: '- Math.floor(from / 100) + Math.floor(from / 400)',
      replace: '- Math.floor(from / 100)',
      why: 'the year 2000 had no 29 February',
    },
  ),
  ...inKernel('judge/domain-counts.ts', {
    find: 'for (const count of counts) {\n    if (count < min)',
    replace: 'for (const count of counts) {\n    if (count > 0 && count < min)',
    why: 'a domain in which nobody stands is not among those with the fewest',
  }),
  ...inKernel(
    'judge/skew.ts',
    {
      find: 'min } = extremes()',
      replace:
        'min } = domainCounts(state, { ...tally, eligible: { _tag: "All", of: [] } }).extremes()',
      why: 'the fewest are looked for among all nodes, not only those that are eligible',
    },
    {
      find: 'domains < domainsMin',
      replace: 'domains <= domainsMin',
      why: 'as many domains as there must be are too few',
    },
    {
      find: 'count + self - base <= max',
      replace: 'count + 1 - base <= max',
      why: 'the new replica counts although it does not match',
    },
  ),
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
      find: 'Math.floor((1 - half(',
      replace: 'Math.round((1 - half(',
      why: 'the balance of two is rounded to the nearest',
    },
    {
      find: 'one.capacity[row]! !== 0 && other.capacity[row]! !== 0',
      replace: 'one.capacity[row]! !== 0',
      why: 'of two, what the node has nothing of is looked at',
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
      find: 'if (side.capacity[row]! !== 0) shares[count++] = share(side, row, replicas)',
      replace: 'shares[count++] = side.capacity[row]! === 0 ? 0 : share(side, row, replicas)',
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
      find: 'domainCounts(state, tally)\n',
      replace:
        'domainCounts({ ...state, roster: { ...state.roster, ranking: { ...state.roster.ranking, rows: rows.slice(0, count) } } }, tally)\n',
      why: 'only feasible nodes are counted',
    },
    {
      find: "tally.absent === 'refuse' ? ignoredScore : 0",
      replace: '0',
      why: 'a node that should be ignored counts nobody',
    },
    {
      find: 'outside : weight * domainCount',
      replace: 'outside : domainCount',
      why: 'all terms weigh the same',
    },
    {
      find: 'out.fill(0, 0, count)',
      replace: '',
      why: 'the sums begin with what a decision before has left',
    },
  ),
  ...inKernel(
    'score/column.ts',
    {
      find: 'nodeIdOf(state, rows[i]!)',
      replace: 'nodeIdOf(state, i)',
      why: 'a number is read by rank, not by row',
    },
    {
      find: 'numbers.get(nodeIdOf(state, rows[i]!))',
      replace: '[...numbers].find(([node]) => node % 67_108_864 === rows[i])?.[1]',
      why: 'a node has the numbers of the one that had its row',
    },
    {
      find: 'state.inputs.numbers.get(raw.column)!',
      replace: 'state.inputs.numbers.get(0 as never)!',
      why: 'any column will do',
    },
  ),
  ...inKernel('score/ignored.ts', {
    find: "(raw._tag === 'Counts' || raw._tag === 'Spread') &&",
    replace: "raw._tag === 'Counts' &&",
    why: 'a node that a spread ignores has no place in the order',
  }),
  ...inKernel(
    'score/log.ts',
    {
      find: 'return power * ln2High - (half - (s * (half + (odd + even)) + power * ln2Low) - f)',
      replace:
        'return Math.fround(power * ln2High - (half - (s * (half + (odd + even)) + power * ln2Low) - f))',
      why: 'the logarithm is that of a shorter number',
    },
    {
      find: '(half - (s * (half + (odd + even)) + power * ln2Low) - f)',
      replace: '(half - s * (half + (odd + even)) - f) + power * ln2Low',
      why: 'the parts of the logarithm are summed in another order',
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
      find: 'weight * Math.floor(((used < whole ? used : whole) * 100) / whole)',
      replace: 'Math.floor((weight * (used < whole ? used : whole) * 100) / whole)',
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
      find: '(scores[i]! - min) / (max - min)',
      replace: '(scores[i]! - min) / (max - min + 1)',
      why: 'the range has one too many',
    },
    {
      find: 'Math.floor(100 * ((scores[i]! - min) / (max - min)))',
      replace: 'Math.floor((100 * (scores[i]! - min)) / (max - min))',
      why: 'it multiplies before it divides, and 29 of 100 is 29',
    },
    {
      find: 'Math.max(0, extremes(scores, count).max)',
      replace: 'extremes(scores, count).max',
      why: 'where every score is negative, the greatest of them is the whole',
    },
    {
      find: '((max + min - scores[i]!) * 100) / max',
      replace: '((max - scores[i]!) * 100) / max',
      why: 'where there are most, nothing is left of a spread',
    },
    {
      find: 'isIgnored(score) ? score : to',
      replace: 'to',
      why: 'where none differ, those that are ignored are like the others',
    },
    {
      find: 'const score = scores[i]!\n    if (score < min)',
      replace: 'const score = isIgnored(scores[i]!) ? 0 : scores[i]!\n    if (score < min)',
      why: 'a node that is ignored is the least, with 0',
    },
  ),
  ...inKernel(
    'score/points.ts',
    {
      find: 'Math.round(sum / weights)',
      replace: 'Math.floor(sum / weights)',
      why: 'the mean is rounded down',
    },
    {
      find: 'Math.trunc(((y1 - y0)',
      replace: 'Math.floor(((y1 - y0)',
      why: 'on a line that falls, the score is rounded down',
    },
    {
      find: 'if (value <= 0) continue',
      replace: '',
      why: 'what scores nothing weighs in the mean',
    },
    {
      find: 'if (whole === 0) continue',
      replace: '',
      why: 'what the node has nothing of is full',
    },
    {
      find: 'if (right < 0) return points[points.length - 1]![1]',
      replace: 'if (right < 0) return 0',
      why: 'right of the last point there is nothing',
    },
    {
      find: 'const used = load[row]! + amount',
      replace: 'const used = load[row]!',
      why: 'the new replica is forgotten',
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
      find: 'weighted[i] = 0 + sign * scores[i]!',
      replace: 'weighted[i] = sign > 0 ? scores[i]! : 1 / (1 + scores[i]!)',
      why: 'the least is preferred, but a score below -1 turns the order',
    },
    {
      find: 'replaceIgnored(weighted, count, -Infinity)',
      replace: 'replaceIgnored(weighted, count, 0)',
      why: 'a node that is ignored comes before those with a score below 0',
    },
    {
      find: 'replaceIgnored(weighted, count, 0)',
      replace: 'replaceIgnored(weighted, count, 100 * weight)',
      why: 'a node that is ignored is as good as the best',
    },
    {
      find: 'for (let i = 0; i < count; i++) weighted[i] = scores[i]!\n',
      replace:
        'for (let i = 0; i < count; i++) weighted[i] = isIgnored(scores[i]!) ? 0 : scores[i]!\n',
      why: 'a node that is ignored is normalised with the others, as one that scores 0',
    },
  ),
  ...inKernel(
    'score/spread.ts',
    {
      find: 'domainsAmong(tally, state, candidates, out) + 2)',
      replace: 'domainsAmong(tally, state, candidates, out))',
      why: 'the number of domains is not added to, and that of one is 0',
    },
    {
      find: 'const { countAt } = domainCounts(state, tally, counterFor)',
      replace:
        'const { countAt } = domainCounts({ ...state, roster: { ...state.roster, ranking: { ...state.roster.ranking, rows: rows.slice(0, count) } } }, tally)',
      why: 'only feasible nodes are counted',
    },
    {
      find: 'if (isIgnored(out[i]!)) continue',
      replace: '',
      why: 'the domains of nodes that are ignored weigh with the others',
    },
    {
      find: "tally.domain === 'node' ? among : alone + found.size",
      replace: 'found.size',
      why: 'nodes without the key are one domain, although each node is one',
    },
    {
      find: 'for (let i = 0; i < count; i++) {\n    if (isIgnored(out[i]!)) continue',
      replace:
        'for (let i = 0; i < count; i++) {\n    if (isIgnored(out[i]!) || domainAt(rows[i]!) === undefined) continue',
      why: 'that some are in no domain weighs nothing',
    },
    {
      find: '0 + Math.round(out[i]!)',
      replace: 'Math.floor(out[i]!)',
      why: 'a spread is rounded down',
    },
    {
      find: 'if (domainAt(rows[i]!) === undefined) out[i] = ignoredScore',
      replace: 'if (domainAt(rows[i]!) === undefined) out[i] = 0',
      why: 'a node that should be ignored scores 0, as if nobody stood there',
    },
  ),
  ...inKernel(
    'score/static.ts',
    {
      find: 'of state.roster.marks[row]!)',
      replace: 'of state.roster.marks[row]!.slice(0, 1))',
      why: 'only the first mark counts',
    },
    {
      find: 'if (holds(mark)) sum += number',
      replace: 'if (holds(mark)) sum = Math.max(sum, number)',
      why: 'of several marks only one counts',
    },
  ),
]

const place: readonly Plant[] = [
  ...inKernel(
    'place/by-the-book.ts',
    {
      find: 'new Set(nodeRows(state, only))',
      replace: 'new Set(only.map((node) => node % 67_108_864))',
      why: 'the id of a node that left names whatever has its row now',
    },
    {
      find: 'nextGeneration(replicas))',
      replace: '0)',
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
    'place/churn.ts',
    {
      find: 'if (!isKnown || !addId(seen, stop))',
      replace: 'if (!isKnown)',
      why: 'a replica may be stopped twice',
    },
    {
      find: 'return at <= step && Number',
      replace: 'return Number',
      why: 'a step may stop what a later one places',
    },
    {
      find: 'id < 0 ? id : id + 1',
      replace: 'id',
      why: 'the first replica is not told from a free cell',
    },
  ),
  ...inKernel(
    'place/refusals.ts',
    {
      find: 'narrowToFitBy(filter, state, left)',
      replace: 'narrowToFitBy(filter, state, { rows: left.rows.slice(), count: left.count })',
      why: 'a node gives the reasons of all its refusals',
    },
    {
      find: 'new Set(short.map((part) => part.reason))',
      replace: 'short.map((part) => part.reason)',
      why: 'a node that gives a reason twice is two nodes',
    },
  ),
  ...inKernel('place/plan.ts', {
    find: 'byCodeUnit(a, b)',
    replace: 'a.localeCompare(b)',
    why: 'what a node holds is in the order of a language',
  }),
  ...inKernel(
    'place/remedies.ts',
    {
      find: 'Ord.contramap(({ refusals }) => refusals.size)',
      replace: 'Ord.contramap(() => 0)',
      why: 'filters are to be dropped on the first node, not where they are fewest',
    },
    {
      find: 'filters: [...least.refusals.keys()]',
      replace: 'filters: [...new Set(verdicts.flatMap(({ refusals }) => [...refusals.keys()]))]',
      why: 'what any node refuses is to be dropped, not what this one does',
    },
    {
      find: 'fits.length < refusers.length ? []',
      replace: 'fits.length === 0 ? []',
      why: 'room is to be added where another rule refuses as well',
    },
    {
      find: 'Math.max(lack, amounts.get(dimension) ?? 0)',
      replace: 'lack + (amounts.get(dimension) ?? 0)',
      why: 'of one dimension that is asked for twice, more is to be added than is lacking',
    },
    {
      find: 'Ord.contramap(({ worst }) => worst)',
      replace: 'Ord.contramap(() => 0)',
      why: 'as many dimensions are as hard to add, whatever is lacking of each',
    },
  ),
  ...inKernel(
    'place/removal.ts',
    {
      find: 'return removalOf(search.state, site.row, victimsOf(site, way))',
      replace: 'return removalOf(search.state, site.row, victimsOf(site, countsOfAll(site)))',
      why: 'more replicas are to be removed than must be',
    },
    {
      find: '.every((r) => r.removable)',
      replace: '.some((r) => r.removable)',
      why: 'a node is searched although removing can not help there',
    },
    {
      find: '}, sites), cut: true }',
      replace: '}, sites), cut: false }',
      why: 'a search that was cut short is said to have looked at all',
    },
  ),
  ...inKernel(
    'place/site.ts',
    {
      find: 'priorityOf(replica) >= classSpec.priority',
      replace: 'priorityOf(replica) > classSpec.priority',
      why: 'replicas of the same priority are to be removed',
    },
    {
      find: 'classAt(replicas, replica) * 3 + phaseAt(replicas, replica)',
      replace: 'classAt(replicas, replica)',
      why: 'replicas of one class are alike, whatever their phase',
    },
    {
      find: 'priorityOf(a!) - priorityOf(b!)',
      replace: 'priorityOf(b!) - priorityOf(a!)',
      why: 'of as many, those of the highest priority are to be removed',
    },
  ),
  ...inKernel('place/replay.ts', {
    find: 'order.slice(0, order.indexOf(index)).map((i) => requests[i]!)',
    replace: 'requests.slice(0, index)',
    why: 'what was given before is replayed, not what went before',
  }),
]

const index: readonly Plant[] = [
  ...inKernel(
    'index/input-version.ts',
    {
      find: 'a.every((input, i) => input === b[i])',
      replace: 'true',
      why: 'what was read of the nodes holds for ever',
    },
    {
      find: '  ...masks.map((mask) => inputs.members.get(mask)),\n',
      replace: '',
      why: 'a mask is what it was when it was read first',
    },
    {
      find: '  ...columns.map((column) => inputs.numbers.get(column)),\n',
      replace: '',
      why: 'a column is what it was when it was read first',
    },
  ),
  ...inKernel(
    'index/class-structure.ts',
    {
      find: 'groupOfRow(structure.groups, row).tournament.count',
      replace: '1',
      why: 'nodes that are alike weigh as one',
    },
    {
      find: 'readSet.orderKey !== undefined && perNodeCounts.length === 0',
      replace: 'readSet.orderKey !== undefined',
      why: 'counts of single nodes are not looked at where the order is by what is left',
    },
  ),
  ...inKernel(
    'index/decide.ts',
    {
      find: 'for (const filter of domainFilters) narrow(filter, view, candidates)',
      replace: 'for (const filter of domainFilters.slice(0, 1)) narrow(filter, view, candidates)',
      why: 'of the filters that nodes answer alike only the first is asked',
    },
    {
      find: 'for (const filter of domainFilters) narrow(filter, view, open)',
      replace: '',
      why: 'kinds of nodes are not asked what they answer alike',
    },
    {
      find: '  sortByRank(candidates, shared.source?.labels ?? ranksOf(state.roster))\n',
      replace: '',
      why: 'those that stand for others are in no order',
    },
    {
      find: 'order.ranks[best!]! - order.ranks[row]!',
      replace: 'order.ranks[row]! - order.ranks[best!]!',
      why: 'of equal nodes of several partitions the last is taken',
    },
    {
      find: 'ranks[rows[at - 1]!]! > ranks[row]!',
      replace: 'ranks[rows[at - 1]!]! < ranks[row]!',
      why: 'those that stand for others are in the order of rank backwards',
    },
    {
      find: '    if (row === undefined) continue\n',
      replace: '    if (row === undefined) break\n',
      why: 'where the best partition has no room, no other is asked',
    },
    {
      find: 'sortKey(order, best!) - sortKey(order, row) ||',
      replace: '',
      why: 'what nodes have free does not decide between partitions',
    },
    {
      find: 'comparePartitions(keysAfter, partition, bestPartition) ||',
      replace: '',
      why: 'the keys after the free amount decide nothing',
    },
  ),
  ...inKernel(
    'index/loop-query.ts',
    {
      find: 'if (!isInt16 || hasTies || nodeScores.length > 0) return undefined',
      replace: 'if (!isInt16 || nodeScores.length > 0) return undefined',
      why: 'the loop decides where any of the best may be asked for',
    },
    {
      find: 'if (!isInt16 || hasTies || nodeScores.length > 0) return undefined',
      replace: 'if (!isInt16 || hasTies) return undefined',
      why: 'the loop decides where more than its kind tells a node apart',
    },
    {
      find: "if (nodeFilters.some(({ _tag }) => _tag !== 'Fit')) return undefined",
      replace: '',
      why: 'the loop decides where a node answers more than whether it has room',
    },
    {
      find: '...demand.map(([dimension]) => dimension),',
      replace: '',
      why: 'room is asked for that the records do not tell',
    },
  ),
  ...inKernel(
    'index/structures/flat-tournaments.ts',
    {
      find: 'lastChange[row] === (number | 0)',
      replace: 'lastChange[row] === (number | 0) - 1',
      why: 'nobody is looked at who changed once',
    },
    {
      find: '    rows[filled++] = row\n    if (filled < batchRows) continue\n    rescore(tournaments, filled)\n',
      replace: '    rows[filled++] = row\n    if (filled < batchRows) continue\n',
      why: 'of many nodes only the last are looked at when a class comes',
    },
    {
      find: '    tournaments.nextChange = end\n',
      replace: '    tournaments.nextChange = count\n',
      why: 'of many changes only the first are seen',
    },
  ),
  ...inKernel(
    'index/structures/flat-layout.ts',
    {
      find: 'noNumber : starts[partition]! + positionOf[row]!',
      replace: 'noNumber : positionOf[row]!',
      why: 'nodes of all kinds stand in one tournament',
    },
    {
      find: 'size + cellCount(size >> 3)',
      replace: 'size + 8',
      why: 'there is room for two levels of a tournament',
    },
  ),
  ...inKernel(
    'index/structures/flat-loop.ts',
    {
      find: '  changed += differs(before, now)\n',
      replace: '  changed += differs(before, now) & differs(now, infeasible)\n',
      why: 'who is full stays the best of those beside',
    },
    {
      find: 'const more = differs(now, infeasible) - differs(before, infeasible)',
      replace: 'const more = differs(now, infeasible) & differs(now, before)',
      why: 'nobody is counted out',
    },
    {
      find: 'amounts[capacity + i]! - amounts[load + i]! < freeMin[i]!',
      replace: 'amounts[capacity + i]! - amounts[load + i]! <= freeMin[i]!',
      why: 'just enough is not enough',
    },
    {
      find: '(firstTotal > 0 ? firstWeight : 0)',
      replace: 'firstWeight',
      why: 'what the node has nothing of weighs in the mean',
    },
    {
      find: 'factor * Math.floor(sum / weights)',
      replace: 'factor * Math.round(sum / weights)',
      why: 'a mean is rounded to the nearest',
    },
    {
      find: 'if (firstTotal === 0 || secondTotal === 0) return factor * 75',
      replace: 'if (firstTotal === 0 || secondTotal === 0) return factor * 50',
      why: 'a node that has nothing of a dimension is uneven',
    },
    {
      find: 'balancePercent(firstLoad / firstTotal, secondLoad / secondTotal)',
      replace: '50',
      why: 'how even a node was does not count',
    },
    {
      find: 'if (values[level + at] === best) return',
      replace: 'if (values[level + at]! >= best) return',
      why: 'who becomes worse stays the best above',
    },
    {
      find: 'maxOf8(values, level + (at & ~7))',
      replace: 'values[level + (at & ~7)]!',
      why: 'the first of eight is held to be the best',
    },
    {
      find: 'while (values[from + at] !== best) at++',
      replace: 'for (let i = 0; i < 8; i++) if (values[from + i] === best) at = i',
      why: 'the last of the best stands for its kind',
    },
    {
      find: 'if (counts[partition] === 0) continue',
      replace: '',
      why: 'somebody stands for a kind of which nobody takes a replica',
    },
  ),
  ...inKernel(
    'index/structures/node-records.ts',
    {
      find: '    records.lastChange[row] = number\n',
      replace: '',
      why: 'nobody knows who changed',
    },
    {
      find: 'd < dimensionCount && d < load.length',
      replace: 'd < 2 && d < load.length',
      why: 'what nodes hold is told of two dimensionCount alone',
    },
    {
      find: 'dimensionCount + (dimensionCount % 2)',
      replace: 'dimensionCount - (dimensionCount % 2)',
      why: 'of three dimensions the last is not told',
    },
  ),
  ...inKernel(
    'index/structures/groups.ts',
    {
      find: 'for (const filter of groups.rules.nodeFilters) narrow(filter, state, candidates)',
      replace: '',
      why: 'a node takes a replica, whether or not it fits',
    },
    {
      find: 'if (candidates.count < count) removeDropped(groups, before, count, candidates)',
      replace: '',
      why: 'a node that is full stays among those that are not',
    },
    {
      find: 'values[i]! += factor * scores[i]!',
      replace: 'values[i]! = factor * scores[i]!',
      why: 'only the last score tells nodes apart',
    },
    {
      find: 'if (number !== groupOf[row]) removeFromGroup(groups, row, positionOf[row]!)',
      replace: '',
      why: 'a node that goes to another group stays in its own',
    },
    {
      find: 'rules.nodeScores.length === 0 && number !== noNumber && marks[row] !== recountMark',
      replace: 'number !== noNumber && marks[row] !== recountMark',
      why: 'a node stays in its group, whatever scores say that change',
    },
  ),
  ...inKernel('index/structures/changed-rows.ts', {
    find: '(partitionOf[row] ?? noNumber) === noNumber',
    replace: 'partitionOf[row] === noNumber',
    why: 'a row that was a node in a trial alone is looked at',
  }),
  ...inKernel('index/structures/ties.ts', {
    find: 'n % tiesBeforeRank(ranked.length)',
    replace: 'n % groups.length',
    why: 'only some of those that are equally good can be taken',
  }),
  ...inKernel('index/structures/partitions.ts', {
    find: '< rank) low',
    replace: '<= rank) low',
    why: 'of those that are equally good the next is taken',
  }),
  ...inKernel(
    'index/structures/block.ts',
    {
      find: '(own === key && order.ranks[row]! < rank)',
      replace: '(own === key && order.ranks[row]! > rank)',
      why: 'of those that have as much left the last stands first',
    },
    {
      find: '  raiseFreeMax(block, row, order)\n}',
      replace: '}',
      why: 'a block does not hear that one of its nodes has room again',
    },
    {
      find: '  for (; at < block.count; at++) rows[at] = rows[at + 1]!\n',
      replace: '',
      why: 'where a node left, it stays and the last one goes',
    },
  ),
  ...inKernel(
    'index/structures/ordered-blocks.ts',
    {
      find: 'firstRank(list, middle) <= rank)',
      replace: 'firstRank(list, middle) >= rank)',
      why: 'a node is looked for in the block after its own',
    },
    {
      find: '  if (block.count === blockSizeMax) splitBlock',
      replace: '  if (block.count > blockSizeMax) splitBlock',
      why: 'a block that is full takes one more',
    },
    {
      find: '  block.count = blockSizeMax / 2\n',
      replace: '',
      why: 'what goes to a new block stays in the old one',
    },
  ),
  ...inKernel('index/structures/free-order.ts', {
    find: '      if (list !== noNumber) removeRow(lists[list]!, row)\n',
    replace:
      '      readFree(order.order, state, row)\n      if (list !== noNumber) removeRow(lists[list]!, row)\n',
    why: 'a node is looked for where it does not stand yet',
  }),
  ...inKernel(
    'index/structures/partition-keys.ts',
    {
      find: "prefer === 'most' ? 1 : -1",
      replace: '1',
      why: 'partitions with the most come first, whatever is preferred',
    },
    {
      find: "tally.absent === 'refuse' ? ignoredScore : 0",
      replace: '0',
      why: 'a partition without a domain is not the worst',
    },
    {
      find: 'weight * count',
      replace: 'count',
      why: 'what counts more counts as much',
    },
  ),
  ...inKernel(
    'index/shared-structures.ts',
    {
      find: 'return [tally, counts]',
      replace: 'return [counts.tally, counts]',
      why: 'a tally is not known where another says the same',
    },
    {
      find: '        shared.subscribers.length = 0\n',
      replace: '',
      why: 'who counts a class is not asked again when somebody new counts',
    },
    {
      find: '(masks[i]! >> phaseOf(changes, number)) & 1) === 1',
      replace: 'masks[i]! & 1) === 1',
      why: 'what is counted is counted in every phase',
    },
  ),
  ...inKernel(
    'index/structures/tournament.ts',
    {
      find: 'if (values[at] === better) return',
      replace: 'if (values[at]! >= better) return',
      why: 'a value that becomes less is not told above',
    },
    {
      find: 'if (values[at] === better && tieCounts[at] === ties) return',
      replace: 'if (values[at] === better) return',
      why: 'one more that is as good as the best is not told above',
    },
    {
      find: 'values[2 * at] === best ? 2 * at : 2 * at + 1',
      replace: 'values[2 * at + 1] === best ? 2 * at + 1 : 2 * at',
      why: 'of those that are equally good the last is first',
    },
  ),
  ...inKernel('index/index-cache.ts', {
    find: 'hasRemovals && stateOf(draft).moves !== undefined',
    replace: 'false',
    why: 'in a trial what is removed is counted as always',
  }),
  ...inKernel(
    'index/structures/live-counts.ts',
    {
      find: '|| !isEligible(row)) continue',
      replace: ') continue',
      why: 'what is placed where nobody is counted is counted',
    },
    {
      find: 'counts[domain] = before + change',
      replace: 'counts[domain] = before + 1',
      why: 'what went is counted as if it had come',
    },
    {
      find: 'if (left === 0) histogram.delete(count)\n  else histogram.set(count, left)',
      replace: 'histogram.set(count, left)',
      why: 'the fewest that there ever were are the fewest',
    },
  ),
  ...inKernel('cluster/changes.ts', {
    find: '&& classes[classRowOf(changes, number)] === undefined)\n',
    replace: '&& false)\n',
    why: 'what a trial placed of a class of its own is taken away from the class that has its row next',
  }),
  ...inKernel('cluster/draft.ts', {
    find: '  noteRollback(open.changes, before.changes, before.state.classes.classes)\n',
    replace: '',
    why: 'nobody is told that a trial was rolled back',
  }),
  ...inKernel(
    'cluster/write.ts',
    {
      find: '  noteChange(changes, node, of, phaseOfKind(kind), -1)\n',
      replace: '',
      why: 'a replica in a new phase is counted in the old one too',
    },
    {
      find: '  noteChange(changesOf(draft), node, of, phaseOfKind(kind), -1)\n',
      replace: '',
      why: 'nobody is told that a replica is gone',
    },
  ),
  ...inKernel(
    'index/read-set.ts',
    {
      find: 'if (amount > (amounts.get(dimension) ?? 0)) amounts.set',
      replace: 'amounts.set',
      why: 'of what is asked for of one dimension the last counts, not the most',
    },
    {
      find: '  if (!exprTallies.every(isLocal)) return undefined\n',
      replace: '',
      why: 'a node is not asked again when others change what it is asked',
    },
    {
      find: "(score.prefer === 'most' ? 1 : -1)",
      replace: '1',
      why: 'the most is best, whatever a chain prefers',
    },
    {
      find: "raw._tag === 'Load' && normaliser === 'none'",
      replace: "raw._tag === 'Load'",
      why: 'what is normalised is added up as it is',
    },
  ),
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
      find: ' &&\n  roster.generations[rowOf(node)] === generationOf(node)',
      replace: '',
      why: 'the id of a node that left names whatever has its row now',
    },
    {
      find: '  noteLeave(roster.ranking, row)\n',
      replace: '',
      why: 'a node that left keeps its rank',
    },
    {
      find: 'for (const column of roster.capacity) column[row] = 0',
      replace: '',
      why: 'a node has what the one had that left its row',
    },
  ),
  ...inKernel(
    'cluster/ranking.ts',
    {
      find: 'if (!joins.delete(row)) leaves.add(row)',
      replace: 'joins.delete(row)\n  leaves.add(row)',
      why: 'a node that joined and left leaves room in the order of rank',
    },
    {
      find: 'byCodeUnit(nameOf(fresh[next]!), nameOf(row)) < 0',
      replace: 'byCodeUnit(nameOf(fresh[next]!), nameOf(row)) > 0',
      why: 'who joined comes before those whose name is less',
    },
    {
      find: 'while (next < fresh.length) merged[count++] = fresh[next++]!',
      replace: '',
      why: 'who joined and comes last has no rank',
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
      find: 'if (next > 0) writeField(records, next - 1, previousField, previous)\n',
      replace: '',
      why: 'the next replica in the list still names the one that is gone',
    },
    {
      find: '  chunk[at + generationField]!++\n',
      replace: '',
      why: 'a replica has the id of the one that had its row',
    },
  ),
  ...inKernel(
    'cluster/records.ts',
    {
      find: 'if (!owns[number]!) {',
      replace: 'if (number < 0) {',
      why: 'the old value shares its replicas with the new one',
    },
    {
      find: 'owns: chunks.map(() => false)',
      replace: 'owns: chunks.map(() => true)',
      why: 'a chunk is owned by every value that shares it',
    },
  ),
  ...inKernel(
    'cluster/without-replicas.ts',
    {
      find: 'state.moves = { move, before: state.moves }',
      replace: '',
      why: 'a rule does not hear that something was put aside',
    },
    {
      find: 'addLoad(loads, node, occupiedBy(classRow))',
      replace: '',
      why: 'what was put aside is free for ever',
    },
    {
      find: 'setKindAt(replicas, row, freeKind)',
      replace: '',
      why: 'who reads all rows counts what was put aside',
    },
  ),
  ...inKernel(
    'cluster/draft.ts',
    {
      find: '  open.owns = { ...ownsNothing, loads: owns.loads, replicas: owns.replicas }\n',
      replace: '',
      why: 'a trial writes to what must be put back',
    },
    {
      find: '      open.state.moves = undefined\n',
      replace: '',
      why: 'what was tried is remembered when the trial is over',
    },
    {
      find: '(draft as OpenDraft).trials > 0',
      replace: 'true',
      why: 'what is bound is held to be tried',
    },
  ),
  ...inKernel(
    'cluster/undo.ts',
    {
      find: 'for (let i = vector.length - 1; i >= 0; i--)',
      replace: 'for (let i = 0; i < vector.length; i++)',
      why: 'what a node held of one dimension comes back as another',
    },
    {
      find: 'replicas.free === 0 ? addInNewRow : addInFreeRow',
      replace: 'addInFreeRow',
      why: 'a row that nobody had before the trial is free after it',
    },
    {
      find: '  chunk.push(previousAt(replicas, row), row, removal)',
      replace: '  chunk.push(0, row, removal)',
      why: 'who comes back is the newest on its node',
    },
    {
      find: 'return setKindAt(replicas, row, chunk.pop()!)',
      replace: 'return void chunk.pop()',
      why: 'a phase that changed in a trial stays',
    },
  ),
  ...inKernel('cluster/replicas.ts', {
    find: '  setGenerationAt(replicas, row, generationAt(replicas, row) - 1)\n',
    replace: '',
    why: 'a replica that comes back has another id',
  }),
  ...inKernel('cluster/trial-moves.ts', {
    find: '.filter(({ node }) => node !== row)',
    replace: '',
    why: 'a node is told what came to the one that had its row',
  }),
]

const encode: readonly Plant[] = [
  ...inKernel(
    'encode/rows.ts',
    {
      find: "generations.push(getBelow(source, generationMax + 1, 'a generation'))",
      replace: 'generations.push(getUnsigned(source))',
      why: 'a generation is read of which no id is exact',
    },
    {
      find: 'putUnsigned(sink, generations[row]!)',
      replace: 'putUnsigned(sink, 0)',
      why: 'a node has the id of one that is gone',
    },
    {
      find: '&& seen[row] === 0',
      replace: '',
      why: 'a row is spoken of twice',
    },
    {
      find: 'for (const row of free) after = putStep',
      replace: 'for (const row of [...free].sort((a, b) => a - b)) after = putStep',
      why: 'rows are taken in another order than before',
    },
  ),
  ...inKernel(
    'encode/replicas.ts',
    {
      find: 'const oldestFirst = [...replicaRows(replicas, node)].reverse()',
      replace: 'const oldestFirst = replicaRows(replicas, node)',
      why: 'the replicas of a node are in the opposite order',
    },
    {
      find: 'addLoad(rebuild.loads, node, classSpec.occupies)',
      replace: '',
      why: 'what replicas take is free',
    },
    {
      find: 'if (unseenRow >= 0)',
      replace: 'if (unseenRow > 0)',
      why: 'the first replica may be nowhere',
    },
  ),
  ...inKernel('encode/inputs.ts', {
    find: 'if (roster.specs[after] === undefined)',
    replace: 'if (false)',
    why: 'a free row is in a mask',
  }),
  ...inKernel('encode/classes.ts', {
    find: "if (Object.is(value, -0)) return '-0'",
    replace: '',
    why: 'a weight of -0 is written as 0',
  }),
  ...inKernel('encode/texts.ts', {
    find: 'if (table.ids.has(text))\n      refuse',
    replace: 'if (false)\n      refuse',
    why: 'one text is two words',
  }),
]

const check: readonly Plant[] = [
  ...inKernel(
    'check/pattern.ts',
    {
      find: 'return starts.has(start + numbers[start + 1]!) && starts.has(start + numbers[start + 2]!)',
      replace: 'return starts.has(start + numbers[start + 1]!)',
      why: 'the second way may lead to nowhere',
    },
    {
      find: 'return starts.has(start + sizeOf(numbers, start)!)',
      replace: 'return true',
      why: 'a program may run past its end',
    },
    {
      find: 'if (numbers.length > patternMax)',
      replace: 'if (false)',
      why: 'a program may be as long as it likes',
    },
  ),
  ...inKernel('check/shape.ts', {
    find: 'if (seen.has(key))',
    replace: 'if (false)',
    why: 'a key has two values',
  }),
  ...inKernel('check/expr.ts', {
    find: "subject === 'tally' ? noCount : count",
    replace: 'count',
    why: 'what makes a node eligible counts in its turn',
  }),
  ...inKernel('check/expr.ts', {
    find: "key === undefined || over === 'node'",
    replace: "true || over === 'node'",
    why: 'a key stands beside an attribute, and says nothing',
  }),
]

export const byHand: readonly Plant[] = [
  ...change,
  ...index,
  ...judge,
  ...score,
  ...place,
  ...cluster,
  ...encode,
  ...check,
]
