/**
 * Implements the interface of `kernel.wit`, which the WebAssembly component exports, with the
 * kernel of `@stowage/kernel`. Rules come in and answers go out as JSON or numbers. Every export
 * catches exceptions and throws a string instead: the caller gets it as the error of a `result`,
 * whereas a thrown object would end the instance of the component.
 */
import {
  allowIndexes,
  batch,
  decode,
  define,
  empty,
  encode,
  evict,
  explain,
  giveColumn,
  giveMask,
  internColumn,
  internDimension,
  internMask,
  internWord,
  join,
  leave,
  place,
  take,
} from '@stowage/kernel/plain'

const sentence = (thrown) =>
  typeof thrown === 'string' ? thrown : thrown instanceof Error ? thrown.message : String(thrown)

const orSentence = (body) => {
  try {
    return body()
  } catch (thrown) {
    throw sentence(thrown)
  }
}

const parsed = (what, text) => {
  try {
    return JSON.parse(text)
  } catch {
    throw `${what}: found ${JSON.stringify(text.slice(0, 40))}, expected JSON`
  }
}

const valueOf = (result) => {
  if (result._tag === 'Failed') throw JSON.stringify(result.fault)
  return result.value
}

class Cluster {
  #state = allowIndexes(empty)

  static decode(bytes) {
    return orSentence(() => {
      const cluster = new Cluster()
      cluster.#state = allowIndexes(valueOf(decode(bytes)))
      return cluster
    })
  }

  /**
   * Changes the state in place. What the kernel throws or refuses it does before it writes, so the
   * draft is as it was, and the batch ends well: the state that was taken is gone.
   */
  #change(body) {
    const [after, outcome] = batch(take(this.#state), (draft) => {
      try {
        return { answer: body(draft) }
      } catch (thrown) {
        return { wrong: sentence(thrown) }
      }
    })
    this.#state = after
    if ('wrong' in outcome) throw outcome.wrong
    return outcome.answer
  }

  encode() {
    return orSentence(() => encode(this.#state))
  }
  word(text) {
    return this.#change((draft) => internWord(draft, text))
  }
  dimension(name) {
    return this.#change((draft) => internDimension(draft, name))
  }
  mask(name) {
    return this.#change((draft) => internMask(draft, name))
  }
  giveMask(mask, nodes) {
    const members = [...nodes].map(Number)
    this.#change((draft) => void valueOf(giveMask(draft, mask, members)))
  }
  column(name) {
    return this.#change((draft) => internColumn(draft, name))
  }
  giveColumn(column, numbers) {
    const cells = numbers.map(([node, number]) => [Number(node), number])
    this.#change((draft) => void valueOf(giveColumn(draft, column, cells)))
  }
  join(node) {
    return this.#change((draft) => BigInt(valueOf(join(draft, parsed('node', node)))))
  }
  leave(node) {
    this.#change((draft) => void valueOf(leave(draft, Number(node))))
  }
  define(classSpec) {
    return this.#change((draft) => BigInt(valueOf(define(draft, parsed('class', classSpec)))))
  }
  evict(replica) {
    this.#change((draft) => void valueOf(evict(draft, Number(replica))))
  }
  explain(classId) {
    return orSentence(() => JSON.stringify(explain(this.#state, { class: Number(classId) })))
  }
  place(classId, count) {
    return this.#change((draft) => {
      const { placed, unplaced } = place(draft, [{ class: Number(classId), count }]).answers[0]
      return {
        placed: placed.map(({ replica, node }) => ({
          replica: BigInt(replica),
          node: BigInt(node),
        })),
        unplaced,
      }
    })
  }
}

export const scheduler = { Cluster }
