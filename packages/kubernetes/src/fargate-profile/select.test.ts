/**
 * Tests selectors and wildcards of Fargate profiles against a slow reference implementation of what
 * the documentation says. Also tests that admitting a pod twice gives the same pod as admitting it
 * once.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { container, input, pod, profile, profiles } from './example.fixture.js'
import { mutateForFargate } from './mutate.js'
import type { FargateProfile } from './profile.js'
import { fargateProfileFor, profileLabel, type SelectablePod } from './select.js'
import { isLike } from './wildcard.js'

/**
 * Word for word: a star is nothing, or any character and a star; a question mark is any one
 * character.
 */
const isLikeByTheBook = (pattern: string, text: string): boolean => {
  const [first, rest] = [pattern[0], pattern.slice(1)]
  if (first === undefined) return text === ''
  if (first === '*')
    return isLikeByTheBook(rest, text) || (text !== '' && isLikeByTheBook(pattern, text.slice(1)))
  return text !== '' && (first === '?' || first === text[0]) && isLikeByTheBook(rest, text.slice(1))
}

const anyText = fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 })
const anyPattern = fc.string({ unit: fc.constantFrom('a', 'b', '-', '*', '?'), maxLength: 8 })

const likeAgrees = (like: typeof isLike) =>
  fc.property(
    anyPattern,
    anyText,
    (pattern, text) => like(pattern, text) === isLikeByTheBook(pattern, text),
  )

it('reads wildcards as they are written', () => {
  fc.assert(likeAgrees(isLike), { numRuns: 5000 })
})
it('is refuted when a question mark may be nothing', () => {
  expect(isRefuted(likeAgrees((pattern, text) => isLike(pattern.replaceAll('?', '*'), text)))).toBe(
    true,
  )
})
it('is refuted when the end is not looked at', () => {
  expect(isRefuted(likeAgrees((pattern, text) => isLike(`${pattern}*`, text)))).toBe(true)
})
it('is refuted when a star takes as much as it can, and no less', () => {
  const greedy: typeof isLike = (pattern, text) => {
    const star = pattern.indexOf('*')
    if (star < 0) return isLike(pattern, text)
    return isLike(pattern.slice(0, star), text.slice(0, star)) && pattern.length === star + 1
  }
  expect(isRefuted(likeAgrees(greedy))).toBe(true)
})
it('is not stalled by stars', () => {
  const started = performance.now()
  expect(isLike(`${'*a'.repeat(5000)}b`, 'a'.repeat(10_000))).toBe(false)
  expect(performance.now() - started).toBeLessThan(2000)
})

const anyLabels = fc.dictionary(anyText, anyText, { maxKeys: 3 })
const anyPod = fc.record({
  namespace: anyText,
  labels: fc
    .tuple(anyLabels, fc.constantFrom(undefined, 'a', 'b', 'c'))
    .map(
      ([labels, named]) =>
        new Map(
          Object.entries(named === undefined ? labels : { ...labels, [profileLabel]: named }),
        ),
    ),
})
const anySelector = fc.record({
  namespace: fc.oneof(anyPattern, fc.constant('*')).filter((text) => text !== ''),
  labels: fc.dictionary(anyPattern, anyPattern, { maxKeys: 2 }),
})
const anyProfiles = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c'),
      selectors: fc.array(anySelector, { maxLength: 3 }),
      status: fc.constantFrom('ACTIVE', 'ACTIVE', 'DELETING'),
    }),
    { selector: ({ name }) => name },
  )
  .map((all) =>
    all.map(({ name, selectors, status }) => {
      const { fargateProfile } = profile(name, ...selectors)
      return profiles({ fargateProfile: { ...fargateProfile, status } }).profiles[0]!
    }),
  )

const byTheBook = (all: readonly FargateProfile[], { namespace, labels }: SelectablePod) => {
  const taking: string[] = []
  for (const one of all)
    for (const selector of one.selectors) {
      let holds = isLikeByTheBook(selector.namespace, namespace) && one.status === 'ACTIVE'
      for (const [key, value] of selector.labels) {
        let found = false
        for (const [ownKey, ownValue] of labels)
          found ||= isLikeByTheBook(key, ownKey) && isLikeByTheBook(value, ownValue)
        holds &&= found
      }
      if (holds) taking.push(one.fargateProfileName)
    }
  const named = labels.get(profileLabel)
  return named !== undefined && taking.includes(named) ? named : taking.sort()[0]
}

