/** `stowage plan --compare`: the same workloads on EC2, on Fargate, and as they are. */
import type { BadDocument } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { comparisonOf, type Comparison } from '../compare/comparison.js'
import { priceListOf, type PriceList } from '../compare/price-list.js'
import { documentsOf } from '../read/documents.js'
import { readTexts } from '../read/files.js'
import { comparisonText } from '../show/comparison-text.js'
import { comparisonsJson } from '../show/comparison-json.js'
import { ignoredLine } from '../show/notes.js'
import { worldIds } from '../vocabulary/vocabulary.js'
import { answer, bad, type Outcome } from './outcome.js'
import { noMachines } from './plan.js'
import type { Flags, Question } from './question.js'

export const compareCommand = async (
  { planners, ignored }: Question,
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<Outcome> => {
  const prices = await pricesFrom(flags.prices, stdin)
  if (E.isLeft(prices)) return bad(prices.left, 'compared')
  const wrong = planners.flatMap(({ vocabulary, planner }) => {
    if (planner.worlds === undefined) return [notCompared(vocabulary.title)]
    return planner.hasMachines
      ? []
      : [{ ...noMachines({ vocabulary }), expected: 'some among the files, or --nodes TYPE=COUNT' }]
  })
  if (wrong.length > 0) return bad(wrong, 'compared')
  const all = planners.flatMap(({ vocabulary, planner: { worlds } }) =>
    worlds === undefined ? [] : [comparisonOf(vocabulary, worlds(), prices.right)],
  )
  const text =
    flags.output === 'json'
      ? comparisonsJson(all, ignored)
      : [
          ...all.map(comparisonText),
          ...(ignored.length === 0 ? [] : [`Ignored: ${ignoredLine(ignored)}`]),
        ].join('\n\n\n')
  return answer(text, all.every(isPlaced))
}

/** Everything has a place in every world. */
const isPlaced = ({ worlds }: Comparison): boolean =>
  worldIds.every((id) => worlds[id].unplaced === 0)

const notCompared = (title: string): BadDocument => ({
  ...{ from: '--compare', at: [], found: `workloads of ${title}` },
  expected: 'task definitions and services of Amazon ECS alone',
})

const pricesFrom = async (
  path: string | undefined,
  stdin: () => Promise<string>,
): Promise<E.Either<readonly BadDocument[], PriceList | undefined>> => {
  if (path === undefined) return E.right(undefined)
  const texts = await readTexts([path], stdin)
  if (E.isLeft(texts)) return texts
  const documents = documentsOf(texts.right)
  return E.isLeft(documents) ? documents : priceListOf(path, documents.right)
}
