/**
 * Tests hashes of pod templates against recorded ones (`test/golden/template-hash.jsonl`, recorded
 * by `test/oracle/template-hash`). Also tests that two templates that mean the same are equal, for
 * example if one of them has the defaults written out.
 */
import { readFileSync } from 'node:fs'
import { isObject } from '@stowage/documents'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { withTypeDefaults } from './defaults.js'
import { encodeHash, hashText } from './hash.js'
import { isMadeFrom } from './made-from.js'
import { printTemplate } from './print.js'
import { hashOfTemplate, isSameTemplate } from './template.js'

interface Line {
  readonly template: object
  readonly hash: string
}

const golden = new URL('../../../../test/golden/template-hash.jsonl', import.meta.url)
const lines = readFileSync(golden, 'utf8')
  .trimEnd()
  .split('\n')
  .map((text) => JSON.parse(text) as Line)

describe('the hash of a template', () => {
  it('is what upstream writes', () => {
    expect(lines).toHaveLength(98)
    expect(lines.map(({ template }) => hashOfTemplate(template))).toEqual(
      lines.map(({ hash }) => hash),
    )
  })
  it('is another without the defaults of the API server', () => {
    const { template } = lines.at(-1)!
    const bare = printTemplate(template).replaceAll('default-scheduler', '')
    expect(encodeHash(hashText(bare))).not.toBe(hashOfTemplate(template))
  })
  it('does not count the label that it is written into', () => {
    const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c' }] } }
    const labels = { a: 'b', 'pod-template-hash': hashOfTemplate(template) }
    expect(isSameTemplate({ ...template, metadata: { labels } }, template)).toBe(true)
  })
})

it('hashes bytes of UTF-8', () => {
  // From the published test vectors of FNV-1a.
  expect(hashText('')).toBe(0x811c9dc5)
  expect(hashText('foobar')).toBe(0xbf9cf968)
  const bytes = (text: string) => [...new TextEncoder().encode(text)]
  const plain = (text: string) =>
    bytes(text).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), 0x811c9dc5) >>> 0
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => hashText(text) === plain(text)))
})

type Same = typeof isSameTemplate

/** The template with nothing in it changed that a stored object would show. */
const rewritten = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(rewritten)
  if (!isObject(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, rewritten(inner)] as const)
  return Object.fromEntries([...entries, ['notAField', 1] as const].reverse())
}

const anyTemplate = fc.constantFrom(...lines).map(({ template }) => template)

const isBlindToWriting = (same: Same) =>
  fc.property(anyTemplate, (template) => {
    const spec = 'spec' in template && isObject(template.spec) ? template.spec : {}
    const explicit = { ...template, spec: withTypeDefaults('PodSpec', { ...spec }) }
    return same(template, explicit) && same(withoutMaps(template), rewritten(withoutMaps(template)))
  })

/** Maps have keys of the user's: another key is another template. */
const withoutMaps = (template: object): unknown =>
  JSON.parse(JSON.stringify(template, (key, value: unknown) => (isMap(key) ? undefined : value)))

const isMap = (key: string): boolean =>
  [
    ...['labels', 'annotations', 'nodeSelector', 'matchLabels', 'requests', 'limits', 'overhead'],
    ...['options', 'volumeAttributes', 'userAnnotations'],
  ].includes(key)

describe('equal templates', () => {
  it('are equal with their defaults written out, in any order, with fields of no API', () => {
    fc.assert(isBlindToWriting(isSameTemplate))
  })
  it('are refuted by a comparison of what was written', () => {
    const asWritten: Same = (one, other) => JSON.stringify(one) === JSON.stringify(other)
    expect(isRefuted(isBlindToWriting(asWritten))).toBe(true)
  })
  it.each<readonly [string, object, object, boolean]>([
    ['quantities of one value', { limits: { cpu: '1000m' } }, { limits: { cpu: 1 } }, true],
    ['quantities of one value', { limits: { cpu: '0.5' } }, { limits: { cpu: '500m' } }, true],
    ['other quantities', { limits: { cpu: '1' } }, { limits: { cpu: '2' } }, false],
    ['a value more', {}, { limits: { cpu: '2' } }, false],
    ['nothing more', {}, { limits: {} }, true],
  ])('have %s: %j, %j', (_, one, other, equal) => {
    const template = (resources: object) => ({ spec: { containers: [{ name: 'c', resources }] } })
    expect(isSameTemplate(template(one), template(other))).toBe(equal)
  })
  it.each([
    ['app', 'Always'],
    ['app:latest', 'Always'],
    ['host:5000/app', 'Always'],
    ['app:1', 'IfNotPresent'],
    ['app:1@sha256:0', 'IfNotPresent'],
    ['app@sha256:0', 'IfNotPresent'],
    ['', 'IfNotPresent'],
    ['App', 'IfNotPresent'],
  ])('pull %j %s', (image, imagePullPolicy) => {
    const template = (container: object) => ({ spec: { containers: [container] } })
    expect(
      isSameTemplate(
        template({ name: 'c', image }),
        template({ name: 'c', image, imagePullPolicy }),
      ),
    ).toBe(true)
  })
})

describe('a pod was made from a template', () => {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [{ name: 'c', image: 'app:1', resources: { requests: { cpu: '1000m' } } }],
      nodeSelector: { disk: 'ssd' },
      volumes: [],
    },
  }
  const pod = {
    metadata: { labels: { app: 'web', more: 'x' } },
    spec: {
      ...template.spec,
      containers: [
        { name: 'sidecar', image: 'mesh:1' },
        { ...template.spec.containers[0], resources: { requests: { cpu: '1' }, limits: {} } },
      ],
      nodeName: 'n',
      tolerations: [{ key: 'k', operator: 'Exists' }],
    },
  }
  it('that it has in full', () => {
    expect(isMadeFrom(pod, template)).toBe(true)
    expect(isMadeFrom(pod, { ...template, status: { phase: 'none' } })).toBe(true)
  })
  it.each<readonly [string, object]>([
    ['a label', { metadata: { labels: { app: 'api' } } }],
    ['an image', { spec: { containers: [{ name: 'c', image: 'app:2' }] } }],
    ['a request', { spec: { containers: [{ name: 'c', resources: { requests: { cpu: 2 } } }] } }],
    ['a container', { spec: { containers: [{ name: 'd' }] } }],
    ['a selector', { spec: { nodeSelector: { disk: 'hdd' } } }],
    ['a toleration', { spec: { tolerations: [{ key: 'l', operator: 'Exists' }] } }],
  ])('and not from one with another value of %s', (_, changed) => {
    expect(isMadeFrom(pod, changed)).toBe(false)
  })
  it('of a DaemonSet, whose controller sets the affinity to the node', () => {
    const term = (name: string) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ [name]: [{}] }] },
        },
      },
    })
    expect(isMadeFrom({ spec: term('matchFields') }, { spec: term('matchExpressions') })).toBe(true)
    expect(isMadeFrom({ spec: term('matchExpressions') }, { spec: term('matchFields') })).toBe(
      false,
    )
  })
})