const choiceAgrees = (choose: typeof fargateProfileFor) =>
  fc.property(
    anyProfiles,
    anyPod,
    (all, one) => choose(all, one)?.fargateProfileName === byTheBook(all, one),
  )

it('takes a pod by the profile that the sentences say', () => {
  fc.assert(choiceAgrees(fargateProfileFor), { numRuns: 2000 })
})
it('is refuted when the first profile of the list is taken', () => {
  const first: typeof fargateProfileFor = (all, one) =>
    all.find((single) => fargateProfileFor([single], one) !== undefined)
  expect(isRefuted(choiceAgrees(first))).toBe(true)
})
it('is refuted when one label of a selector is enough', () => {
  const lax: typeof fargateProfileFor = (all, one) => {
    const loosened = all.map((single) => ({
      ...single,
      selectors: single.selectors.flatMap((selector) =>
        selector.labels.size === 0
          ? [selector]
          : [...selector.labels].map((label) => ({ ...selector, labels: new Map([label]) })),
      ),
    }))
    return fargateProfileFor(loosened, one)
  }
  expect(isRefuted(choiceAgrees(lax))).toBe(true)
})
it('is refuted when a label is heeded that names a profile which does not take the pod', () => {
  const obedient: typeof fargateProfileFor = (all, one) =>
    all.find(({ fargateProfileName }) => fargateProfileName === one.labels.get(profileLabel)) ??
    fargateProfileFor(all, one)
  expect(isRefuted(choiceAgrees(obedient))).toBe(true)
})

const anyRequests = fc.record({ cpu: fc.nat(20_000), memory: fc.nat(130_000) })

/**
 * Admission writes the profile down; a second time it chooses the same and changes nothing. Where
 * the pod named another profile before, that name is gone, and a selector that took the pod for it
 * does so no more.
 */
const twiceIsOnce = (mutate: typeof mutateForFargate) =>
  fc.property(anyProfiles, anyPod, anyRequests, (all, { namespace, labels }, { cpu, memory }) => {
    const requests = { cpu: `${cpu}m`, memory: `${memory}Mi` }
    const [wanting] = input(pod([container({ requests })])).pending
    const before = { ...wanting!, namespace, labels }
    const chosen = fargateProfileFor(all, before)
    if (chosen === undefined) return true
    const once = mutate(before, chosen)
    const again = fargateProfileFor(all, once)
    const told = once.labels.get(profileLabel) === chosen.fargateProfileName
    const isReplaced =
      labels.has(profileLabel) && labels.get(profileLabel) !== once.labels.get(profileLabel)
    const isKept = isReplaced || again === chosen
    return told && isKept && fc.stringify(mutate(once, chosen)) === fc.stringify(once)
  })

it('mutates a pod twice as it does once', () => {
  fc.assert(twiceIsOnce(mutateForFargate), { numRuns: 500 })
})
it('is refuted when what is kept is added to the requests', () => {
  const adding: typeof mutateForFargate = (one, chosen) => {
    const after = mutateForFargate(one, chosen)
    const [first, ...rest] = after.spec.containers
    const { requests } = first!.resources
    const cpu = requests.get('cpu')!
    const more = { ...cpu, quantity: (cpu.quantity + 1_000_000_000n) as typeof cpu.quantity }
    const resources = { ...first!.resources, requests: new Map([...requests, ['cpu', more]]) }
    return { ...after, spec: { ...after.spec, containers: [{ ...first!, resources }, ...rest] } }
  }
  expect(isRefuted(twiceIsOnce(adding), { runsMax: 500 })).toBe(true)
})
it('is refuted when the label is not written', () => {
  const forgetful: typeof mutateForFargate = (one, chosen) => ({
    ...mutateForFargate(one, chosen),
    labels: one.labels,
  })
  expect(isRefuted(twiceIsOnce(forgetful), { runsMax: 500 })).toBe(true)
})
