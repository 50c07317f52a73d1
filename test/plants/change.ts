/**
 * Lists bugs to plant in the code, to see whether a test catches each. They concern the code that
 * changes nodes and replicas in place, and the code that drops unused classes and words.
 */
import type { Plant } from './plant.js'

const inKernel = (file: string, ...bugs: readonly Omit<Plant, 'file'>[]): readonly Plant[] =>
  bugs.map((bug) => ({ file: `packages/kernel/src/${file}`, ...bug }))

export const change: readonly Plant[] = [
  ...inKernel(
    'change/reclass.ts',
    {
      find: '  removeLoad(loads, node, classOfReplica(state, row).occupies)\n',
      replace: '',
      why: 'the load of the old class stays',
    },
    {
      find: '  addLoad(loads, node, classOfReplica(state, row).occupies)\n',
      replace: '',
      why: 'what the new class takes is free',
    },
    {
      find: '  noteChange(changes, node, classAt(replicas, row), phase, -1)\n',
      replace: '',
      why: 'an index counts the replica by its old class too',
    },
    {
      find: '  noteChange(changes, node, classRow, phase, 1)\n',
      replace: '',
      why: 'an index does not count the replica by its new class',
    },
    {
      find: '  if (undo !== undefined) noteClassChange(undo, state, row, classRow)\n',
      replace: '',
      why: 'a replica keeps the class that a trial gave it',
    },
    {
      find: '  fitLoads(loads, roster.specs.length, dimensions.next)\n',
      replace: '',
      why: 'there is no room for the load of a dimension that no replica took before',
    },
    {
      find: '- (from.get(dimension) ?? 0)',
      replace: '',
      why: 'the replica is held to take what it took, beside what it will take',
    },
  ),
  ...inKernel(
    'cluster/undo.ts',
    {
      find: 'for (const of of [classAt(replicas, row), classRow])',
      replace: 'for (const of of [classRow, classAt(replicas, row)])',
      why: 'loads of two classes are undone in the wrong order',
    },
    {
      find: '    setKindAt(replicas, row, kindBefore)\n    undoLoads',
      replace: '    undoLoads',
      why: 'only the load is that of the class before the trial',
    },
  ),
  ...inKernel(
    'change/redescribe.ts',
    {
      find: ' ?? otherName(spec, name)',
      replace: '',
      why: 'a node has a name by which it is not found',
    },
    {
      find: "  redescribeNode(writable(draft, 'roster'), rowOf(node), spec)\n",
      replace: '  redescribeNode(state.roster, rowOf(node), spec)\n',
      why: 'an old value changes with the new one',
    },
  ),
  ...inKernel(
    'cluster/roster.ts',
    {
      find: '    column[row] = 0\n',
      replace: '',
      why: 'a node keeps what it had of a dimension that it has no more',
    },
    {
      find: '  noteRedescription(roster.ranking)\n',
      replace: '',
      why: 'an index takes a node for what it was',
    },
  ),
  ...inKernel(
    'change/forget.ts',
    {
      find: '  indexerOf(draft)?.forgetClasses(draft, rows)\n',
      replace: '',
      why: 'moves are counted by the facts of the class that has the row next',
    },
    {
      find: '  if (undoOf(draft) === undefined) freeRetired(classes)',
      replace: '  freeRetired(classes)',
      why: 'a trial puts replicas back of which there is no class',
    },
    {
      find: '    inputs.members.delete(mask)\n',
      replace: '',
      why: 'the nodes of a mask stay when its name goes',
    },
    {
      find: '  if (use !== undefined) return E.left(use)\n',
      replace: '',
      why: 'what is in use goes',
    },
  ),
  ...inKernel(
    'change/uses.ts',
    {
      find: 'const wrong = classes.has(row) ? undefined : checkClass',
      replace: 'const wrong = checkClass',
      why: 'a class keeps its words, though it goes with them',
    },
    {
      find: '[attributes[row]!, ...marks[row]!]',
      replace: '[attributes[row]!]',
      why: 'a word that only a mark says is forgotten',
    },
    {
      find: '?? nodeNaming(state, sets)',
      replace: '',
      why: 'a word that only nodes say is forgotten',
    },
  ),
  ...inKernel(
    'cluster/classes.ts',
    {
      find: '  if (row < classes.classes.length) classes.masks = new WeakMap()\n',
      replace: '',
      why: 'a class is matched as the one that had its row before',
    },
    {
      find: '  classes.generations[row]!++\n',
      replace: '',
      why: 'the id of a class that was forgotten names the one that has its row',
    },
    {
      find: '  classes.ids.delete(classKey(classes.classes[row]!))\n',
      replace: '',
      why: 'a class that was forgotten is found when it is defined again',
    },
    {
      find: '  retired.length = 0\n',
      replace: '',
      why: 'a row is free twice',
    },
  ),
  ...inKernel('cluster/draft.ts', {
    find: '      freeRetired(open.state.classes)\n',
    replace: '',
    why: 'what was forgotten in a trial keeps its row',
  }),
  ...inKernel('cluster/table.ts', {
    find: '  table.ids.delete(table.texts.get(id)!)\n',
    replace: '',
    why: 'a text that was forgotten has its old id when it comes again',
  }),
  ...inKernel(
    'index/index-cache.ts',
    {
      find: '    catchUpShared(cache.shared, state, changes)\n',
      replace: '',
      why: 'moves of a class that was forgotten are counted by other facts',
    },
    {
      find: '    for (const { index } of cache.entries.values()) forgetFacts(index, changes)\n',
      replace: '',
      why: 'a node stays in the group of what a class that was forgotten had there',
    },
    {
      find: '    for (const row of classRows) dropEntry(cache, state.classes.classes[row]!)\n',
      replace: '',
      why: 'the index of a class that was forgotten stays in memory',
    },
  ),
  ...inKernel(
    'encode/texts.ts',
    {
      find: '  putUnsigned(sink, next - after)\n',
      replace: '  putUnsigned(sink, 0)\n',
      why: 'an id that was forgotten last is given again by a copy',
    },
    {
      find: '  if (isSound(source) && table.next > table.texts.size)',
      replace: '  if (false)',
      why: 'a dimension may be forgotten by bytes',
    },
  ),
  ...inKernel('encode/classes.ts', {
    find: '  for (const one of rows.free) classes.free.push(one)\n',
    replace: '',
    why: 'rows of classes are lost in a copy',
  }),
  ...inKernel('encode/replicas.ts', {
    find: "    if (classSpec === undefined)\n      return refuse(source, { found: renderValue(kind), expected: 'a class and a phase' })\n",
    replace: '    if (classSpec === undefined) return\n',
    why: 'a replica of a row without a class is passed over',
  }),
]
