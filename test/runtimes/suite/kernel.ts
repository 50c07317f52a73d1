/** Defines the conformance cases of the kernel, for both of its entries: with fp-ts and without. */
import * as kernel from '@stowage/kernel'
import * as plain from '@stowage/kernel/plain'
import { expectSame, hashOf, type Case } from './case.js'
import { seededDecisions, type KernelEntry } from './decisions.js'

/** The hash of the 10,000 decisions. It changes when an answer of the kernel changes. */
const decisionsHash = 'a6bbfec3d1f6cd0f'

const mainEntry: KernelEntry = {
  ...kernel,
  join: (draft, spec) => kernel.getOrThrow(kernel.join(draft, spec)),
  define: (draft, spec) => kernel.getOrThrow(kernel.define(draft, spec)),
  giveMask: (draft, mask, nodes) => void kernel.getOrThrow(kernel.giveMask(draft, mask, nodes)),
  giveColumn: (draft, column, numbers) =>
    void kernel.getOrThrow(kernel.giveColumn(draft, column, numbers)),
}
const plainEntry: KernelEntry = {
  ...plain,
  join: (draft, spec) => plain.getOrThrow(plain.join(draft, spec)),
  define: (draft, spec) => plain.getOrThrow(plain.define(draft, spec)),
  giveMask: (draft, mask, nodes) => void plain.getOrThrow(plain.giveMask(draft, mask, nodes)),
  giveColumn: (draft, column, numbers) =>
    void plain.getOrThrow(plain.giveColumn(draft, column, numbers)),
}

/** The nodes of a cluster that was filled, its bytes read back, and what would help the next. */
const carried = (): string => {
  const [fleet, web] = kernel.batch(kernel.empty, (draft) => {
    for (let i = 0; i < 20; i++)
      kernel.getOrThrow(
        kernel.join(draft, kernel.nodeSpecOf(`n${i}`, [[kernel.cpu, 1000 + 100 * (i % 7)]])),
      )
    const small = kernel.classSpecOf([[kernel.cpu, 400]])
    return kernel.getOrThrow(kernel.define(draft, small))
  })
  const [full] = kernel.batch(fleet, (draft) => kernel.place(draft, [{ class: web, count: 60 }]))
  const bytes = kernel.encode(full)
  const copy = kernel.getOrThrow(kernel.decode(bytes))
  expectSame('encoded again', kernel.encode(copy).join(' '), bytes.join(' '))
  const damaged = bytes.slice()
  damaged[40]! ^= 1
  const refused = kernel.decode(damaged)
  return JSON.stringify([
    bytes.join(' '),
    kernel.remedies(copy, { class: web }),
    kernel.explain(copy, { class: web }),
    refused._tag === 'Left' ? refused.left : 'read',
  ])
}

const small = { decisionsMin: 1_500 }

export const kernelCases: readonly Case[] = [
  {
    name: 'kernel: 10,000 seeded decisions',
    answer: () => {
      const answer = seededDecisions(mainEntry, { decisionsMin: 10_000 })
      expectSame('the hash', hashOf(answer), decisionsHash)
      return answer
    },
  },
  {
    name: 'kernel: its scan, its index and its plain entry decide the same',
    answer: () => {
      const scanned = seededDecisions(mainEntry, { ...small, decideBy: 'scan' })
      const indexed = seededDecisions(mainEntry, { ...small, decideBy: 'index' })
      const plainly = seededDecisions(plainEntry, small)
      expectSame('by index', hashOf(indexed), hashOf(scanned))
      expectSame('plainly', hashOf(plainly), hashOf(scanned))
      return scanned
    },
  },
  { name: 'kernel: bytes, remedies and explanations', answer: carried },
]
