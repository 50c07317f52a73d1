/**
 * Fuzzes the cluster query language: a query parses when RunTask takes it for a constraint, and
 * otherwise has a fault at a position of its text.
 */
import { parseQuery, runTask } from '@stowage/ecs'
import { instant } from '@stowage/kernel'
import { isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import { ecsCluster } from './ecs-cluster.js'
import { answer, type CheckInput, type FuzzKind } from './kind.js'

const runTaskAccepts = (expression: string): boolean =>
  isRight(
    runTask(
      ecsCluster(),
      { taskDefinition: 'web', placementConstraints: [{ type: 'memberOf', expression }] },
      instant(1),
    ),
  )

const checkQuery =
  (parse: typeof parseQuery): CheckInput =>
  (value) => {
    const text = String(value)
    const read = parse(text)
    const wrong = runTaskAccepts(text) === isRight(read) ? [] : ['RunTask does not agree']
    if (isRight(read)) return answer(wrong)
    const { at, found, expected } = read.left
    const isPlaced = at >= 0 && at <= text.length && found !== '' && expected !== ''
    const more = isPlaced ? [] : ['a fault without a place']
    return { isAnswered: false, isRefused: true, wrong: [...wrong, ...more] }
  }

/** Ignores what follows the longest part that parses. */
const ignoreRest: typeof parseQuery = (text, options) => {
  for (let end = text.length; end > 0; end--) {
    const read = parseQuery(text.slice(0, end), options)
    if (isRight(read)) return read
  }
  return parseQuery(text, options)
}

/** Takes it that every fault is within the text. */
const trustEnd: typeof parseQuery = (text, options) => {
  const read = parseQuery(text, options)
  if (isLeft(read)) text[read.left.at]!.charCodeAt(0)
  return read
}

/** Expressions of the cluster query language. */
export const queryKind: FuzzKind = {
  name: 'queries',
  specimens: [
    '(attribute:ecs.instance-type =~ t2.*) and (task:group != databases or not(runningTasksCount == 1))',
    "attribute:zone in ['a', 'b'] and registeredAt > 2020-01-01 && !(agentConnected == true)",
    'attribute:stack exists and runningTasksCount >= 3',
    'attribute:ecs.instance-type =~ t2.* and not(attribute:zone exists)',
    "attribute:zone in [a, 'b'] || runningTasksCount >= 3",
  ],
  check: checkQuery(parseQuery),
  plants: [
    ['the rest of a query is ignored', checkQuery(ignoreRest)],
    ['an end that comes too early throws', checkQuery(trustEnd)],
    [
      'a query that cannot be parsed is another one',
      checkQuery((text) => {
        const read = parseQuery(text)
        return isLeft(read) ? parseQuery('attribute:zone exists') : right(read.right)
      }),
    ],
  ],
}
