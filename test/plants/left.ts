/**
 * Lists mutants (small changes that Stryker makes to the code) that no test needs to catch, each
 * with the reason: most often, no test can tell the mutant from the right code.
 */
import type { Change } from './mutant.js'

export interface Left extends Change {
  readonly reason: string
}

const within =
  (place: string) =>
  (file: string, ...changes: readonly Omit<Left, 'file'>[]): readonly Left[] =>
    changes.map((change) => ({ file: `${place}/${file}`, ...change }))
const inKernel = within('packages/kernel/src')
const inKubernetes = within('packages/kubernetes/src')

export const left: readonly Left[] = [
  ...inKernel('index/class-index.ts', {
    within: 'isCurrent',
    was: 'version.length === 0 || isSameInputVersion(version, inputVersionOf(readSet, state))',
    became: 'false || isSameInputVersion(version, inputVersionOf(readSet, state))',
    reason: 'A shortcut: nothing is the same as nothing.',
  }),
  ...inKernel(
    'index/structures/flat-tournaments.ts',
    {
      within: 'openFlatTournaments',
      was: 'if (row === noNumber) continue',
      became: 'if (false) continue',
      reason: 'Looking at no node changes nothing.',
    },
    {
      within: 'openFlatTournaments',
      was: 'if (filled < batchRows) continue',
      became: 'if (false) continue',
      reason: 'It costs time alone: nodes are looked at one by one.',
    },
    {
      within: 'openFlatTournaments',
      was: 'if (filled < batchRows) continue',
      became: 'if (filled >= batchRows) continue',
      reason: 'It costs time alone: nodes are looked at one by one.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'for (let number = tournaments.nextChange; number < end; number++) {',
      became: 'for (let number = tournaments.nextChange; number <= end; number++) {',
      reason: 'It costs time alone: the next change is looked at again with those after it.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became: 'if (true) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became: 'if (true && leafOf[row] !== noNumber) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became:
        'if (row < lastChange.length && lastChange[row] === (number | 0) || leafOf[row] !== noNumber) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became:
        'if (row < lastChange.length || lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became: 'if (true && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      reason: 'Of a row that is past all others no change is known.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became:
        'if (row <= lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      reason: 'Of a row that is past all others no change is known.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became: 'if (row < lastChange.length && true && leafOf[row] !== noNumber) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
    {
      within: 'catchUpFlatTournaments',
      was: 'if (row < lastChange.length && lastChange[row] === (number | 0) && leafOf[row] !== noNumber) filled++',
      became: 'if (row < lastChange.length && lastChange[row] === (number | 0) && true) filled++',
      reason:
        'It costs time alone: a node that is looked at twice is put twice where it belongs, and one that is none is nowhere.',
    },
  ),
  ...inKernel('index/structures/node-records.ts', {
    within: 'openNodeRecords',
    was: 'const lastChange = new Int32Array(rows).fill(-1)',
    became: 'const lastChange = new Int32Array(rows).fill(+1)',
    reason: 'It costs time alone: a node that did not change is looked at again.',
  }),
  ...inKernel('index/structures/flat-layout.ts', {
    within: 'flatLayoutOf',
    was: 'for (const [row, leaf] of leafOf.entries()) if (leaf !== noNumber) rowAt[leaf] = row',
    became: 'for (const [row, leaf] of leafOf.entries()) if (true) rowAt[leaf] = row',
    reason: 'Before the first leaf nothing is kept.',
  }),
  ...inKernel(
    'index/structures/flat-loop.ts',
    {
      within: 'rescore',
      was: 'for (let i = 0; i < changed; i++) {',
      became: 'for (let i = 0; i <= changed; i++) {',
      reason: 'It costs time alone: what is best above a node is told again.',
    },
    {
      within: 'writeLeaves',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It costs time alone: a node that was looked at before is looked at again.',
    },
    {
      within: 'writeLeaves',
      was: 'if (more !== 0) counts[partitionOf[row]!]! += more',
      became: 'if (true) counts[partitionOf[row]!]! += more',
      reason: 'A shortcut: nothing is added where there are no more.',
    },
    {
      within: 'scoreNode',
      was: 'for (let i = 0; i < width; i++) if (amounts[capacity + i]! - amounts[load + i]! < freeMin[i]!) return infeasible',
      became:
        'for (let i = 0; i <= width; i++) if (amounts[capacity + i]! - amounts[load + i]! < freeMin[i]!) return infeasible',
      reason: 'Past the last dimension nothing has to be free.',
    },
    {
      within: 'freeShareScore',
      was: 'if (factor === 0) return 0',
      became: 'if (false) return 0',
      reason: 'A shortcut: nothing of what does not count is nothing.',
    },
    {
      within: 'balanceScore',
      was: 'if (factor === 0) return 0',
      became: 'if (false) return 0',
      reason: 'A shortcut: nothing of what does not count is nothing.',
    },
    {
      within: 'bubbleUp',
      was: 'if (values[level + at] === best) return',
      became: 'if (false) return',
      reason: 'A shortcut: where the best is what it was, so it is above.',
    },
  ),
  ...inKernel(
    'index/decide.ts',
    {
      within: 'bestCandidates',
      was: 'if (domainFilters.length === 0 && candidates.count < 2) return candidates',
      became: 'if (false) return candidates',
      reason: 'A shortcut: of one, that one is the best.',
    },
    {
      within: 'bestCandidates',
      was: 'if (candidates.count < 2) return candidates',
      became: 'if (false) return candidates',
      reason: 'A shortcut: of one, that one is the best.',
    },
    {
      within: 'keepPositions',
      was: 'for (let i = 0; i < count; i++) rows[i] = rows[positions[i]!]!',
      became: 'for (let i = 0; i <= count; i++) rows[i] = rows[positions[i]!]!',
      reason: 'It writes one further, past those that are kept, which means nothing there.',
    },
    {
      within: 'sortByRank',
      was: 'if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      became: 'if (true) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      reason: 'It costs time alone: either way sorts.',
    },
    {
      within: 'sortByRank',
      was: 'if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      became: 'if (false) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      reason: 'It costs time alone: either way sorts.',
    },
    {
      within: 'sortByRank',
      was: 'if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      became: 'if (count >= 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      reason: 'It costs time alone: either way sorts.',
    },
    {
      within: 'sortByRank',
      was: 'if (count > 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      became: 'if (count <= 16) rows.subarray(0, count).sort((a, b) => ranks[a]! - ranks[b]!)',
      reason: 'It costs time alone: either way sorts.',
    },
    {
      within: 'sortByRank',
      was: 'for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!',
      became: 'for (; true && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!',
      reason: 'Before the first there is no rank that could be higher.',
    },
    {
      within: 'sortByRank',
      was: 'for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!',
      became:
        'for (; at >= 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!',
      reason: 'Before the first there is no rank that could be higher.',
    },
    {
      within: 'sortByRank',
      was: 'for (; at > 0 && ranks[rows[at - 1]!]! > ranks[row]!; at--) rows[at] = rows[at - 1]!',
      became:
        'for (; at > 0 && ranks[rows[at - 1]!]! >= ranks[row]!; at--) rows[at] = rows[at - 1]!',
      reason: 'No two nodes have one rank.',
    },
  ),
  ...inKernel('index/structures/ties.ts', {
    within: 'nthTie',
    was: 'let [low, high] = [0, ranked.length - 1]',
    became: 'let [low, high] = [0, ranked.length + 1]',
    reason: 'The one that is asked for is further to the left than either end.',
  }),
  ...inKernel('index/structures/partitions.ts', {
    within: 'scoreByPartition',
    was: 'for (let i = 0; i < partitionAt.length; i++) scores[partitionAt[i]!] = column[i]!',
    became: 'for (let i = 0; i <= partitionAt.length; i++) scores[partitionAt[i]!] = column[i]!',
    reason: 'Past the end there is no kind whose score could be written.',
  }),
  ...inKernel(
    'index/structures/groups.ts',
    {
      within: 'catchUpGroups',
      was: 'if (groups.nextChange === changes.count && groups.nextMove === moves.length) return',
      became: 'if (false) return',
      reason: 'A shortcut: where nothing has changed, no node is looked at.',
    },
    {
      within: 'refreshRows',
      was: 'for (let i = 0; i < count; i++) before[i] = rows[i]!',
      became: 'for (let i = 0; i <= count; i++) before[i] = rows[i]!',
      reason: 'It copies one further, past the end, which means nothing there.',
    },
    {
      within: 'refreshRows',
      was: 'if (candidates.count < count) removeDropped(groups, before, count, candidates)',
      became: 'if (true) removeDropped(groups, before, count, candidates)',
      reason: 'A shortcut: where all are candidates, nobody leaves.',
    },
    {
      within: 'refreshRows',
      was: 'if (candidates.count < count) removeDropped(groups, before, count, candidates)',
      became: 'if (candidates.count <= count) removeDropped(groups, before, count, candidates)',
      reason: 'A shortcut: where all are candidates, nobody leaves.',
    },
    {
      within: 'removeDropped',
      was: 'if (next < remaining && rows[next] === row) next++',
      became: 'if (false) next++',
      reason: 'It costs time alone: candidates that leave too are put in again.',
    },
    {
      within: 'removeDropped',
      was: 'if (next < remaining && rows[next] === row) next++',
      became: 'if (next < remaining && rows[next] === row) next--',
      reason: 'It costs time alone: candidates that leave too are put in again.',
    },
    {
      within: 'groupValues',
      was: 'for (let i = 0; i < candidates.count; i++) values[i]! += factor * scores[i]!',
      became: 'for (let i = 0; i <= candidates.count; i++) values[i]! += factor * scores[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
  ),
  ...inKernel(
    'index/structures/changed-rows.ts',
    {
      within: 'changedRows',
      was: 'const rows = lendRows(scratch, changes.count - nextChange + (moves.length - nextMove) / 3)',
      became:
        'const rows = lendRows(scratch, changes.count + nextChange + (moves.length - nextMove) / 3)',
      reason: 'More room than is needed.',
    },
    {
      within: 'changedRows',
      was: 'if (marks[row]! < mark) {',
      became: 'if (marks[row]! <= mark) {',
      reason: 'It costs time alone: a node that is looked at twice is put twice where it belongs.',
    },
  ),
  ...inKernel(
    'index/index-cache.ts',
    {
      within: 'touch',
      was: 'if (2 * rowsInCache(cache) < costs.rowsMax) return entry.index',
      became: 'if (false) return entry.index',
      reason: 'A shortcut: while there is as much room again, none goes soon.',
    },
    {
      within: 'touch',
      was: 'if (2 * rowsInCache(cache) < costs.rowsMax) return entry.index',
      became: 'if (2 * rowsInCache(cache) <= costs.rowsMax) return entry.index',
      reason: 'A shortcut: while there is as much room again, none goes soon.',
    },
  ),
  ...inKernel(
    'index/structures/ordered-blocks.ts',
    {
      within: 'firstFit',
      was: 'const from = number === first ? positionInBlock(order, block, keyMin, -1) : 0',
      became: 'const from = true ? positionInBlock(order, block, keyMin, -1) : 0',
      reason: 'A shortcut: in all other blocks nobody stands before that place.',
    },
    {
      within: 'firstFit',
      was: 'if (from === 0) recomputeFreeMax(block, order)',
      became: 'if (true) recomputeFreeMax(block, order)',
      reason: 'It costs time alone: what is the most may be made exact at any time.',
    },
  ),
  ...inKernel('index/structures/block.ts', {
    within: 'raiseFreeMax',
    was: 'if (amount > freeMax[d]!) freeMax[d] = amount',
    became: 'if (amount >= freeMax[d]!) freeMax[d] = amount',
    reason: 'Where both are equal, either will do.',
  }),
  ...inKernel(
    'index/shared-structures.ts',
    {
      within: 'catchUpShared',
      was: 'if (shared.counts.length > 0)',
      became: 'if (true)',
      reason: 'A shortcut: where there are no sums, none hears of anything.',
    },
    {
      within: 'catchUpShared',
      was: 'if (shared.counts.length > 0)',
      became: 'if (shared.counts.length >= 0)',
      reason: 'A shortcut: where there are no sums, none hears of anything.',
    },
    {
      within: 'catchUpShared',
      was: 'for (let i = 0; i < counts.length; i++)',
      became: 'for (let i = 0; i <= counts.length; i++)',
      reason: 'Past the end there is no mask, and no phase is in none.',
    },
  ),
  ...inKernel('index/structures/live-counts.ts', {
    within: 'openLiveCounts',
    was: 'return domain === noDomain ? undefined : counts[domain]!',
    became: 'return false ? undefined : counts[domain]!',
    reason: 'Nothing is counted at the number that stands for no domain.',
  }),
  ...inKernel(
    'index/structures/tournament.ts',
    {
      within: 'newTournament',
      was: 'while (leafCount < nodes) leafCount *= 2',
      became: 'while (leafCount <= nodes) leafCount *= 2',
      reason: 'A wider tree has the same best: it takes more memory, and a step more.',
    },
    {
      within: 'writeLeaf',
      was: 'while (at > 1) {',
      became: 'while (at >= 1) {',
      reason: 'At most it writes above the best of all, where nobody looks.',
    },
    {
      within: 'writeLeaf',
      was: 'const better = own > sibling ? own : sibling',
      became: 'const better = own >= sibling ? own : sibling',
      reason: 'Where both are equal, either will do.',
    },
    {
      within: 'writeLeaf',
      was: 'if (values[at] === better) return',
      became: 'if (false) return',
      reason: 'A shortcut: where nothing changes, nothing changes above.',
    },
    {
      within: 'writeLeafWithTies',
      was: 'while (at > 1) {',
      became: 'while (at >= 1) {',
      reason: 'At most it writes above the best of all, where nobody looks.',
    },
    {
      within: 'writeLeafWithTies',
      was: 'const better = own > sibling ? own : sibling',
      became: 'const better = own >= sibling ? own : sibling',
      reason: 'Where both are equal, either will do.',
    },
    {
      within: 'writeLeafWithTies',
      was: 'if (values[at] === better && tieCounts[at] === ties) return',
      became: 'if (false) return',
      reason: 'A shortcut: where nothing changes, nothing changes above.',
    },
    {
      within: 'equalsBefore',
      was: 'while (at > 1) {',
      became: 'while (at >= 1) {',
      reason: 'Above the best of all is the value of what is out, which is never the best.',
    },
  ),
  ...inKernel(
    'judge/domain-counts.ts',
    {
      within: 'clusterDomain',
      was: 'const clusterDomain = -1',
      became: 'const clusterDomain = +1',
      reason: 'It stands for the whole cluster, where no domain is a word.',
    },
    {
      within: 'extremesOf',
      was: 'if (count < min) min = count',
      became: 'if (count <= min) min = count',
      reason: 'Where they are equal nothing changes.',
    },
    {
      within: 'extremesOf',
      was: 'if (count > max) max = count',
      became: 'if (count >= max) max = count',
      reason: 'Where they are equal nothing changes.',
    },
    {
      within: 'isLocal',
      was: "domain === 'node' && (key === undefined || absent !== 'shared')",
      became: "domain === 'node' && (false || absent !== 'shared')",
      reason: 'A shortcut: where each domain is one node, counting all of them comes to the same.',
    },
  ),
  ...inKernel('judge/count.ts', {
    within: 'counterOf',
    was: 'if (removal === undefined || state.moves === undefined) return count',
    became: 'if (removal === undefined || false) return count',
    reason: 'A shortcut: where nothing was tried, nothing is corrected.',
  }),
  ...inKernel(
    'judge/fit.ts',
    {
      within: 'narrowToFitBy',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'Behind the last candidate nothing is read, and what is written there is dropped.',
    },
    {
      within: 'narrowToFitBy',
      was: 'if (next[before] === 0) next[before] = partLists.push([...partLists[before]!, part]) - 1',
      became: 'if (true) next[before] = partLists.push([...partLists[before]!, part]) - 1',
      reason:
        'It costs time alone: lists that are alike are counted apart, and added up by reason.',
    },
  ),
  ...inKernel('judge/expr.ts', {
    within: 'noRow',
    was: 'const noRow = -1',
    became: 'const noRow = +1',
    reason: 'What may be asked of a mark never looks at the row.',
  }),
  ...inKernel(
    'judge/pattern.ts',
    {
      within: 'acceptorOf',
      was: 'if (cache.size >= cacheMax) cache.clear()',
      became: 'if (true) cache.clear()',
      reason: 'What is forgotten is found again; how much is kept shows in time and memory alone.',
    },
    {
      within: 'acceptorOf',
      was: 'if (cache.size >= cacheMax) cache.clear()',
      became: 'if (false) cache.clear()',
      reason: 'What is forgotten is found again; how much is kept shows in time and memory alone.',
    },
    {
      within: 'acceptorOf',
      was: 'if (cache.size >= cacheMax) cache.clear()',
      became: 'if (cache.size > cacheMax) cache.clear()',
      reason: 'What is forgotten is found again; how much is kept shows in time and memory alone.',
    },
    {
      within: 'acceptorOf',
      was: 'if (cache.size >= cacheMax) cache.clear()',
      became: 'if (cache.size < cacheMax) cache.clear()',
      reason: 'What is forgotten is found again; how much is kept shows in time and memory alone.',
    },
  ),
  ...inKernel(
    'judge/compare-as.ts',
    {
      within: 'compareParts',
      was: 'for (let i = 0; i < Math.max(one.length, other.length); i++) {',
      became: 'for (let i = 0; i <= Math.max(one.length, other.length); i++) {',
      reason: 'Past the ends both are 0.',
    },
    {
      within: 'compareParts',
      was: 'if (a !== b) return a < b ? -1 : 1',
      became: 'if (a !== b) return a <= b ? -1 : 1',
      reason: 'They are not equal there.',
    },
    {
      within: 'readInstant',
      was: "const [fraction = '', zone = 'Z'] = texts.slice(6)",
      became: `const [fraction = '', zone = ""] = texts.slice(6)`,
      reason: 'A zone without digits is read as 0, as UTC is.',
    },
    {
      within: 'offsetOf',
      was: "if (zone === 'Z') return 0",
      became: 'if (false) return 0',
      reason: 'A zone without digits is read as 0, as UTC is.',
    },
    {
      within: 'offsetOf',
      was: "if (zone === 'Z') return 0",
      became: 'if (zone === "") return 0',
      reason: 'A zone without digits is read as 0, as UTC is.',
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
      within: 'scoreBalanceChange',
      was: 'if (sides.length === 2) return scorePair(sides[0]!, sides[1]!, rows, count, out)',
      became: 'if (false) return scorePair(sides[0]!, sides[1]!, rows, count, out)',
      reason: 'A shortcut: the list of shares comes to the same.',
    },
    {
      within: 'scorePair',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'share',
      was: 'return taken < 1 ? taken : 1',
      became: 'return taken <= 1 ? taken : 1',
      reason: 'At 1 both are 1.',
    },
  ),
  ...inKernel('score/column.ts', {
    within: 'scoreColumn',
    was: 'for (let i = 0; i < count; i++) out[i] = numbers.get(nodeIdOf(state, rows[i]!)) ?? 0',
    became: 'for (let i = 0; i <= count; i++) out[i] = numbers.get(nodeIdOf(state, rows[i]!)) ?? 0',
    reason: 'It writes one further, past the candidates, which means nothing there.',
  }),
  ...inKernel(
    'score/ignored.ts',
    {
      within: 'canIgnore',
      was: "(raw._tag === 'Counts' || raw._tag === 'Spread') && raw.terms.some(([tally]) => tally.absent === 'refuse')",
      became: 'true',
      reason: 'A shortcut: where nobody is ignored, replacing whoever is changes nothing.',
    },
    {
      within: 'canIgnore',
      was: "raw.terms.some(([tally]) => tally.absent === 'refuse')",
      became: 'raw.terms.some(([tally]) => true)',
      reason: 'A shortcut: where nobody is ignored, replacing whoever is changes nothing.',
    },
  ),
  ...inKernel(
    'score/load.ts',
    {
      within: 'scoreShare',
      was: 'for (const part of raw.parts) lacking += add(part, state, candidates, out)',
      became: 'for (const part of raw.parts) lacking -= add(part, state, candidates, out)',
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
      was: 'const weight = lacking === 0 ? all : weightAt(raw.parts, state, rows[i]!)',
      became: 'const weight = false ? all : weightAt(raw.parts, state, rows[i]!)',
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
      within: 'addUsed',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason:
        'It writes one further, past the candidates, which means nothing there. At most a shortcut is missed.',
    },
    {
      within: 'addUsed',
      was: 'if (whole === 0) lacking++',
      became: 'if (whole === 0) lacking--',
      reason: 'It is asked only whether any are lacking, and all count the same way.',
    },
    {
      within: 'addUsed',
      was: 'else sums[i]! += weight * Math.floor(((used < whole ? used : whole) * 100) / whole)',
      became:
        'else sums[i]! += weight * Math.floor(((used <= whole ? used : whole) * 100) / whole)',
      reason: 'Where both are equal, either will do.',
    },
    {
      within: 'scoreRemaining',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
  ),
  ...inKernel('score/log.ts', {
    within: 'logarithm',
    was: 'while (rest >= rootOf2) {',
    became: 'while (rest > rootOf2) {',
    reason:
      'No whole number is a power of 2 times the double beside the root, but for one of 53 bits.',
  }),
  ...inKernel(
    'score/normalise.ts',
    {
      within: 'extremes',
      was: 'if (score < min) min = score',
      became: 'if (score <= min) min = score',
      reason: 'Where both are equal, either will do.',
    },
    {
      within: 'extremes',
      was: 'if (score > max) max = score',
      became: 'if (score >= max) max = score',
      reason: 'Where both are equal, either will do.',
    },
  ),
  ...inKernel(
    'score/points.ts',
    {
      within: 'scorePoints',
      was: 'for (let i = 0; i < count; i++) {',
      became: 'for (let i = 0; i <= count; i++) {',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scorePoints',
      was: 'const value = curve[used < whole ? Math.floor((used * 100) / whole) : 100]!',
      became: 'const value = curve[used <= whole ? Math.floor((used * 100) / whole) : 100]!',
      reason: 'Where both are equal, either gives 100.',
    },
    {
      within: 'valueAt',
      was: 'const right = points.findIndex(([at]) => percentage <= at)',
      became: 'const right = points.findIndex(([at]) => percentage < at)',
      reason: 'At a point, the lines on both sides of it have its value.',
    },
  ),
  ...inKernel(
    'score/score.ts',
    {
      within: 'rawScores',
      was: 'for (let i = 0; i < candidates.count; i++) out[i] = indexedScore(candidates.rows[i]!)',
      became:
        'for (let i = 0; i <= candidates.count; i++) out[i] = indexedScore(candidates.rows[i]!)',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreKey',
      was: "if (prefer === 'most' && !canIgnore(raw)) return { plugin, raw: scores, weighted: scores }",
      became: 'if (false) return { plugin, raw: scores, weighted: scores }',
      reason: 'A shortcut: a copy is the same.',
    },
    {
      within: 'scoreKey',
      was: 'for (let i = 0; i < count; i++) weighted[i] = 0 + sign * scores[i]!',
      became: 'for (let i = 0; i <= count; i++) weighted[i] = 0 + sign * scores[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreKey',
      was: 'if (canIgnore(raw)) replaceIgnored(weighted, count, -Infinity)',
      became: 'if (true) replaceIgnored(weighted, count, -Infinity)',
      reason: 'A shortcut: where nobody is ignored, nothing is replaced.',
    },
    {
      within: 'scoreWeighted',
      was: "if (normaliser === 'none' && weight === 1 && !canIgnore(raw))",
      became: 'if (false)',
      reason: 'A shortcut: a copy that is not normalised and weighs 1 is the same.',
    },
    {
      within: 'scoreWeighted',
      was: 'for (let i = 0; i < count; i++) weighted[i] = scores[i]!',
      became: 'for (let i = 0; i <= count; i++) weighted[i] = scores[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreWeighted',
      was: 'for (let i = 0; i < count; i++) weighted[i] = 0 + weighted[i]! * weight',
      became: 'for (let i = 0; i <= count; i++) weighted[i] = 0 + weighted[i]! * weight',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreWeighted',
      was: 'if (canIgnore(raw)) replaceIgnored(weighted, count, 0)',
      became: 'if (true) replaceIgnored(weighted, count, 0)',
      reason: 'A shortcut: where nobody is ignored, nothing is replaced.',
    },
    {
      within: 'replaceIgnored',
      was: 'for (let i = 0; i < count; i++) if (isIgnored(scores[i]!)) scores[i] = by',
      became: 'for (let i = 0; i <= count; i++) if (isIgnored(scores[i]!)) scores[i] = by',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'sumColumns',
      was: 'for (const { weighted } of columns) for (let i = 0; i < count; i++) sums[i]! += weighted[i]!',
      became:
        'for (const { weighted } of columns) for (let i = 0; i <= count; i++) sums[i]! += weighted[i]!',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'sumColumns',
      was: 'if (columns.length === 1) return columns[0]!.weighted',
      became: 'if (false) return columns[0]!.weighted',
      reason: 'A shortcut: the sum of one column is that column.',
    },
  ),
  ...inKernel(
    'score/spread.ts',
    {
      within: 'scoreSpread',
      was: 'for (let i = 0; i < count; i++) out[i] = 0 + Math.round(out[i]!)',
      became: 'for (let i = 0; i <= count; i++) out[i] = 0 + Math.round(out[i]!)',
      reason: 'It writes one further, past the candidates, which means nothing there.',
    },
    {
      within: 'scoreSpread',
      was: 'const counterFor = terms.length > 1 ? sharedCounters() : undefined',
      became: 'const counterFor = true ? sharedCounters() : undefined',
      reason: 'It costs time alone: terms that count the same share it, and count alike without.',
    },
    {
      within: 'scoreSpread',
      was: 'const counterFor = terms.length > 1 ? sharedCounters() : undefined',
      became: 'const counterFor = false ? sharedCounters() : undefined',
      reason: 'It costs time alone: terms that count the same share it, and count alike without.',
    },
    {
      within: 'scoreSpread',
      was: 'const counterFor = terms.length > 1 ? sharedCounters() : undefined',
      became: 'const counterFor = terms.length >= 1 ? sharedCounters() : undefined',
      reason: 'It costs time alone: terms that count the same share it, and count alike without.',
    },
    {
      within: 'scoreSpread',
      was: 'const counterFor = terms.length > 1 ? sharedCounters() : undefined',
      became: 'const counterFor = terms.length <= 1 ? sharedCounters() : undefined',
      reason: 'It costs time alone: terms that count the same share it, and count alike without.',
    },
  ),
  ...inKernel(
    'score/static.ts',
    {
      within: 'scoreStatic',
      was: 'if (marks.length > 0)',
      became: 'if (true)',
      reason: 'A shortcut: no case of a mark adds nothing.',
    },
    {
      within: 'scoreStatic',
      was: 'if (marks.length > 0)',
      became: 'if (marks.length >= 0)',
      reason: 'A shortcut: no case of a mark adds nothing.',
    },
  ),
  ...inKubernetes('surroundings/carried.ts', {
    within: 'numbered',
    was: 'seen.set(text, before + 1)',
    became: 'seen.set(text, before - 1)',
    reason: 'Whatever the numbers are, they differ.',
  }),
  ...inKubernetes('lower/feature.ts', {
    within: 'featureAttributes',
    was: '[...new Set(status?.declaredFeatures ?? [])].map(',
    became: '[...new Set(status?.declaredFeatures ?? ["Stryker was here"])].map(',
    reason: 'No pod asks for a feature of that name.',
  }),
  ...inKubernetes(
    'lower/image.ts',
    {
      within: 'imageScore',
      was: 'const scores = internColumn(draft, `images ${JSON.stringify([...names].sort())}`)',
      became: 'const scores = internColumn(draft, `images ${JSON.stringify([...names])}`)',
      reason:
        'At most the same column is made twice, for pods that name their images in another order.',
    },
    {
      within: 'imagesOf',
      was: "...[...initContainers, ...containers].map(({ image }) => image ?? ''),",
      became:
        '...[...initContainers, ...containers].map(({ image }) => image ?? "Stryker was here!"),',
      reason: 'No node has an image of either name, and it counts as one of the pod in both.',
    },
    {
      within: 'imagesOf',
      was: "...volumes.flatMap(({ image }) => (image === undefined ? [] : [image.reference ?? ''])),",
      became:
        '...volumes.flatMap(({ image }) => (image === undefined ? [] : [image.reference ?? "Stryker was here!"])),',
      reason: 'No node has an image of either name, and it counts as one of the pod in both.',
    },
  ),
  ...inKubernetes('lower/toleration.ts', {
    within: 'unschedulableKey',
    was: "export const unschedulableKey = '/unschedulable'",
    became: 'export const unschedulableKey = ""',
    reason: 'An empty text is the key of no label either.',
  }),
  ...inKubernetes('lower/node-affinity.ts', {
    within: 'affinityExpr',
    was: 'if (terms === undefined && spec.nodeSelector.size === 0) return undefined',
    became: 'if (false) return undefined',
    reason: 'A shortcut: an expression that asks for nothing holds of every node.',
  }),
  ...inKubernetes('lower/pod-affinity.ts', {
    within: 'podAffinityScore',
    was: "(term) => term.kind !== 'required anti' && speaksOf(term, pod, around.namespaces),",
    became: '(term) => true && speaksOf(term, pod, around.namespaces),',
    reason: 'What anti-affinity requires has no weight, so it would add nothing to the score.',
  }),
  ...inKubernetes('lower/ports.ts', {
    within: 'portClashes',
    was: 'if (claims.length === 0) return undefined',
    became: 'if (false) return undefined',
    reason: 'A shortcut: a limit on nobody refuses nobody.',
  }),
  ...inKubernetes('lower/spread.ts', {
    within: 'selectorFor',
    was: 'if (own.size === 0) return labelSelector',
    became: 'if (false) return labelSelector',
    reason:
      'To ask for no label more changes nothing, and no selector counts nobody, as an empty one.',
  }),
  ...inKubernetes(
    'surroundings/surroundings.ts',
    {
      within: 'keysOf',
      was: 'selector === undefined ? [] : requirementsOf(selector).map(({ key }) => key)',
      became:
        'selector === undefined ? ["Stryker was here"] : requirementsOf(selector).map(({ key }) => key)',
      reason: 'No pod has a label of that name.',
    },
    {
      within: 'keysSelectedBy',
      was: '...(pod.ownerLabels?.keys() ?? []),',
      became: '...(pod.ownerLabels?.keys() ?? ["Stryker was here"]),',
      reason: 'No pod has a label of that name.',
    },
  ),
  ...inKubernetes(
    'lower/toleration.ts',
    {
      within: 'zoneKeys',
      was: "key: internWord(draft, '/taint/key'),",
      became: 'key: internWord(draft, ""),',
      reason: 'Any text will do that neither of the others is.',
    },
    {
      within: 'zoneKeys',
      was: "value: internWord(draft, '/taint/value'),",
      became: 'value: internWord(draft, ""),',
      reason: 'Any text will do that neither of the others is.',
    },
    {
      within: 'zoneKeys',
      was: "effect: internWord(draft, '/taint/effect'),",
      became: 'effect: internWord(draft, ""),',
      reason: 'Any text will do that neither of the others is.',
    },
  ),
  ...inKubernetes(
    'volume/binding.ts',
    {
      within: 'boundFilters',
      was: 'if (claims.length === 0) return []',
      became: 'if (false) return []',
      reason: 'A shortcut: without volumes, every node reaches all of them.',
    },
    {
      within: 'waitingFilters',
      was: 'if (claims.length === 0) return []',
      became: 'if (false) return []',
      reason: 'A shortcut: without claims, every node has volumes and room for all of them.',
    },
  ),
  ...inKubernetes('surroundings/detached.ts', {
    within: 'detached',
    was: '(one) => !ofAttachment(one, storage).some((volume) => own.has(volumeText(volume))),',
    became: '(one) => !ofAttachment(one, storage).every(volume => own.has(volumeText(volume))),',
    reason: 'One attachment is of one volume at most, and one of none counts nowhere.',
  }),
  ...inKubernetes(
    'volume/held.ts',
    {
      within: 'volumesOn',
      was: '.flatMap((fact) => O.toUndefined(wordText(draft, fact)) ?? [])',
      became: '.flatMap((fact) => O.toUndefined(wordText(draft, fact)) ?? ["Stryker was here"])',
      reason: 'Every fact of a class is a word of its draft.',
    },
    {
      within: 'volumeFacts',
      was: 'attachedBy(pod, storage) .filter(({ driver }) => limited.includes(driver))',
      became: 'attachedBy(pod, storage)',
      reason: 'Nobody asks for the volumes of a driver that no node limits.',
    },
  ),
  ...inKubernetes('volume/limit.ts', {
    within: 'limitFilters',
    was: '...volumes .filter(([driver]) => around.volumeUse.limited.includes(driver))',
    became: '...volumes',
    reason: 'A shortcut: where no node limits a driver, all have room.',
  }),
  ...inKubernetes(
    'volume/restriction.ts',
    {
      within: 'usesOf',
      was: ": [use(['gce', gcePersistentDisk.pdName], gcePersistentDisk.readOnly)]),",
      became: ': [use(["", gcePersistentDisk.pdName], gcePersistentDisk.readOnly)]),',
      reason: 'Any text will do that no other kind of disk has.',
    },
    {
      within: 'usesOf',
      was: ": [use(['aws', awsElasticBlockStore.volumeID], false)]),",
      became: ': [use(["", awsElasticBlockStore.volumeID], false)]),',
      reason: 'Any text will do that no other kind of disk has.',
    },
    {
      within: 'usesOf',
      was: "...(iscsi === undefined ? [] : [use(['iscsi', iscsi.iqn], iscsi.readOnly)]),",
      became: '...(iscsi === undefined ? [] : [use(["", iscsi.iqn], iscsi.readOnly)]),',
      reason: 'Any text will do that no other kind of disk has.',
    },
    {
      within: 'usesOf',
      was: "use(['rbd', monitor, rbd.pool ?? 'rbd', rbd.image], rbd.readOnly),",
      became: 'use(["", monitor, rbd.pool ?? \'rbd\', rbd.image], rbd.readOnly),',
      reason: 'Any text will do that no other kind of disk has.',
    },
    {
      within: 'keptFrom',
      was: 'if (texts.length === 0) return []',
      became: 'if (false) return []',
      reason: 'A shortcut: a limit on nobody refuses nobody.',
    },
  ),
  ...inKubernetes(
    'volume/room.ts',
    {
      within: 'volumeDemand',
      was: 'const there = new Set(nodeName === undefined ? [] : attachedTo(nodeName, storage).map(volumeText))',
      became:
        'const there = new Set(nodeName === undefined ? ["Stryker was here"] : attachedTo(nodeName, storage).map(volumeText))',
      reason: 'No volume is written so.',
    },
    {
      within: 'volumeDemand',
      was: 'return unshared .map((driver) => [driver, taken.filter((one) => one.driver === driver).length] as const) .filter(([, amount]) => amount > 0)',
      became:
        'return unshared.map(driver => [driver, taken.filter(one => one.driver === driver).length] as const)',
      reason: 'A shortcut: to take nothing is not to take.',
    },
    {
      within: 'volumeDemand',
      was: '.filter(([, amount]) => amount > 0)',
      became: '.filter(([, amount]) => true)',
      reason: 'A shortcut: to take nothing is not to take.',
    },
    {
      within: 'volumeDemand',
      was: '.filter(([, amount]) => amount > 0)',
      became: '.filter(([, amount]) => amount >= 0)',
      reason: 'A shortcut: to take nothing is not to take.',
    },
  ),
  ...inKubernetes(
    'volume/search.ts',
    {
      within: 'bySize',
      was: 'return size < otherSize ? -1 : size > otherSize ? 1 : 0',
      became: 'return size < otherSize ? -1 : true ? 1 : 0',
      reason: 'To sort takes only to know what comes before what.',
    },
    {
      within: 'bySize',
      was: 'return size < otherSize ? -1 : size > otherSize ? 1 : 0',
      became: 'return size < otherSize ? -1 : false ? 1 : 0',
      reason: 'To sort takes only to know what comes before what.',
    },
    {
      within: 'bySize',
      was: 'return size < otherSize ? -1 : size > otherSize ? 1 : 0',
      became: 'return size < otherSize ? -1 : size >= otherSize ? 1 : 0',
      reason: 'To sort takes only to know what comes before what.',
    },
    {
      within: 'bySize',
      was: 'return size < otherSize ? -1 : size > otherSize ? 1 : 0',
      became: 'return size < otherSize ? -1 : size <= otherSize ? 1 : 0',
      reason: 'To sort takes only to know what comes before what.',
    },
  ),
  ...inKubernetes(
    'surroundings/volume-use.ts',
    {
      within: 'limitedDrivers',
      was: 'const limited = all.filter(({ allocatable }) => allocatable?.count !== undefined)',
      became: 'const limited = all.filter(({ allocatable }) => true)',
      reason: 'A shortcut: a driver without a limit has room on every node, however it is counted.',
    },
    {
      within: 'limitedDrivers',
      was: 'const limited = all.filter(({ allocatable }) => allocatable?.count !== undefined)',
      became: 'const limited = all',
      reason: 'A shortcut: a driver without a limit has room on every node, however it is counted.',
    },
    {
      within: 'volumeUse',
      was: 'if (limited.length === 0) return { limited, unshared: limited }',
      became: 'if (false) return { limited, unshared: limited }',
      reason: 'A shortcut: where no driver is limited, none of them has its volumes shared or not.',
    },
  ),
  ...inKubernetes('volume/utilization.ts', {
    within: 'valueAt',
    was: 'const after = shape.findIndex(([utilization]) => percent <= utilization)',
    became: 'const after = shape.findIndex(([utilization]) => percent < utilization)',
    reason: 'At a point of the shape both its sides score the same.',
  }),
  ...inKubernetes('volume/zone.ts', {
    within: 'zoneFilters',
    was: 'if (zones.length === 0) return []',
    became: 'if (false) return []',
    reason: 'A shortcut: where nothing is asked, every node will do.',
  }),
]
