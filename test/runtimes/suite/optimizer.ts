/**
 * Defines the case of the optimizer. HiGHS, which its user loads, is WebAssembly and runs in few of
 * the runtimes, so its solutions are recorded: what the optimizer asks of it is part of the answer.
 */
import {
  batch,
  classSpecOf,
  cpu,
  define,
  empty,
  getOrThrow,
  memory,
  provision,
} from '@stowage/kernel'
import { packingSolver } from '@stowage/optimizer'
import type { Case } from './case.js'

/** The library of linear programming, as the optimizer takes it. */
export type LinearLibrary = Parameters<typeof packingSolver>[0]
type LinearModel = ReturnType<LinearLibrary['createModel']>
type Solution = ReturnType<LinearModel['getSolution']>

/** What the library answered, in the order of the calls. */
export interface RecordedSolutions {
  readonly infinity: number | 'Infinity'
  readonly solutions: { readonly [Name in keyof Solution]: readonly number[] }[]
  readonly iterations: number[]
}

/** A plan of machines for three kinds of replicas, and what was asked of the library for it. */
export const provisionedBy = (library: LinearLibrary): string => {
  const calls: unknown[] = []
  const listening: LinearLibrary = {
    infinity: library.infinity,
    createModel: (data) => {
      calls.push(data)
      const model = library.createModel(data)
      return {
        options: model.options,
        info: model.info,
        addCols: (columns) => {
          calls.push(columns)
          return model.addCols(columns)
        },
        run: () => model.run(),
        getSolution: () => model.getSolution(),
        dispose: () => {
          model.dispose()
        },
      }
    },
  }
  const machine = { attributes: [], marks: [], named: [], holds: [] }
  const offering = (prefix: string, cores: number, gigabytes: number, price: number) => {
    const capacity = [[cpu, cores] as const, [memory, gigabytes] as const]
    return { ...machine, prefix, capacity, price }
  }
  const offerings = [
    offering('small', 10, 24, 10),
    offering('large', 16, 30, 17),
    offering('wide', 12, 60, 16),
  ]
  const demands = [
    [7, 9],
    [4, 14],
    [3, 5],
  ] as const
  const [, plan] = batch(empty, (draft) => {
    const requests = demands.map(([cores, gigabytes]) => {
      const demand = [[cpu, cores] as const, [memory, gigabytes] as const]
      return { class: getOrThrow(define(draft, classSpecOf(demand))), count: 30 }
    })
    return getOrThrow(provision(draft, requests, offerings, { solver: packingSolver(listening) }))
  })
  return JSON.stringify([plan.nodes, plan.price, plan.bound, calls], numbersOfArrays)
}

/** Typed arrays as lists, and numbers that are not finite as text. */
const numbersOfArrays = (_: string, value: unknown): unknown => {
  if (ArrayBuffer.isView(value)) return Array.from(value as Float64Array, String)
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

/** A library that records what it answers. */
export const recordingOf = (library: LinearLibrary): [LinearLibrary, RecordedSolutions] => {
  const { infinity } = library
  const recorded: RecordedSolutions = {
    infinity: infinity === Infinity ? 'Infinity' : infinity,
    ...{ solutions: [], iterations: [] },
  }
  const createModel = (data: Parameters<LinearLibrary['createModel']>[0]): LinearModel => {
    const model = library.createModel(data)
    return {
      options: model.options,
      info: {
        get: (name) => {
          const count = model.info.get(name)
          recorded.iterations.push(count)
          return count
        },
      },
      addCols: (columns) => model.addCols(columns),
      run: () => model.run(),
      getSolution: () => {
        const { colValue, rowDual } = model.getSolution()
        recorded.solutions.push({ colValue: [...colValue], rowDual: [...rowDual] })
        return { colValue, rowDual }
      },
      dispose: () => {
        model.dispose()
      },
    }
  }
  return [{ infinity, createModel }, recorded]
}

/** A library that answers what was recorded. */
const replayOf = ({ infinity, solutions, iterations }: RecordedSolutions): LinearLibrary => {
  let [solution, iteration] = [0, 0]
  const model: LinearModel = {
    options: { set: () => undefined },
    info: { get: () => iterations[iteration++]! },
    addCols: () => undefined,
    run: () => undefined,
    getSolution: () => {
      const { colValue, rowDual } = solutions[solution++]!
      return { colValue: Float64Array.from(colValue), rowDual: Float64Array.from(rowDual) }
    },
    dispose: () => undefined,
  }
  return { infinity: infinity === 'Infinity' ? Infinity : infinity, createModel: () => model }
}

export const optimizerCases = (recorded: string): readonly Case[] => [
  {
    name: 'optimizer: a plan of machines and its bound',
    answer: () => provisionedBy(replayOf(JSON.parse(recorded) as RecordedSolutions)),
  },
]
